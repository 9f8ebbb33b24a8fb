"""The catalogues: complete, alike, and asked for by the pages."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend.model import CATEGORIES, CHANNELS, FORMS, LANGUAGES
from backend.store.decisions import OUTCOMES
from backend.web.language import FOLDER, TAGS, catalogue, fill

WEB = FOLDER.parent
TEMPLATES = "".join(path.read_text("utf-8") for path in sorted((WEB / "templates").rglob("*.html")))
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted((WEB / "static").glob("*.js")))
SETTINGS = "".join(path.read_text("utf-8") for path in sorted((WEB / "static" / "settings").glob("*.js")))
OWN_TEMPLATES = "".join(path.read_text("utf-8") for path in sorted((WEB / "templates").rglob("settings/*.html")))
FAMILIES = (
    "action",
    "category",
    "change",
    "channel",
    "did",
    "document",
    "form",
    "outcome",
    "preset",
    "reason",
    "role",
    "section",
    "tell",
    "voice",
)
"""Words that are asked for by a name that is put together."""


def _flat(language: str) -> dict[str, str]:
    return {f"{page}.{key}": text for page, words in catalogue(language).items() for key, text in words.items()}


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_is_a_catalogue_for_every_language() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LANGUAGES) == set(TAGS)


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_every_catalogue_has_the_same_words_with_the_same_gaps(language: str) -> None:
    english, other = _flat("en"), _flat(language)
    assert set(other) == set(english)
    assert {key: _gaps(text) for key, text in other.items()} == {key: _gaps(text) for key, text in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_or_blames(language: str) -> None:
    for key, text in _flat(language).items():
        assert text.strip() == text != "", key
        assert not re.search(r"violat|vi phạm|违规|违反", text, re.IGNORECASE), key


def test_chinese_and_vietnamese_are_translated() -> None:
    english = _flat("en")
    same_by_right = {"common.product", "settings.rule_now", "try.example_banner_text", "welcome.mode_edge"}
    for language in ("vi", "zh"):
        same = {key for key, text in _flat(language).items() if text == english[key]}
        assert same <= same_by_right


def test_every_word_of_the_scripts_is_asked_for() -> None:
    asked = set(re.findall(r"'([a-z_]+)'", SCRIPTS)) | {f"level_{level}" for level in ("clear", "note", "warn", "stop")}
    assert set(catalogue("en")["script"]) <= asked


def test_every_word_that_the_scripts_ask_for_is_there() -> None:
    asked = set(re.findall(r"\bword\('([a-z_]+)'", SCRIPTS))
    assert asked and asked <= set(catalogue("en")["script"])


@pytest.mark.parametrize("page", ["common", "welcome", "try"])
def test_every_word_of_a_page_is_asked_for(page: str) -> None:
    asked = set(re.findall(r"(?:words|common)(?:\.|\[\")([a-z_]+)", TEMPLATES))
    asked |= {"nav_welcome", "nav_try", "nav_settings"}
    assert set(catalogue("en")[page]) <= asked


def test_every_word_of_the_settings_is_asked_for() -> None:
    asked = set(re.findall(r"'([a-z_]+)'", SETTINGS)) | set(re.findall(r"words\.([a-z_]+)", OWN_TEMPLATES))
    families = {key for key in catalogue("en")["settings"] if key.partition("_")[0] in FAMILIES and "_" in key}
    assert set(catalogue("en")["settings"]) <= asked | families


def test_every_word_that_the_settings_ask_for_is_there() -> None:
    known = {**catalogue("en")["script"], **catalogue("en")["settings"]}
    asked = set(re.findall(r"\bword\('([a-z_]+)'", SETTINGS)) | set(re.findall(r"words\.([a-z_]+)", OWN_TEMPLATES))
    assert len(asked) > 100 and asked <= set(known)
    for family in re.findall(r"\bword\(`([a-z]+)_\$", SETTINGS):
        assert [key for key in known if key.startswith(f"{family}_")], family


def test_the_settings_name_every_channel_category_form_and_outcome() -> None:
    words = catalogue("en")["settings"]
    wanted = {f"channel_{one}" for one in CHANNELS} | {f"category_{one}" for one in CATEGORIES}
    wanted |= {f"form_{one}" for one in FORMS} | {f"outcome_{one}" for one in OUTCOMES}
    assert wanted <= set(words)


def test_a_value_cannot_reach_beyond_its_gap() -> None:
    assert fill("Good day, {name}", name="{other}") == "Good day, {other}"


def test_the_words_of_the_scripts_survive_the_way_through_the_page(client: FlaskClient) -> None:
    [raw] = re.findall(r'data-words="([^"]*)"', client.get("/try", headers={"Accept-Language": "zh"}).text)
    assert json.loads(unescape(raw)) == catalogue("zh")["script"]


def test_no_word_is_written_into_a_template() -> None:
    assert not re.search(r"[Đđ\u1EA0-\u1EF9\u4E00-\u9FFF]", TEMPLATES + SCRIPTS + SETTINGS)


def test_every_stylesheet_and_script_is_used() -> None:
    names = {path.name for path in (WEB / "static").iterdir() if path.is_file()}
    used = {Path(name).name for name in re.findall(r"'\./([\w.]+)'", SCRIPTS)}
    assert names - used == {"base.css", "welcome.css", "try.css", "welcome.js", "try.js", "logo.svg"}
    own = {path.name for path in (WEB / "static" / "settings").iterdir()}
    pages = {"lists.js", "list.js", "bench.js", "documents.js", "happened.js", "policy.js", "knock.js", "settings.css"}
    pages |= {"audit.js", "people.js", "account.js", "sign-in.js", "join.js"}
    assert own - {Path(name).name for name in re.findall(r"'\./([\w.]+)'", SETTINGS)} == pages
