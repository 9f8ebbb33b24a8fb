"""The settings in a real browser: what a person does there, and what nobody gets to do by a clever name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.store.decisions import OUTCOMES

Served = tuple[str, Callable[[], str]]
MARKUP = "<img src=x onerror=window.gotcha=1><script>window.gotcha=1</script>{count}&amp;"
SECTIONS = ("", "/bench", "/documents", "/happened", "/policy")


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """Ask the API as the page itself does."""
    return page.evaluate(
        """async ([method, path, body]) => {
          const csrf = document.querySelector('meta[name="csrf-token"]').content;
          const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
          const answer = await fetch(path, { method, headers, body: body === null ? undefined : JSON.stringify(body) });
          return answer.status === 204 ? null : await answer.json();
        }""",
        [method, path, body],
    )


def new_list(page: Page, name: str, *terms: Any, **more: Any) -> str:
    """Make a list, open its page and return its id."""
    made: str = call(page, "POST", "/v1/lists", {"name": name, "terms": list(terms), **more})["id"]
    page.goto(f"{page.url.split('/settings')[0]}/settings/lists/{made}")
    expect(page.locator("#list-name")).to_have_text(name)
    return made


def rows(page: Page) -> Locator:
    return page.locator("#terms tbody tr")


def told(page: Page) -> Locator:
    return page.locator("#told")


def choose(page: Page, name: str, content: str, zone: str = "import-drop") -> None:
    """Choose a file of this name and content."""
    file = {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    page.locator(f"#{zone} input[type='file']").set_input_files(file)  # type: ignore[arg-type]


def delete_all(page: Page) -> None:
    for one in call(page, "GET", "/v1/lists")["lists"]:
        call(page, "DELETE", f"/v1/lists/{one['id']}")


@pytest.fixture(autouse=True)
def fresh(entered: Page) -> None:
    """Begin without lists."""
    delete_all(entered)
    entered.reload()


def test_a_list_is_made_and_its_page_opens(entered: Page) -> None:
    expect(entered.locator("#lists-none")).to_be_visible()
    entered.get_by_label("Name", exact=True).fill("Projects")
    entered.get_by_role("button", name="Make the list").click()
    expect(entered.get_by_role("heading", level=1)).to_have_text("Projects")


def test_terms_are_pasted_and_taken_back(entered: Page) -> None:
    new_list(entered, "Projects")
    entered.locator("#add-text").fill("Blue Heron\nKestrel Zwei\nBlue Heron\n")
    expect(entered.locator("#add-common")).to_contain_text("“Kestrel Zwei” is rare")
    entered.get_by_role("button", name="Add", exact=True).click()
    expect(told(entered)).to_contain_text("2 terms are new, 0 changed.")
    expect(rows(entered)).to_have_count(2)
    entered.locator("#told-undo").click()
    expect(rows(entered)).to_have_count(0)


def test_an_everyday_word_is_asked_about_before_it_goes_live(entered: Page) -> None:
    id = new_list(entered, "Projects")
    entered.locator("#add-text").fill("Blue Heron\nlunch")
    expect(entered.locator("#add-common .everyday")).to_contain_text("“lunch” is everyday language")
    entered.get_by_role("button", name="Add", exact=True).click()
    dialog = entered.get_by_role("dialog", name="Everyday words are among these")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    entered.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert call(entered, "GET", f"/v1/lists/{id}")["terms"] == 0
    entered.get_by_role("button", name="Add", exact=True).click()
    entered.get_by_role("button", name="Add them all the same").click()
    expect(rows(entered)).to_have_count(2)
    expect(rows(entered).filter(has_text="lunch").locator(".common-of")).to_have_text(re.compile(r"0\.\d"))


def test_every_attribute_of_a_term_can_be_edited(entered: Page) -> None:
    id = new_list(entered, "Projects", "Blue Heron")
    entered.get_by_role("button", name="Edit “Blue Heron”").click()
    dialog = entered.get_by_role("dialog")
    dialog.get_by_label("Term", exact=True).fill("Blue Herons")
    for label, value in (("Category", "plan"), ("Note", "ask Lan"), ("Languages", "en, vi"), ("Sites", "x.com")):
        dialog.get_by_label(label, exact=True).fill(value)
    dialog.get_by_label("How it is met").select_option("anywhere")
    dialog.get_by_label("Speaks up").select_option("warn")
    dialog.get_by_label("From", exact=True).fill("2026-01-01")
    dialog.get_by_label("Until", exact=True).fill("2090-12-31")
    dialog.get_by_label("message").check()
    dialog.get_by_label("Exceptions").fill("Blue Herons of the zoo")
    dialog.get_by_role("button", name="Save").click()
    expect(told(entered)).to_contain_text("1 term changed.")
    [term] = call(entered, "GET", f"/v1/lists/{id}/terms")["terms"]
    assert term == {
        "text": "Blue Herons",
        "form": "anywhere",
        "level": "warn",
        "category": "plan",
        "note": "ask Lan",
        "languages": ["en", "vi"],
        "sites": ["x.com"],
        "channels": ["message"],
        "exceptions": ["Blue Herons of the zoo"],
        "valid_from": "2026-01-01",
        "valid_until": "2090-12-31",
    }


def test_many_terms_are_searched_paged_changed_and_deleted_at_once(entered: Page) -> None:
    id = new_list(entered, "Projects", *(f"heron zq{number:03}" for number in range(250)))
    expect(rows(entered)).to_have_count(100)
    entered.get_by_role("button", name="Next").click()
    expect(entered.locator("#where")).to_have_text("101 to 200 of 250")
    entered.get_by_role("searchbox").fill("zq1")
    expect(entered.locator("#found")).to_have_text("100 of 250 terms")
    entered.get_by_label("all that the search finds").check()
    entered.get_by_role("button", name="Change chosen").click()
    entered.get_by_role("dialog").get_by_label("Note", exact=True).fill("second wave")
    entered.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(told(entered)).to_contain_text("100 terms changed.")
    assert call(entered, "GET", f"/v1/lists/{id}/terms?search=second+wave")["found"] == 100
    entered.get_by_label("Choose “heron zq100”").check()
    entered.get_by_label("Choose “heron zq101”").check()
    entered.get_by_role("button", name="Delete chosen").click()
    expect(told(entered)).to_contain_text("2 terms deleted.")
    assert call(entered, "GET", f"/v1/lists/{id}")["terms"] == 248


def test_a_file_is_looked_at_before_it_is_brought_in(entered: Page) -> None:
    new_list(entered, "Projects", "Blue Heron")
    choose(entered, "more.csv", "text,valid_until,colour\nKestrel Zwei,2090-01-01,red\n...,,\nBlue Heron,31/31,\n")
    preview = entered.get_by_role("form", name="What was understood of more.csv")
    expect(preview).to_contain_text("1 term understood")
    expect(preview).to_contain_text("2 lines not understood")
    expect(preview).to_contain_text("Columns that mean nothing here: colour")
    expect(preview.locator("tbody").first).to_contain_text("nothing in it can be found in a text")
    expect(preview.locator("tbody tr").first.locator("td").first).to_have_text("3")
    expect(rows(entered)).to_have_count(1)
    preview.get_by_role("button", name="Bring them in").click()
    expect(rows(entered)).to_have_count(2)
    entered.locator("#told-undo").click()
    expect(rows(entered)).to_have_count(1)


def test_what_was_understood_can_be_discarded(entered: Page) -> None:
    choose(entered, "more.txt", "Kestrel Zwei\n")
    entered.get_by_role("button", name="Discard").click()
    expect(entered.locator("#import-state")).to_be_empty()
    assert call(entered, "GET", "/v1/lists")["lists"] == []


def test_a_long_file_is_cancelled_while_it_is_read(entered: Page) -> None:
    choose(entered, "long.txt", "\n".join(f"heron zq{number}" for number in range(150_000)))
    entered.locator("#import-state").get_by_role("button", name="Cancel").click()
    expect(entered.locator("#import-state")).to_have_text("Cancelled. Nothing was changed.")
    assert call(entered, "GET", "/v1/lists")["lists"] == []


def test_a_file_becomes_a_list(entered: Page) -> None:
    choose(entered, "birds.txt", "Kestrel Zwei\nBlue Heron\n")
    entered.locator(".preview-of").get_by_role("button", name="Make the list").click()
    expect(entered.get_by_role("heading", level=1)).to_have_text("birds")
    expect(rows(entered)).to_have_count(2)


def test_a_deleted_list_comes_back_at_its_place(entered: Page, served: Served) -> None:
    kept = {"level": "warn", "sites": ["x.com"], "valid_until": "2090-01-01"}
    new_list(entered, "Aviary", {"text": "Blue Heron", "note": "ask Lan", "channels": ["post"]}, **kept)
    new_list(entered, "Budget", "Kestrel Zwei")
    before = call(entered, "GET", "/v1/lists")["lists"]
    entered.goto(f"{served[0]}/settings")
    entered.get_by_role("button", name="Delete “Aviary”").click()
    entered.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(entered.locator("#lists li")).to_have_count(1)
    entered.locator("#told-undo").click()
    expect(entered.locator("#lists li").first).to_contain_text("Aviary")
    first, second = call(entered, "GET", "/v1/lists")["lists"]
    same = ("name", "level", "sites", "valid_until", "terms", "enabled", "observe")
    assert [first[name] for name in same] == [before[0][name] for name in same]
    assert second["id"] == before[1]["id"]
    [term] = call(entered, "GET", f"/v1/lists/{first['id']}/terms")["terms"]
    assert (term["note"], term["channels"]) == ("ask Lan", ["post"])


def test_lists_are_ordered_and_switched_by_keyboard_alone(entered: Page, served: Served) -> None:
    for name in ("Aviary", "Budget"):
        call(entered, "POST", "/v1/lists", {"name": name})
    entered.reload()
    entered.get_by_role("button", name="Move “Budget” up").focus()
    entered.keyboard.press("Enter")
    expect(entered.locator("#lists li").first).to_contain_text("Budget")
    entered.get_by_role("switch", name="“Budget” is on").focus()
    entered.keyboard.press("Space")
    expect(entered.locator("#lists li").first).to_contain_text("off")
    expect(entered.get_by_role("switch", name="“Budget” is on")).to_be_focused()
    assert [one["enabled"] for one in call(entered, "GET", "/v1/lists")["lists"]] == [False, True]


def test_the_bench_marks_what_fires_and_says_why_while_the_list_changes(entered: Page) -> None:
    id = new_list(entered, "Projects", "Blue Heron")
    entered.locator("#bench-text").fill("The Blue Heron meets the Kestrel Zwei.")
    result = entered.locator("#bench-result")
    expect(result.locator("mark")).to_have_text(["Blue Heron"])
    expect(result).to_contain_text(f"list.{id} · list · weight")
    entered.locator("#add-text").fill("Kestrel Zwei")
    entered.get_by_role("button", name="Add", exact=True).click()
    expect(result.locator("mark")).to_have_text(["Blue Heron", "Kestrel Zwei"])
    entered.locator("#told-undo").click()
    expect(result.locator("mark")).to_have_text(["Blue Heron"])


def test_the_bench_knows_channels_sites_and_files(entered: Page, served: Served) -> None:
    new_list(entered, "Projects", {"text": "Blue Heron", "channels": ["mail"], "sites": ["mail.example.org"]})
    entered.goto(f"{served[0]}/settings/bench")
    file = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"The Blue Heron is ready."}
    entered.locator("#bench-files").set_input_files(file)  # type: ignore[arg-type]
    headline = entered.locator("#bench-result .headline")
    expect(headline).to_have_attribute("data-level", "clear", timeout=30_000)
    entered.locator("#bench-channel").select_option("mail")
    entered.locator("#bench-site").fill("mail.example.org")
    expect(headline).to_have_attribute("data-level", "stop", timeout=30_000)
    entered.get_by_role("button", name="Remove note.txt").click()
    expect(entered.locator("#bench-result")).to_be_hidden()


def test_a_list_that_only_counts_is_shown_on_the_bench_and_counts_nothing_there(entered: Page) -> None:
    id = new_list(entered, "Projects", "Blue Heron", observe=True)
    expect(entered.locator("#observed")).to_contain_text("you 0 times this week")
    entered.locator("#bench-text").fill("The Blue Heron is ready.")
    expect(entered.locator("#bench-result .headline")).to_have_attribute("data-level", "clear")
    expect(entered.locator("#bench-observed")).to_contain_text("On your list “Projects”")
    assert call(entered, "GET", f"/v1/lists/{id}/observations")["this_week"] == 0


def test_a_list_is_sealed_and_taken_into_use(entered: Page, served: Served, tmp_path: Path) -> None:
    new_list(entered, "Projects", "Blue Heron", {"text": "kestrell zwei", "form": "near"})
    with entered.expect_download() as saved:
        entered.get_by_role("button", name="Seal it").click()
    expect(told(entered)).to_contain_text("1 terms were left out")
    path = tmp_path / "list.sealed"
    saved.value.save_as(path)
    assert "heron" not in path.read_text().lower()
    delete_all(entered)
    entered.goto(f"{served[0]}/settings")
    entered.locator("#sealed-drop input[type='file']").set_input_files(path)
    expect(entered.locator("#sealed li")).to_contain_text("Projects")
    verdict = call(entered, "POST", "/v1/checks", {"text": "The Blue Heron is ready.", "channel": "post"})
    assert [one["rule"].split(".")[0] for one in verdict["findings"]] == ["sealed"]
    entered.locator("#sealed").get_by_role("button", name="Delete “Projects”").click()
    entered.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(entered.locator("#sealed li")).to_have_count(0)


def test_what_is_no_sealed_list_is_said_to_be_none(entered: Page) -> None:
    choose(entered, "list.sealed", "not json", "sealed-drop")
    expect(told(entered)).to_contain_text("list.sealed is no sealed list.")
    choose(entered, "list.sealed", json.dumps({"format": "other"}), "sealed-drop")
    expect(told(entered).locator(".trouble")).to_be_visible()


def test_a_document_is_registered_renamed_made_public_and_removed(entered: Page, served: Served) -> None:
    entered.goto(f"{served[0]}/settings/documents")
    text = "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard."
    choose(entered, "minutes.txt", f"{text} Nobody remembers why, and nobody has asked.", "documents-drop")
    row = entered.locator("#documents tbody tr")
    expect(row).to_contain_text("minutes.txt")
    expect(row).to_contain_text("since", timeout=30_000)
    row.get_by_role("button", name="Rename “minutes.txt”").click()
    entered.get_by_role("dialog").get_by_label("Document").fill("Minutes of May")
    entered.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(row).to_contain_text("Minutes of May")
    row.get_by_role("checkbox", name="“Minutes of May” may be quoted").check()
    expect(told(entered)).to_contain_text("Saved.")
    assert call(entered, "GET", "/v1/documents")["documents"][0]["public"] is True
    row.get_by_role("button", name="Remove “Minutes of May”").click()
    entered.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_a_folder_is_watched_and_left(entered: Page, served: Served, tmp_path: Path) -> None:
    entered.goto(f"{served[0]}/settings/documents")
    entered.get_by_label("Whole path").fill("not a path")
    entered.get_by_role("button", name="Watch it").click()
    expect(told(entered).locator(".trouble")).to_be_visible()
    entered.get_by_label("Whole path").fill(str(tmp_path))
    entered.get_by_role("button", name="Watch it").click()
    expect(entered.locator("#folders li")).to_contain_text(str(tmp_path))
    entered.get_by_role("button", name=f"Watch {tmp_path} no longer").click()
    entered.get_by_role("dialog").get_by_role("button", name="Watch no longer").click()
    expect(entered.locator("#folders li")).to_have_count(0)


def test_decisions_are_drawn_told_in_a_table_quietened_and_deleted(entered: Page, served: Served) -> None:
    id = new_list(entered, "Projects", "Blue Heron")
    for outcome in (*OUTCOMES, "not_useful"):
        rules = ["cn.state-secret", f"list.{id}"]
        json = {"outcome": outcome, "level": "warn", "site": "x.com", "rules": rules}
        call(entered, "POST", "/v1/decisions", json)
    entered.goto(f"{served[0]}/settings/happened")
    expect(entered.locator(".chart")).to_have_count(3)
    expect(entered.locator(".chart svg").first).to_have_attribute(
        "aria-label", re.compile("What you did: 6 in 12 weeks")
    )
    chart = entered.locator(".chart").filter(has_text="What it was about")
    chart.get_by_text("As a table").click()
    expect(chart.locator("tbody tr").last.locator("td")).to_have_text(["6", "6"])
    expect(entered.locator("#useless li")).to_have_count(2)
    expect(entered.locator("#useless")).to_contain_text("Your list “Projects”")
    entered.locator("[data-rule='cn.state-secret'] button").click()
    expect(entered.locator("#useless li")).to_have_count(1)
    assert call(entered, "GET", "/v1/policy")["quiet_rules"] == ["cn.state-secret"]
    entered.locator("#told-undo").click()
    expect(entered.locator("#useless li")).to_have_count(2)
    assert "quiet_rules" not in call(entered, "GET", "/v1/policy")
    entered.get_by_role("button", name="Delete all decisions").click()
    entered.get_by_role("dialog").get_by_role("button", name="Delete all decisions").click()
    expect(entered.locator("#happened-none")).to_be_visible()
    assert call(entered, "GET", "/v1/decisions") == {"totals": [], "rules": []}


def test_the_policy_is_set_and_a_rule_found_and_switched_off(entered: Page, served: Served) -> None:
    entered.goto(f"{served[0]}/settings/policy")
    expect(entered.get_by_role("radio", name="As usual")).to_be_checked()
    entered.get_by_role("radio", name="Seldom").check()
    entered.locator("#thresholds button").click()
    expect(told(entered)).to_contain_text("Saved.")
    assert call(entered, "GET", "/v1/policy")["warn_at"] == 75
    entered.get_by_text("Exact thresholds").click()
    entered.get_by_label("asks", exact=True).fill("20")
    entered.locator("#thresholds button").click()
    expect(entered.locator("#thresholds-wrong")).to_be_visible()
    entered.get_by_role("radio", name="As usual").check()
    entered.locator("#thresholds button").click()
    expect(entered.locator("#thresholds-wrong")).to_be_hidden()
    entered.locator("#rules-filter").get_by_label("Search").fill("boarding pass")
    expect(entered.locator("#rules li")).to_have_count(1)
    voice = entered.get_by_label("How “The code of a boarding pass” speaks")
    voice.select_option("off")
    expect(told(entered)).to_contain_text("The code of a boarding pass: off")
    assert call(entered, "GET", "/v1/policy")["disabled_rules"] == ["code.boarding_pass"]
    voice.select_option("usual")
    expect(told(entered)).to_contain_text("as usual")
    assert call(entered, "GET", "/v1/policy")["disabled_rules"] == []


def test_what_levels_do_where_it_is_quieter_and_own_data_are_set(entered: Page, served: Served) -> None:
    entered.goto(f"{served[0]}/settings/policy")
    entered.locator("#does [name='stop']").select_option("refuse")
    entered.locator("#does button").click()
    expect(told(entered)).to_contain_text("Saved.")
    entered.locator("#level [name='category']").select_option("identifier")
    entered.locator("#level [name='channel']").select_option("ai")
    entered.locator("#level [name='change']").select_option("off")
    entered.locator("#level button").click()
    expect(entered.locator("#levels li")).to_contain_text("not told")
    entered.locator("#where [name='quiet']").fill("x.com, intranet.example.org")
    entered.locator("#where button").click()
    entered.locator("#own-add").get_by_label("What you call it").fill("My phone")
    entered.locator("#own-add").get_by_label("What it is").fill("+84 90 123 4567")
    entered.locator("#own-add button").click()
    expect(entered.locator("#own li")).to_contain_text("My phone")
    policy = call(entered, "GET", "/v1/policy")
    assert policy["does"] == {"stop": "refuse"} and policy["levels"] == {"identifier": {"ai": "off"}}
    assert sorted(policy["sites"]["quiet"]) == ["intranet.example.org", "x.com"]
    assert "90 123" not in entered.content()
    entered.locator("#own li button").click()
    expect(entered.locator("#own li")).to_have_count(0)
    entered.locator("#levels li button").click()
    expect(entered.locator("#levels li")).to_have_count(0)
    call(entered, "PUT", "/v1/policy", {"does": {}, "levels": {}, "sites": {}})


def test_a_profile_or_a_file_is_seen_before_it_takes_effect(entered: Page, served: Served) -> None:
    entered.goto(f"{served[0]}/settings/policy")
    before = call(entered, "GET", "/v1/policy")
    entered.locator("#profiles select").select_option("company")
    entered.get_by_role("button", name="See what changes").click()
    dialog = entered.get_by_role("dialog", name="What would change")
    expect(dialog.locator("tbody tr").first).to_be_visible()
    entered.keyboard.press("Escape")
    assert call(entered, "GET", "/v1/policy") == before
    entered.get_by_role("button", name="See what changes").click()
    dialog.get_by_role("button", name="Put it in force").click()
    expect(told(entered)).to_contain_text("The policy is in force.")
    assert call(entered, "GET", "/v1/policy")["profile"] == "company"
    choose(entered, "policy.toml", "format = 1\nwarn_at = 55\n", "policy-drop")
    expect(dialog).to_contain_text("55")
    dialog.get_by_role("button", name="Put it in force").click()
    expect(dialog).to_have_count(0)
    expect(entered.locator("#thresholds [name='warn_at']")).to_have_value("55")
    choose(entered, "policy.toml", "format = 1\n", "policy-drop")
    dialog.get_by_role("button", name="Put it in force").click()
    expect(entered.get_by_role("radio", name="As usual")).to_be_checked()


def test_four_questions_give_a_policy(entered: Page, served: Served) -> None:
    entered.goto(f"{served[0]}/settings/policy")
    entered.get_by_role("button", name="Ask me four questions").click()
    dialog = entered.get_by_role("dialog", name="Ask me four questions")
    expect(dialog.locator("fieldset")).to_have_count(4)
    dialog.locator("fieldset").first.locator("input").last.check()
    dialog.get_by_role("button", name="See what changes").click()
    expect(entered.get_by_role("dialog", name="What would change").locator("tbody tr").first).to_be_visible()
    entered.keyboard.press("Escape")


def test_no_name_becomes_markup(entered: Page, served: Served) -> None:
    """Names of lists, terms, notes, categories, files and documents are shown as they are, and run nothing."""
    term = {
        "text": MARKUP,
        "form": "exact",
        "note": MARKUP,
        "category": MARKUP[:60],
        "exceptions": [f"{MARKUP} elsewhere"],
    }
    id = new_list(entered, MARKUP[:90], term)
    expect(rows(entered).first).to_contain_text("<img src=x")
    entered.locator("#bench-text").fill(f"before {MARKUP} after")
    expect(entered.locator("#bench-result mark").first).to_contain_text("<script>")
    entered.locator("#add-text").fill(f"{MARKUP}\nlunch")
    entered.get_by_role("button", name="Add", exact=True).click()
    expect(entered.get_by_role("dialog")).to_be_visible()
    nothing_ran(entered)
    entered.keyboard.press("Escape")
    entered.get_by_role("button", name="Edit “<img").click()
    nothing_ran(entered)
    entered.keyboard.press("Escape")
    choose(entered, f"{MARKUP[:20]}.csv", f'text,note,{MARKUP[:20]}\n"<b onclick=1>","<i>"\n<u>,31\n')
    expect(entered.locator(".preview-of")).to_contain_text("<img src=x")
    nothing_ran(entered)
    passage = "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard."
    document = call(entered, "POST", "/v1/documents", {"name": MARKUP, "text": passage})["id"]
    decision = {"outcome": "not_useful", "level": "warn", "rules": [f"list.{id}", f"quotation.{document}"]}
    for _ in range(2):
        call(entered, "POST", "/v1/decisions", decision)
    for section in SECTIONS:
        entered.goto(f"{served[0]}/settings{section}")
        entered.wait_for_load_state("networkidle")
        nothing_ran(entered)
        if section not in ("/bench", "/policy"):
            expect(entered.locator("main")).to_contain_text("<img src=x")
    call(entered, "DELETE", "/v1/decisions")
    call(entered, "DELETE", f"/v1/documents/{document}")


def nothing_ran(page: Page) -> None:
    assert page.evaluate("'gotcha' in window") is False
    assert page.locator("main img, main b, main i, main u, dialog img, main script, dialog script").count() == 0


def test_a_guessed_script_is_refused_by_the_browser(page: Page, served: Served, browser: Any) -> None:
    """Even if markup came into the page, no inline script, handler or style of it would count."""
    context = browser.new_context()
    window = context.new_page()
    window.goto(f"{served[0]}/settings?once={served[1]()}")
    refused = window.evaluate(
        """() => {
          const seen = [];
          document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
          const attempt = (work) => { try { work(); } catch { seen.push('trusted-types'); } };
          attempt(() => { document.body.innerHTML = '<img src=x onerror="window.gotcha = 1">'; });
          const script = document.createElement('script');
          attempt(() => { script.textContent = 'window.gotcha = 1'; document.body.append(script); });
          const button = document.createElement('button');
          button.setAttribute('style', 'color: red');
          document.body.append(button);
          return new Promise((go) => setTimeout(() => go([seen, 'gotcha' in window, button.style.color]), 50));
        }"""
    )
    assert refused[1:] == [False, ""]
    assert {"trusted-types", "style-src-attr"} <= set(refused[0])
    context.close()


def test_it_fits_a_window_of_320_pixels(entered: Page, served: Served) -> None:
    id = new_list(entered, "A name of a list that is rather long " * 2, "Blue Heron", "青鹭计划" * 20)
    entered.set_viewport_size({"width": 320, "height": 700})
    for path in (*SECTIONS, f"/lists/{id}"):
        entered.goto(f"{served[0]}/settings{path}")
        entered.wait_for_load_state("networkidle")
        assert entered.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("path", SECTIONS)
def test_everything_to_press_or_fill_has_a_name_for_screen_readers(entered: Page, served: Served, path: str) -> None:
    new_list(entered, "Projects", "Blue Heron")
    for page in (path, f"/lists/{call(entered, 'GET', '/v1/lists')['lists'][0]['id']}"):
        entered.goto(f"{served[0]}/settings{page}")
        entered.wait_for_load_state("networkidle")
        for role in ("button", "textbox", "checkbox", "switch", "combobox", "searchbox", "link", "region"):
            for one in entered.get_by_role(role).all():
                assert re.match(rf"- '?{role} \"", one.aria_snapshot()), one
