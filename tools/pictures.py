"""Draw the screenshots of README and docs again: the real browser, the real extension, the real server.

    make pictures

Writes ``docs/pictures/*.png``, each under 200 kB; ``python tools/pictures.py NAME...`` the scenes of these names alone.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright  # noqa: E402

from backend.config import Config  # noqa: E402
from backend.store import decisions  # noqa: E402
from backend.store.decisions import OUTCOMES, Decision  # noqa: E402
from backend.store.in_force import open_for  # noqa: E402
from tests.e2e import opening, replicas  # noqa: E402
from tests.e2e.acting import attach, await_state  # noqa: E402
from tests.e2e.inside import ask, drawn_boxes, settle, until  # noqa: E402
from tests.e2e.serving import Server  # noqa: E402
from tests.photos.draw import photo  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES, COLOURS = 200_000, 256
LOCALES = {"en": "en-US", "vi": "vi-VN", "zh": "zh-CN"}
READING = 60.0


@dataclass(frozen=True)
class Studio:
    """Where pictures are taken."""

    tools: Playwright
    server: Server
    folder: Path
    replicas: int
    photo: Path

    @contextmanager
    def browser(self, language: str = "en", *, extension: bool = True, pair: bool = True) -> Iterator[BrowserContext]:
        """Yield a fresh browser of a person who reads this language."""
        profile = Path(tempfile.mkdtemp(dir=self.folder))
        context = opening.open_browser(
            self.tools,
            profile,
            hosts=replicas.HOSTS,
            port=self.replicas,
            extension=extension,
            locale=LOCALES[language],
            viewport={"width": 1100, "height": 760},
        )
        if extension:
            opening.set_server(context, self.server.address, language)
        if extension and pair:
            opening.pair(context, self.server).close()
        yield context
        context.close()


def save(page: Page, name: str) -> None:
    """Take a picture, with few enough colours to be small."""
    if page.url.startswith("http"):
        settle(page)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = PICTURES / f"{name}.png"
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB", flush=True)
    assert size < MOST_BYTES, f"{path} is too large"


def welcome(studio: Studio) -> None:
    """How a newcomer is met."""
    with studio.browser(extension=False) as context:
        page = context.new_page()
        page.goto(studio.server.link())
        page.wait_for_load_state("networkidle")
        # This machine's own path means nothing to a reader.
        page.locator("code").filter(has_text=str(ROOT)).evaluate_all(
            "(paths) => paths.forEach((path) => { path.textContent = '~/second-look/extension'; })"
        )
        save(page, "welcome")


def pairing(studio: Studio) -> None:
    """The two codes side by side."""
    with studio.browser(pair=False) as context:
        page = context.new_page()
        page.goto(studio.server.link())
        page.locator("[data-pairing]").scroll_into_view_if_needed()
        until(page, lambda now: now.banner)
        save(page, "pairing")


def held_on_try(studio: Studio, language: str, names: dict[str, str]) -> None:
    """The example of the try page, held; ``names`` by colour scheme."""
    with studio.browser(language) as context:
        for scheme, name in names.items():
            page = context.new_page()
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.goto(f"{studio.server.address}/try")
            page.locator("[data-example-for='post']").first.click()
            await_state(page, "stop")
            page.locator("[data-secondlook-send='post']").click()
            until(page, lambda now: now.dialog)
            save(page, name)


def on_try(studio: Studio) -> None:
    """The example in three languages, light and dark."""
    held_on_try(studio, "en", {"light": "try", "dark": "try-dark"})
    held_on_try(studio, "vi", {"light": "try-vi", "dark": "try-dark-vi"})
    held_on_try(studio, "zh", {"light": "try-zh"})


def on_x(studio: Studio) -> None:
    """The story of the photo: the card while writing, and the dialog at send."""
    with studio.browser() as context:
        page = context.new_page()
        page.goto("https://x.com/home")
        page.locator("[data-testid='tweetTextarea_0']").click()
        page.keyboard.type("The second site is ready. TOP SECRET//NOFORN")
        until(page, lambda now: now.card)
        save(page, "card")
        page.goto("https://x.com/home")
        attach(page, "[data-testid='fileInput']", studio.photo)
        page.locator("[data-testid='tweetTextarea_0']").click()
        page.keyboard.type("First day at the new job!")
        await_state(page, "stop", READING)
        page.locator("[data-testid='tweetButtonInline']").click()
        until(page, lambda now: now.dialog)
        drawn_boxes(page)
        save(page, "story-photo")


def on_weibo(studio: Studio) -> None:
    """Words marked in the box, and the dialog on a narrow window."""
    with studio.browser("zh") as context:
        page = context.new_page()
        page.goto("https://weibo.com/")
        page.locator("textarea").click()
        page.keyboard.insert_text("明天开会要用的材料：机密★10年，请大家看看。")
        await_state(page, "stop")
        ask(page, "card.close()")
        save(page, "marked-zh")
        page.set_viewport_size({"width": 320, "height": 640})
        page.get_by_role("button", name="发送").click()
        until(page, lambda now: now.dialog)
        save(page, "narrow-zh")


def unread(studio: Studio) -> None:
    """A box that cannot be read, and how to show it by clicking."""
    with studio.browser() as context:
        page = context.new_page()
        page.goto("https://weibo.com/")
        page.locator("textarea").evaluate("(box) => { box.className = 'renamed box'; }")
        page.locator("textarea").click()
        await_state(page, "blind")
        ask(page, "picking.start()")
        until(page, lambda now: now.banner)
        page.locator("textarea").click()
        save(page, "show-the-box")


def own_pages(studio: Studio) -> None:
    """The settings, and the popup as the toolbar opens it."""
    with studio.browser() as context:
        page = opening.options_page(context)
        expect(page.locator("#version")).not_to_be_empty()
        save(page, "settings")
        page.locator("#seen-title").scroll_into_view_if_needed()
        page.evaluate("scrollBy(0, 340)")
        save(page, "settings-sites")
        page.goto("https://weibo.com/")
        page.locator("textarea").click()
        page.keyboard.insert_text("机密★10年")
        await_state(page, "stop")
        # No driver sees the toolbar's own popup: its page is opened behind the tab that it speaks of.
        with context.expect_page() as opened:
            opening.worker(context).evaluate("chrome.tabs.create({ url: '/popup/popup.html', active: false })")
        page = opened.value
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 420})
        expect(page.locator("#week")).not_to_be_empty()
        page.bring_to_front()
        save(page, "popup-dark")


def server_settings(studio: Studio, language: str, scheme: str, names: dict[str, str]) -> None:
    """Pages of the server's settings; ``names`` of pictures by page."""
    with studio.browser(language, extension=False) as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(studio.server.link())
        for path, name in names.items():
            page.goto(f"{studio.server.address}/settings{path}")
            page.wait_for_load_state("networkidle")
            page.set_viewport_size({"width": 1100, "height": 760 if path else 980})
            if path == "":
                page.locator("#lists a").first.click()
                page.locator("#terms tbody tr").first.wait_for()
                page.locator("#bench-text").fill("Orange Falcon: 橙隼计划, 14:00")
                page.locator("#bench-result mark").first.wait_for()
                page.locator("#bench").evaluate("(bench) => bench.scrollIntoView({ block: 'end' })")
            save(page, name)


def server_pages(studio: Studio) -> None:
    """Lists, bench, what happened and policy, in three languages, light and dark."""
    fill(studio.server)
    pages = {"": "list", "/happened": "happened", "/policy": "policy", "/documents": "documents"}
    server_settings(studio, "en", "light", {path: f"settings-{name}" for path, name in pages.items()})
    server_settings(studio, "vi", "dark", {"": "settings-list-dark-vi", "/happened": "settings-happened-dark-vi"})
    server_settings(studio, "zh", "light", {"": "settings-list-zh"})


def fill(server: Server) -> None:
    """Give the settings something to show: a list, a document, and some weeks of decisions."""
    server.run("lists", "create", "Launch")
    server.run("lists", "add", "Launch", "Orange Falcon", "橙隼计划", "Kestrel Zwei", "--valid-until", "2099-12-24")
    paper = server.data / "Yard rules.txt"
    paper.write_text("The lid of the northern basin is painted pale green every third summer by the apprentices. " * 3)
    server.run("documents", "add", str(paper))
    store = open_for(Config(data=server.data))
    rules = ("cn.state-secret", "credential.aws.id", "situation.progress", "document.photo", "metadata.position")
    for number in range(90):
        store.clock = partial(_days_ago, number * 0.8)
        outcome = OUTCOMES[number * 7 % 11 % len(OUTCOMES)]
        site = ("x.com", "weibo.com", "chatgpt.com")[number % 3]
        decisions.add(store, Decision(outcome, site, "post", "warn", [rules[number * 3 % 7 % len(rules)]]))
    store.close()


def _days_ago(days: float) -> float:
    return time.time() - days * 86_400


SCENES: tuple[Callable[[Studio], None], ...] = (
    welcome,
    pairing,
    on_try,
    on_x,
    on_weibo,
    unread,
    own_pages,
    server_pages,
)


def main() -> int:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as tools:
        folder = Path(name)
        picture = folder / "first-page.jpg"
        picture.write_bytes(photo("zh", "held", 1))
        server = Server(folder / "data")
        server.start()
        try:
            with replicas.serve(folder) as port:
                for scene in SCENES:
                    if len(sys.argv) > 1 and scene.__name__ not in sys.argv:
                        continue
                    scene(Studio(tools, server, folder, port, picture))
        finally:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
