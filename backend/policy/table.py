"""The policy as a table of plain values: what the API, the TOML file and the store have in common.

What is as usual is left out, except for the thresholds and ``disabled_rules``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from backend.model import ACTIONS, ANY, CATEGORIES, CHANGES, CHANNELS, USUALLY, Level, OwnDatum, Policy
from backend.policy import own
from backend.text.conditions import host

THRESHOLDS = ("note_at", "warn_at", "stop_at")
NEVER = 101
"""A threshold that no score reaches."""
LEVELS = tuple(level.word for level in USUALLY)
SITES = ("off", "quiet")
NEWER = ("quiet_rules", "levels", "does", "sites", "languages", "profile", "own")
"""Keys that a table may leave out; a caller that does not know them leaves them as they are."""
MOST = 10_000
_RULE = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}\Z")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}\Z")
_PROFILE = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_HASH = re.compile(rf"[0-9a-f]{{{2 * own.DIGEST}}}\Z")
_ID = re.compile(r"[0-9a-f]{1,16}\Z")


class BadPolicy(ValueError):
    """A table that is no policy: ``key`` names what is wrong, ``wanted`` says what may stand there."""

    def __init__(self, key: str, wanted: str) -> None:
        """Take both; neither repeats what stands there now."""
        super().__init__(f"{key}: {wanted}" if key else wanted)
        self.key = key
        self.wanted = wanted


def to_table(policy: Policy) -> dict[str, Any]:
    """Return a policy as plain values."""
    table: dict[str, Any] = {name: getattr(policy, name) for name in THRESHOLDS}
    table["disabled_rules"] = sorted(policy.disabled_rules)
    levels: dict[str, dict[str, str]] = {}
    for category, channel, change in sorted(policy.levels):
        levels.setdefault(category, {})[channel] = change
    sites = {name: sorted(getattr(policy, f"sites_{name}")) for name in SITES}
    newer = {
        "profile": policy.profile,
        "quiet_rules": sorted(policy.quiet_rules),
        "levels": levels,
        "does": dict(sorted(policy.does)),
        "sites": {name: found for name, found in sites.items() if found},
        "languages": sorted(policy.languages),
        "own": [_own_table(one, policy) for one in policy.own],
    }
    return {**table, **{name: value for name, value in newer.items() if value}}


def from_table(table: Any, before: Policy | None = None) -> Policy:
    """Return the policy of a table; raises :class:`BadPolicy`.

    ``before`` has the key of own data, which no table carries: data that were hashed
    under another key mean nothing here and are left out (:func:`foreign`).
    """
    before = before or Policy()
    _refuse_unknown("", table, (*THRESHOLDS, "disabled_rules", *NEWER))
    note_at, warn_at, stop_at = (_threshold(name, table.get(name, getattr(Policy(), name))) for name in THRESHOLDS)
    if not note_at <= warn_at <= stop_at:
        raise BadPolicy("warn_at", "note_at <= warn_at <= stop_at")
    sites = _inner("sites", table.get("sites", {}), SITES)
    rules = "the id of a rule, for example cn.state-secret"
    return Policy(
        note_at,
        warn_at,
        stop_at,
        disabled_rules=_words("disabled_rules", table.get("disabled_rules", []), _RULE, rules),
        quiet_rules=_words("quiet_rules", table.get("quiet_rules", []), _RULE, rules),
        levels=frozenset(_levels(table.get("levels", {}))),
        does=frozenset(_does(table.get("does", {}))),
        sites_off=_hosts("sites.off", sites.get("off", [])),
        sites_quiet=_hosts("sites.quiet", sites.get("quiet", [])),
        languages=_words("languages", table.get("languages", []), _LANGUAGE, "a language such as en, vi or zh"),
        own=tuple(_own(table.get("own", []), own.name_of_key(before.own_key))),
        own_key=before.own_key,
        profile=_profile(table.get("profile", "")),
    )


def foreign(table: Mapping[str, Any], before: Policy) -> list[str]:
    """Return the names of own data in a table that were hashed under the key of another installation."""
    key = own.name_of_key(before.own_key)
    return [str(one["name"]) for one in table.get("own", []) if one.get("key") != key]


def _own_table(one: OwnDatum, policy: Policy) -> dict[str, Any]:
    key = own.name_of_key(policy.own_key)
    return {"id": one.id, "name": one.name, "key": key, "hashes": list(one.hashes), "lengths": list(one.lengths)}


def _refuse_unknown(key: str, table: Any, known: Iterable[str]) -> None:
    if not isinstance(table, Mapping):
        raise BadPolicy(key, "a table")
    if set(table) - set(known):
        # The key itself may be anything, also words that nobody wants repeated.
        raise BadPolicy(key, f"a key is not known here; known are {', '.join(known)}")


def _inner(key: str, table: Any, known: Iterable[str]) -> Mapping[str, Any]:
    _refuse_unknown(key, table, known)
    found: Mapping[str, Any] = table
    return found


def _threshold(key: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= NEVER:
        raise BadPolicy(key, f"a whole number from 1 to 100, or {NEVER} for never")
    return value


def _words(key: str, value: Any, shape: re.Pattern[str], wanted: str) -> frozenset[str]:
    if not isinstance(value, list) or len(value) > MOST:
        raise BadPolicy(key, f"a list, each {wanted}")
    for number, one in enumerate(value):
        if not isinstance(one, str) or not shape.match(one):
            raise BadPolicy(f"{key}.{number}", wanted)
    return frozenset(value)


def _hosts(key: str, value: Any) -> frozenset[str]:
    """Return host names, also of addresses that were copied whole."""
    plain = [host(one) if isinstance(one, str) else one for one in value] if isinstance(value, list) else value
    return _words(key, plain, _HOST, "a host name such as x.com")


def _levels(table: Any) -> Iterable[tuple[str, str, str]]:
    for category, channels in _inner("levels", table, (*CATEGORIES, ANY)).items():
        key = f"levels.{category}"
        for channel, change in _inner(key, channels, (*CHANNELS, ANY)).items():
            yield category, channel, _one_of(f"{key}.{channel}", change, CHANGES)


def _does(table: Any) -> Iterable[tuple[str, str]]:
    for level, action in _inner("does", table, LEVELS).items():
        if _one_of(f"does.{level}", action, ACTIONS) != USUALLY[Level.named(level)]:
            yield level, action


def _one_of(key: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadPolicy(key, f"one of {', '.join(allowed)}")
    return str(value)


def _profile(value: Any) -> str:
    if value != "" and (not isinstance(value, str) or not _PROFILE.match(value)):
        raise BadPolicy("profile", "the id of a profile, for example person")
    return str(value)


def _own(value: Any, key: str) -> Iterable[OwnDatum]:
    if not isinstance(value, list) or len(value) > own.MOST:
        raise BadPolicy("own", f"a list of {own.MOST} at most")
    for number, table in enumerate(value):
        at = f"own.{number}"
        _refuse_unknown(at, table, ("id", "name", "key", "hashes", "lengths"))
        one = OwnDatum(
            _like(f"{at}.id", table.get("id"), _ID.match, "an id"),
            _like(f"{at}.name", table.get("name"), _NAME.match, "a name of 1 to 100 characters"),
            tuple(sorted(_words(f"{at}.hashes", table.get("hashes"), _HASH, "a hash, as it was exported"))),
            tuple(_lengths(f"{at}.lengths", table.get("lengths"))),
        )
        if table.get("key") == key:
            yield one


def _like(key: str, value: Any, is_like: Callable[[str], Any], wanted: str) -> str:
    if not isinstance(value, str) or not is_like(value):
        raise BadPolicy(key, wanted)
    return value


def _lengths(key: str, value: Any) -> Iterable[int]:
    wanted = f"whole numbers from {own.SHORTEST} to {own.LONGEST}"
    if not isinstance(value, list) or not 0 < len(value) <= 4:
        raise BadPolicy(key, wanted)
    for one in value:
        if isinstance(one, bool) or not isinstance(one, int) or not own.SHORTEST <= one <= own.LONGEST:
            raise BadPolicy(key, wanted)
        yield one
