"""A list that others follow says in each term what the list said for all."""

from __future__ import annotations

from backend.model import Details, Term, TermList
from backend.subscriptions.publishing import standing_alone


def test_an_embargo_of_the_list_goes_with_each_of_its_terms() -> None:
    embargo = Details(valid_until="2026-12-01", sites=("x.com",))
    own = Term("Falcon", details=Details(valid_until="2026-11-30", note="ask Mai"))
    made = standing_alone(TermList("l1", "Projects", terms=(Term("Sunbird"), own), defaults=embargo))
    assert made[0].details == embargo
    assert made[1].details == Details(valid_until="2026-11-30", sites=("x.com",), note="ask Mai")
