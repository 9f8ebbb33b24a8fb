"""A photo of a registered document's second page, the whole way: camera, reader, fingerprints, finding."""

from __future__ import annotations

import pytest

from backend.config import Config
from backend.jobs import Jobs
from backend.model import Attachment, Draft, Level
from backend.pipeline import Engine
from backend.registration import Register, Shelves
from backend.store import open_store, prepare_folder
from tests.photos.draw import draw
from tests.photos.paper import papers

FIRST_PAGE = {
    "en": "Minutes of the spring meeting. The chair opened at nine and thanked everybody for coming through the snow. ",
    "vi": "Biên bản cuộc họp mùa xuân. Chủ tọa khai mạc lúc chín giờ và cảm ơn mọi người đã đến dù trời mưa lớn. ",
    "zh": "春季会议纪要。主持人九点宣布开会，感谢大家冒雪前来。会议先回顾了去年的工作，然后讨论了今年的安排。",
}


@pytest.fixture(scope="module")
def bare():
    return Engine.build()


@pytest.fixture
def installation(tmp_path):
    folder = tmp_path / "data"
    prepare_folder(folder)
    store = open_store(Config(data=folder).database_url)
    register = Register(store, folder)
    yield register, Shelves(store, folder)
    register.close()
    store.close()


def page(script: str) -> str:
    return "\n".join([papers()[script]["title"], *papers()[script]["body"], *papers()[script]["signature"]])


def photo(jobs: Jobs, data: bytes) -> Attachment:
    id = jobs.submit("photo.jpg", "image/jpeg", data)
    job = jobs.status(id, wait=60)
    assert job.state == "done"
    return Attachment(id, reading=job.reading)


@pytest.mark.parametrize(
    ("script", "fate"),
    [("en", "held"), ("en", "desk"), ("zh", "social"), ("zh", "held"), ("vi", "desk"), ("vi", "screen")],
)
def test_a_photo_of_the_second_page_is_held(script, fate, installation, jobs, bare):
    register, shelves = installation
    register.text("Minutes", FIRST_PAGE[script] * 8 + "\f" + page(script))
    engine = bare.with_documents(shelves.library())
    attachment = photo(jobs, draw(script, fate, 3, marking=""))
    verdict = engine.check(Draft(attachments=(attachment,)))
    (found,) = [one for one in verdict.findings if one.category == "quotation"]
    assert found.level == Level.STOP and found.values["document"] == "Minutes"
    assert 25 <= int(found.values["share"]) <= 90
    assert len(found.places) >= 5 and all(place.box for place in found.places) and "cover_boxes" in found.remedies


@pytest.mark.parametrize("script", ["en", "zh", "vi"])
def test_a_photo_of_another_page_is_not_taken_for_it(script, installation, jobs, bare):
    register, shelves = installation
    register.text("Minutes", FIRST_PAGE[script] * 20)
    engine = bare.with_documents(shelves.library())
    verdict = engine.check(Draft(attachments=(photo(jobs, draw(script, "held", 3, marking="")),)))
    assert not [one for one in verdict.findings if one.category == "quotation"]


def test_a_document_that_is_a_scan_is_read_and_then_found_in_text(installation, bare):
    register, shelves = installation
    told = []
    entry = register.file(
        "scan.jpg", draw("zh", "held", 3, marking=""), tell=lambda done, total, unit: told.append(done)
    )
    assert told and entry.characters > 200
    engine = bare.with_documents(shelves.library())
    quote = "".join(papers()["zh"]["body"][2:4])
    verdict = engine.check(Draft(text=f"你看看：{quote}"))
    assert [one.values["document"] for one in verdict.findings if one.category == "quotation"] == ["scan.jpg"]
