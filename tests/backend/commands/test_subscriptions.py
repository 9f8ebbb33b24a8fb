"""``subscriptions``: one installation signs and publishes, another follows."""

from __future__ import annotations

import json
import stat

import pytest

from tests.backend.subscriptions.conftest import PACK, pem, publisher  # noqa: F401


@pytest.fixture(autouse=True)
def trusting(environment, pem):  # noqa: F811
    """The commands trust the publisher's certificate."""
    environment["SSL_CERT_FILE"] = str(pem)


@pytest.fixture
def signed(call, environment, tmp_path, publisher):  # noqa: F811
    """A list signed by one installation and published; from here on the commands are another one's."""
    key = call("subscriptions", "key", str(tmp_path / "secret"), "--json")
    call("lists", "create", "Projects")
    call("lists", "add", "Projects", "Project Sunbird")
    arguments = ("--with", str(tmp_path / "secret"), "--to", str(tmp_path / "out.json"))
    done = call("subscriptions", "sign", "Projects", *arguments, "--version", "1", "--json")
    assert done.returncode == 0, done.stderr
    publisher.files["/list.json"] = (tmp_path / "out.json").read_bytes()
    environment["SECONDLOOK_DATA"] = str(tmp_path / "another")
    return f"{publisher.url}#{json.loads(key.stdout)['key']}"


def test_a_list_is_signed_published_followed_and_held(call, environment, signed, publisher):  # noqa: F811
    assert call("subscriptions", "add", signed).returncode == 0
    refused = call("subscriptions", "check")
    assert refused.returncode == 2 and "SECONDLOOK_SUBSCRIPTIONS=1" in refused.stderr and publisher.asked == []
    environment["SECONDLOOK_SUBSCRIPTIONS"] = "1"
    refused = call("subscriptions", "check")
    assert refused.returncode == 1 and "inner network" in refused.stdout and publisher.asked == []
    environment["SECONDLOOK_SUBSCRIPTIONS_PRIVATE"] = "1"
    assert "+ Project Sunbird" in call("subscriptions", "check").stdout
    (told,) = json.loads(call("subscriptions", "list", "--json").stdout)["subscriptions"]
    assert told["waiting"]["added"] == 1
    asked = call("subscriptions", "apply", told["id"])
    assert asked.returncode == 1 and "+ Project Sunbird" in asked.stderr and "--yes" in asked.stderr
    assert call("check", "--text", "Project Sunbird").stdout.startswith("clear")
    assert call("subscriptions", "apply", told["id"], "--yes").returncode == 0
    assert call("check", "--text", "Project Sunbird").stdout.startswith("stop")
    assert call("subscriptions", "apply", told["id"], "--yes").returncode == 1
    assert call("subscriptions", "remove", "Projects").returncode == 0
    assert call("check", "--text", "Project Sunbird").stdout.startswith("clear")


def test_a_pack_and_a_sealed_list_can_be_signed(call, environment, tmp_path, publisher):  # noqa: F811
    environment |= {"SECONDLOOK_SUBSCRIPTIONS": "1", "SECONDLOOK_SUBSCRIPTIONS_PRIVATE": "1"}
    (tmp_path / "birds.toml").write_text(PACK, encoding="utf-8")
    key = json.loads(call("subscriptions", "key", str(tmp_path / "secret"), "--json").stdout)["key"]
    arguments = ("--with", str(tmp_path / "secret"), "--version", "1", "--to", str(tmp_path / "out.json"))
    assert call("subscriptions", "sign", str(tmp_path / "birds.toml"), *arguments).returncode == 0
    publisher.files["/list.json"] = (tmp_path / "out.json").read_bytes()
    call("subscriptions", "add", publisher.url, "--key", key)
    call("subscriptions", "check")
    assert call("subscriptions", "apply", publisher.url, "--yes").returncode == 0
    assert "[birds.hide]" in call("check", "--text", "HIDE ONLY: nest at the mill").stdout
    call("lists", "create", "Projects")
    call("lists", "add", "Projects", "Project Sunbird")
    call("sealed", "make", "Projects", str(tmp_path / "x.sealed"))
    assert call("subscriptions", "sign", str(tmp_path / "x.sealed"), *arguments).returncode == 0


def test_a_secret_key_is_private_and_never_written_over(call, tmp_path):
    made = call("subscriptions", "key", str(tmp_path / "secret"))
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    before = (tmp_path / "secret").read_text()
    assert before.strip() != made.stdout.strip()
    assert call("subscriptions", "key", str(tmp_path / "secret")).returncode == 1
    assert (tmp_path / "secret").read_text() == before


@pytest.mark.parametrize(
    "arguments",
    [("remove", "none"), ("apply", "none"), ("add", "http://x.org/"), ("add", "https://x.org/"), ("add", "x#y")],
)
def test_what_cannot_be_done_is_said(call, arguments):
    done = call("subscriptions", *arguments)
    assert done.returncode == 1 and done.stderr.startswith("subscriptions: ")
