"""Read packs: TOML files of rules, found by folder, checked before they are trusted."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from backend.model import CATEGORIES, CHANNELS, LANGUAGES, REMEDIES, Level
from backend.rules.rule import WINDOW, Evidence, Expression, Pack, Pattern, Rule, Sample
from backend.text import validators

BUILT_IN = Path(__file__).parent.parent / "packs"
VIEWS = ("clean", "folded", "plain")
PLACES = ("top", "bottom", "large", "red", "boxed", "tilted")
ORIGINS = ("typed", "file", "ocr")
PARTS = ("draft", "thread", "any")


class PackError(ValueError):
    """A pack that cannot be used; the message names the pack, the rule and what is wrong."""


def load_packs(folders: Iterable[Path] = (BUILT_IN,)) -> tuple[Pack, ...]:
    """Return the packs of ``folders`` in order of their file names; raises :class:`PackError`."""
    packs = [read_pack(path) for folder in folders for path in sorted(folder.glob("*.toml"))]
    seen: dict[str, str] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.id in seen:
                raise PackError(f"rule {rule.id}: stands in {seen[rule.id]} and in {pack.id}")
            seen[rule.id] = pack.id
    return tuple(packs)


def read_pack(path: Path) -> Pack:
    """Return the pack of one file; raises :class:`PackError`."""
    raw = path.read_bytes()
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"pack {path.name}: {error}") from None
    except RecursionError:
        raise PackError(f"pack {path.name}: nested too deeply") from None
    try:
        return _pack(path, table, hashlib.sha256(raw).hexdigest())
    except PackError:
        raise
    except (TypeError, AttributeError, ValueError, LookupError, ArithmeticError):
        raise PackError(f"pack {path.name}: what should be a table, a list or a number is none") from None


def _pack(path: Path, table: Mapping[str, Any], digest: str) -> Pack:
    head = _Fields(table.get("pack", {}), f"pack {path.name}")
    name = head.text("id")
    if name != path.stem:
        raise PackError(f"pack {path.name}: its id is {name!r}, but a pack is named after its file")
    languages = head.texts("languages")
    rules = tuple(
        read_rule(with_defaults(rule, table.get("defaults", {})), languages) for rule in table.get("rule", [])
    )
    return Pack(name, head.text("description"), languages, head.texts("sources"), rules, digest)


def with_defaults(rule: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return a rule's table with what the pack says of all its rules; ``{name}`` in wording is the rule's ``name``.

    A name is one text, or a table with one for each language.
    """
    merged = {**defaults, **rule}
    name = merged.pop("name", None)
    if name is None:
        return merged
    for key in ("title", "reason", "advice"):
        merged[key] = {
            language: _named(words, name if isinstance(name, str) else name.get(language, ""))
            for language, words in merged.get(key, {}).items()
        }
    return merged


def _named(words: str, name: str) -> str:
    """Return ``words`` with the name in it, or nothing where the name is missing, which the rule then fails on."""
    return words.replace("{name}", name) if name or "{name}" not in words else ""


def read_rule(table: Mapping[str, Any], languages: tuple[str, ...] = ()) -> Rule:
    """Return one rule of a pack's table; raises :class:`PackError` naming the rule."""
    fields = _Fields(table, f"rule {table.get('id', '(without an id)')}")
    rule = Rule(
        id=fields.text("id"),
        category=fields.one_of("category", CATEGORIES),
        score=fields.number("score", 0, 100),
        anchors=fields.texts("anchors"),
        patterns=tuple(_pattern(fields.inner(one)) for one in table.get("patterns", [])),
        title=fields.words("title"),
        reason=fields.words("reason"),
        advice=fields.words("advice"),
        near=tuple(_evidence(fields.inner(one)) for one in table.get("near", [])),
        unless=tuple(_evidence(fields.inner(one)) for one in table.get("unless", [])),
        validator=_validator(fields),
        fuzzy=fields.texts("fuzzy"),
        origins=frozenset(fields.some_of("origins", ORIGINS) or ORIGINS),
        part=fields.one_of("part", PARTS, "draft"),
        reach=fields.number("reach", 0, 1_000_000, WINDOW),
        most=fields.number("most", 0, 100, 100),
        many=tuple(sorted((one["at"], one["score"]) for one in table.get("many", []))),
        channels=fields.scores("channels", CHANNELS),
        where=fields.scores("where", PLACES),
        remedies=fields.some_of("remedies", REMEDIES),
        hits=tuple(_sample(fields.inner(one), Level.NOTE) for one in _samples(table, "hits")),
        misses=tuple(_sample(fields.inner(one), Level.NOTE) for one in _samples(table, "misses")),
        languages=languages,
    )
    _check(rule, fields)
    fields.refuse_unknown(_KNOWN)
    return rule


_KNOWN = frozenset(Rule.__dataclass_fields__) - {"languages"}


def _check(rule: Rule, fields: _Fields) -> None:
    if not all(rule.folded_anchors) or not rule.anchors:
        fields.fail("a rule needs at least one anchor, and none may be empty")
    if not rule.patterns:
        fields.fail("a rule needs at least one pattern")
    if not rule.hits or not rule.misses:
        fields.fail("a rule carries at least one hit and one miss")


class _Fields:
    """The keys of one table, with errors that say where they stand."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self.table = table
        self.where = where

    def fail(self, what: str) -> None:
        raise PackError(f"{self.where}: {what}")

    def inner(self, table: Mapping[str, Any]) -> _Fields:
        return _Fields(table, self.where)

    def value(self, key: str, kind: type, default: Any) -> Any:
        found = self.table.get(key, default)
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
            self.fail(f"{key} must be {kind.__name__}, not {found!r}")
        return found

    def text(self, key: str, default: str = "") -> str:
        found = self.value(key, str, default)
        if not found:
            self.fail(f"{key} is missing")
        return str(found)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.value(key, list, [])
        if not all(isinstance(one, str) for one in found):
            self.fail(f"{key} must hold texts only")
        return tuple(found)

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        found = self.value(key, int, default)
        if not low <= found <= high:
            self.fail(f"{key} must lie between {low} and {high}, not {found}")
        return int(found)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        found = self.text(key, default)
        if found not in allowed:
            self.fail(f"{key} must be one of {', '.join(allowed)}, not {found!r}")
        return found

    def some_of(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        found = self.texts(key)
        for one in found:
            if one not in allowed:
                self.fail(f"{key} must be of {', '.join(allowed)}, not {one!r}")
        return found

    def words(self, key: str) -> dict[str, str]:
        found = self.value(key, dict, {})
        missing = [language for language in LANGUAGES if not found.get(language)]
        if missing:
            self.fail(f"{key} is missing in {', '.join(missing)}")
        return dict(found)

    def scores(self, key: str, allowed: tuple[str, ...]) -> dict[str, int]:
        found = self.value(key, dict, {})
        for name, score in found.items():
            if name not in allowed or not isinstance(score, int):
                self.fail(f"{key}: {name} = {score!r} is not understood")
        return dict(found)

    def refuse_unknown(self, known: Iterable[str]) -> None:
        unknown = sorted(set(self.table) - set(known))
        if unknown:
            self.fail(f"unknown key {', '.join(unknown)}")


def _expression(fields: _Fields, default_view: str) -> Expression:
    words = fields.texts("words")
    if words:
        return Expression.of_words(list(words))
    return Expression(fields.text("match"), fields.one_of("view", VIEWS, default_view))


def _pattern(fields: _Fields) -> Pattern:
    fields.refuse_unknown(("match", "confidence", "view"))
    confidence = float(fields.table.get("confidence", 1.0))
    if not 0 < confidence <= 1:
        fields.fail(f"confidence must lie between 0 and 1, not {confidence}")
    return Pattern(_expression(fields, "clean"), confidence)


def _evidence(fields: _Fields) -> Evidence:
    fields.refuse_unknown(("match", "words", "view", "within", "add", "required", "answer"))
    within = fields.number("within", 0, 100_000, 0) or None
    return Evidence(
        _expression(fields, "folded"),
        within,
        fields.number("add", -100, 100, 0),
        bool(fields.table.get("required", False)),
        bool(fields.table.get("answer", False)),
    )


def _validator(fields: _Fields) -> Callable[[str], bool] | None:
    name = fields.table.get("validator")
    if name is None:
        return None
    found = validators.named(str(name))
    if found is None:
        fields.fail(f"unknown validator {name!r}")
    return found


def _samples(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [{"text": one} if isinstance(one, str) else one for one in table.get(key, [])]


def _sample(fields: _Fields, default: Level) -> Sample:
    fields.refuse_unknown(("text", "level", "below", "origin", "answer"))
    word = fields.table.get("level") or fields.table.get("below")
    level = Level.named(str(word)) if word else default
    answer = str(fields.table.get("answer", ""))
    return Sample(fields.text("text"), level, fields.one_of("origin", ORIGINS, "typed"), answer)
