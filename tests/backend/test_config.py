"""Settings: read from the environment, named when they are wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from backend.config import MEGABYTE, SETTINGS, Config, StartError, from_environment


def test_without_any_setting_it_is_a_persons_own_machine():
    config = from_environment({})
    assert (config.host, config.port, config.open_browser, config.warm) == ("127.0.0.1", 8765, True, True)
    assert config.database_url.startswith("sqlite:///") and config.address == "http://127.0.0.1:8765"


def test_every_setting_sets_a_field_that_there_is():
    fields = {field.name for field in dataclasses.fields(Config)}
    assert {setting.field for setting in SETTINGS} <= fields
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("SECONDLOOK_PORT", "9000", "port", 9000),
        ("SECONDLOOK_DATA", "/srv/look", "data", Path("/srv/look")),
        ("SECONDLOOK_NO_BROWSER", "1", "open_browser", False),
        ("SECONDLOOK_NO_BROWSER", "0", "open_browser", True),
        ("SECONDLOOK_WARM", "no", "warm", False),
        (
            "SECONDLOOK_ORIGINS",
            "https://a.example, https://b.example",
            "origins",
            ("https://a.example", "https://b.example"),
        ),
        ("SECONDLOOK_HOSTS", "look.example", "hosts", ("look.example",)),
        ("SECONDLOOK_MAX_FILE_MB", "5", "max_file", 5 * MEGABYTE),
        ("SECONDLOOK_PORT", "", "port", 8765),
    ],
)
def test_a_setting_is_read(name, text, field, value):
    assert getattr(from_environment({name: text}), field) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SECONDLOOK_PORT", "eighty"),
        ("SECONDLOOK_PORT", "0"),
        ("SECONDLOOK_PORT", "70000"),
        ("SECONDLOOK_NO_BROWSER", "maybe"),
        ("SECONDLOOK_ORIGINS", "*"),
        ("SECONDLOOK_ORIGINS", "https://*.example"),
        ("SECONDLOOK_ORIGINS", "https://a.example/path"),
        ("SECONDLOOK_MAX_FILE_MB", "-1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name, text):
    with pytest.raises(StartError, match=name):
        from_environment({name: text})


def test_an_address_of_ipv6_is_written_in_brackets():
    assert Config(host="::1", port=1).address == "http://[::1]:1"
