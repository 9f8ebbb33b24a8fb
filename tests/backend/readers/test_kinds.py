"""From the photo of a thing to what its owner reads: the real reader and the real engine."""

import pytest

from backend import readers
from backend.model import Attachment, Draft, Level
from backend.pipeline import Engine
from tests.photos.draw import FATES
from tests.photos.official import marked
from tests.photos.things import LANGUAGES, THINGS, thing

ENGINE = Engine.build()
TURN = {"badge": 90, "receipt": 270, "ticket": 180}
CASES = [
    (kind, language, FATES[(number + shift) % len(FATES)])
    for number, kind in enumerate(THINGS)
    for shift, language in enumerate(LANGUAGES)
]


def findings(data):
    verdict = ENGINE.check(Draft(attachments=(Attachment("a1", reading=readers.read("a1", "", data)),)))
    return {finding.rule: finding for finding in verdict.findings}


@pytest.mark.parametrize(("kind", "language", "fate"), CASES)
def test_a_photo_of_each_thing_is_asked_about_by_its_name(kind, language, fate):
    papers = {rule for rule, one in findings(thing(kind, language, fate, 3)).items() if one.category == "document"}
    assert papers == {f"document.{kind}"}


@pytest.mark.parametrize("kind", sorted(TURN))
def test_a_turned_photo_is_told_by_its_name_too(kind):
    found = findings(thing(kind, "en", "held", 4, turn=TURN[kind]))
    assert found[f"document.{kind}"].level >= Level.WARN


def test_a_red_header_and_a_seal_are_told_with_their_boxes_on_a_page_without_any_marking():
    headed = findings(marked("red_star_line", "held", 2))["document.official"]
    sealed = findings(marked("round_seal", "desk", 2))["document.sealed"]
    assert headed.level is sealed.level is Level.WARN
    assert all(place.box for place in (*headed.places, *sealed.places))


def test_a_coffee_stain_adds_nothing_to_a_page():
    (found,) = findings(marked("coffee", "held", 2))
    assert found not in ("document.official", "document.sealed", "document.watermark")
