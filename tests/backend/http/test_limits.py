"""Limits: so many events in so much time, so many who wait."""

from __future__ import annotations

from backend.http import limits
from backend.http.limits import MOMENT, RateLimit, Waiting


def test_it_allows_so_many_within_the_time_and_more_when_it_has_passed():
    now = [0.0]
    limit = RateLimit(2, 10, clock=lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("a")] == [True, True, False]
    now[0] = 9.9
    assert not limit.allows("a")
    now[0] = 10.0
    assert limit.allows("a")


def test_one_caller_does_not_use_up_what_another_may():
    limit = RateLimit(1, 10, clock=lambda: 0.0)
    assert limit.allows("a") and limit.allows("b")


def test_it_keeps_no_endless_list_of_callers(monkeypatch):
    monkeypatch.setattr(limits, "MANY_KEYS", 10)
    limit = RateLimit(1, 10, clock=lambda: 0.0)
    for number in range(100):
        limit.allows(str(number))
    assert len(limit._events) <= 12


def test_only_some_may_wait_and_the_others_are_asked_back_after_a_moment():
    waiting = Waiting(1)
    with waiting.place(20) as first, waiting.place(20) as second, waiting.place(0) as none:
        assert (first, second, none) == (20, MOMENT, 0)
    with waiting.place(20) as again:
        assert again == 20
