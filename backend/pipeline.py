"""From a draft to a verdict: normalise, look up, detect, score.  No web, no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend import detectors
from backend.case import Case, CaseText, Detector, Resources
from backend.detectors.lists import Lists
from backend.documents import Library
from backend.model import BY_COPY, TEXT, THREAD, Draft, Finding, Gap, Level, Part, Place, Policy, TermList, Verdict
from backend.policy.ruling import Ruling
from backend.rules.rule import Rule
from backend.sealed import Sealed, SealedList
from backend.text.index import Hit, LiteralIndex
from backend.text.normalise import Normalised, normalise, respaced
from backend.text.readings import LOOSE, Reading
from backend.wording import Catalogue

MOST_FINDINGS = 100
"""Findings told of one draft, loudest first; nobody reads more."""
OWN = "own lists"
TERMS = ("lists", OWN)
"""Detectors of terms: their hits are places in the text read over the ends of lines, and in the loose reading."""


@dataclass(frozen=True, slots=True)
class OwnLists:
    """The lists of one person of a team, looked up beside everybody's."""

    detector: Detector
    index: LiteralIndex
    terms: int

    @classmethod
    def of(cls, lists: Iterable[TermList]) -> OwnLists:
        """Build what a few lists need."""
        found = tuple(lists)
        detector = Lists(found, OWN)
        return cls(detector, LiteralIndex(detector.literals()), sum(len(one.terms) for one in found))


class Engine:
    """Everything that checks a draft needs, built once and shared by threads."""

    def __init__(self, parts: dict[str, Detector], policy: Policy, folders: tuple[Path, ...]) -> None:
        """Build an index over what each detector looks for; use :meth:`build` from outside."""
        self._detectors = parts
        self._folders = folders
        self._indexes = {name: LiteralIndex(literals) for name, one in parts.items() if (literals := one.literals())}
        self.rules: tuple[Rule, ...] = getattr(parts["rules"], "rules", ())
        self.catalogue = Catalogue(self.rules)
        self.ruling = Ruling(policy, self.rules)

    @property
    def policy(self) -> Policy:
        """Return the policy, with the rules of languages that it leaves out switched off."""
        return self.ruling.policy

    @classmethod
    def build(
        cls,
        lists: Iterable[TermList] = (),
        policy: Policy | None = None,
        pack_folders: Sequence[Path] = (),
        *,
        sentences: bool = False,
    ) -> Engine:
        """Return an engine over the built-in packs, those of ``pack_folders``, and ``lists``.

        With ``sentences`` the optional sentence model judges what the n-grams leave in doubt.
        Raises :class:`backend.rules.loader.PackError` for a pack that does not do what it says.
        """
        folders = tuple(pack_folders)
        parts = detectors.build_all(Resources(tuple(lists), folders, sentences=sentences))
        return cls(parts, policy or Policy(), folders)

    def warm(self) -> None:
        """Prepare what would else be prepared by the first draft that needs it; takes a second or two."""
        for detector in self._detectors.values():
            if hasattr(detector, "warm"):
                detector.warm()

    def with_lists(self, lists: Iterable[TermList]) -> Engine:
        """Return an engine with other lists; everything else is shared."""
        own = detectors.build("lists", Resources(tuple(lists), self._folders))
        other = object.__new__(Engine)
        other.__dict__.update(
            self.__dict__,
            _detectors={**self._detectors, "lists": own},
            _indexes={**self._indexes, "lists": LiteralIndex(own.literals())},
        )
        return other

    def with_own(self, own: OwnLists) -> Engine:
        """Return an engine that looks up one person's lists too; everything else is shared."""
        other = object.__new__(Engine)
        other.__dict__.update(
            self.__dict__,
            _detectors={**self._detectors, OWN: own.detector},
            _indexes={**self._indexes, OWN: own.index},
        )
        return other

    def with_documents(self, documents: Library | None) -> Engine:
        """Return an engine with other registered documents; everything else is shared."""
        parts = dict(self._detectors)
        parts["quotation"] = detectors.build("quotation", Resources(documents=documents))
        other = object.__new__(Engine)
        other.__dict__.update(self.__dict__, _detectors=parts)
        return other

    def with_sealed(self, lists: Iterable[SealedList]) -> Engine:
        """Return an engine with other sealed lists; everything else is shared."""
        own = detectors.build("sealed", Resources(sealed=tuple(map(Sealed, lists))))
        other = object.__new__(Engine)
        other.__dict__.update(self.__dict__, _detectors={**self._detectors, "sealed": own})
        return other

    def with_packs(self, folders: Iterable[Path]) -> Engine:
        """Return an engine with other packs besides those of the product; everything else is shared.

        Raises :class:`backend.rules.loader.PackError`.
        """
        own = detectors.build("rules", Resources(pack_folders=tuple(folders)))
        rules: tuple[Rule, ...] = getattr(own, "rules", ())
        other = object.__new__(Engine)
        other.__dict__.update(
            self.__dict__,
            _folders=tuple(folders),
            _detectors={**self._detectors, "rules": own},
            _indexes={**self._indexes, "rules": LiteralIndex(own.literals())},
            rules=rules,
            catalogue=Catalogue(rules),
            ruling=Ruling(self.ruling.given, rules),
        )
        return other

    def with_policy(self, policy: Policy) -> Engine:
        """Return an engine under another policy; everything else is shared."""
        other = object.__new__(Engine)
        other.__dict__.update(self.__dict__, ruling=Ruling(policy, self.rules))
        return other

    def check(self, draft: Draft) -> Verdict:
        """Return the verdict on ``draft``; offsets of its places count UTF-16 code units."""
        if self.ruling.leaves_alone(draft):
            return Verdict("", Level.CLEAR, 0, gaps=(Gap(TEXT, "site_off"),))
        gaps = [gap for attachment in draft.attachments for gap in attachment.reading.gaps]
        texts: list[CaseText] = []
        for part in parts_of(draft):
            made, overfull = self._texts(part)
            texts.extend(made)
            if overfull:
                gaps.append(Gap(part.id, "overfull", part.page))
        case = Case(draft, self.policy, tuple(texts))
        findings: list[Finding] = []
        observed: list[Finding] = []
        for detector in self._detectors.values():
            for seen in detector.detect(case):
                if isinstance(seen, Finding):
                    (observed if seen.observed else findings).append(seen)
                else:
                    gaps.append(seen)
        verdict = self._verdict(draft, findings, gaps)
        told = self.ruling.heard(observed, draft, ()) if observed else ()
        return replace(verdict, observed=tuple(told)) if told else verdict

    def _texts(self, part: Part) -> tuple[list[CaseText], bool]:
        """Return the ways to read a part, each with its literal hits; and whether there were too many hits."""
        view = normalise(part.text)
        closed = respaced(view)
        made = []
        overfull = False
        for one in (view, closed) if closed else (view,):
            hits, too_many = self._hits(one, part.origin)
            overfull |= too_many
            made.append(CaseText(part, one, hits))
        return made, overfull

    def _hits(self, view: Normalised, origin: str) -> tuple[dict[str, list[Hit]], bool]:
        hits: dict[str, list[Hit]] = {}
        overfull = False
        # OCR loses tones one by one, so a page is also searched without any.
        is_bare = origin == "ocr" and view.plain != view.folded
        joined = view.joined
        for name, index in self._indexes.items():
            found, too_many = _find(index, (joined or view) if name in TERMS else view, is_bare)
            if name in TERMS and view.loose is not None:
                more, more_than_many = _find(index, view.loose, is_bare)
                hits[LOOSE + name] = more
                too_many |= more_than_many
            elif name == "rules" and joined is not None:
                more, more_than_many = _find(index, joined, is_bare)
                found += [(literal, *joined.back(start, end)) for literal, start, end in more]
                found, too_many = list(dict.fromkeys(found)), too_many or more_than_many
            if found:
                hits[name] = found
            overfull |= too_many
        return hits, overfull

    def _verdict(self, draft: Draft, findings: list[Finding], gaps: list[Gap]) -> Verdict:
        scored = self.ruling.heard(_together(_curable(findings, draft), self.policy), draft, parts_of(draft))
        kept = _without_echoes([one for one in scored if one.level > Level.CLEAR])
        units = {(part.id, part.page): part.text for part in parts_of(draft) if not part.text.isascii()}
        told = tuple(replace(one, places=tuple(_in_utf16(place, units) for place in one.places)) for one in kept)
        level = max((one.level for one in told), default=Level.CLEAR)
        score = max((one.score for one in scored), default=0)
        return Verdict("", level, min(score, 100), told, tuple(dict.fromkeys(gaps)))


def parts_of(draft: Draft) -> list[Part]:
    """Return every run of text of a draft: its own, the thread before it, and what was read of attachments."""
    parts = [Part(TEXT, draft.text)] if draft.text else []
    if draft.thread:
        parts.append(Part(THREAD, "\n".join(message.text for message in draft.thread)))
    parts.extend(part for attachment in draft.attachments for part in attachment.reading.parts)
    return parts


def _curable(findings: list[Finding], draft: Draft) -> list[Finding]:
    """Return the findings without remedies that need a safe copy where none can be made."""
    whole = {attachment.id for attachment in draft.attachments if not attachment.reading.copyable}
    if not whole:
        return findings
    return [
        replace(one, remedies=tuple(remedy for remedy in one.remedies if remedy not in BY_COPY))
        if not BY_COPY.isdisjoint(one.remedies) and _only_in(one, whole)
        else one
        for one in findings
    ]


def _only_in(finding: Finding, whole: set[str]) -> bool:
    """Tell whether all places in files of a finding are in files of which no copy is made."""
    parts = {place.part for place in finding.places} - {TEXT, THREAD}
    return bool(parts) and parts <= whole


def _together(findings: list[Finding], policy: Policy) -> list[Finding]:
    """Return the findings, with a marking raised to ``stop`` where it stands on a photographed document.

    Neither the words alone nor the paper alone need be grave; a marked page is.
    """
    papers = {place.part for one in findings if one.category == "document" for place in one.places}
    return [
        replace(one, score=max(one.score, policy.stop_at))
        if one.category == "marking"
        and one.score >= policy.warn_at
        and any(place.part in papers and place.box is not None for place in one.places)
        else one
        for one in findings
    ]


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Return the findings, loudest first, without those that say of the same places what a louder one says."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda finding: (-finding.level, -finding.score))[:MOST_FINDINGS]:
        echo = any(
            other.category == one.category and all(_covered(place, other.places) for place in one.places)
            for other in kept
        )
        if not echo or not one.places:
            kept.append(one)
    return kept


def _covered(place: Place, others: Sequence[Place]) -> bool:
    """Tell whether ``place`` lies inside one of ``others``."""
    for other in others:
        if (place.part, place.page, place.box) != (other.part, other.page, other.box):
            continue
        if place.start is None or place.end is None:
            return True
        if other.start is not None and other.end is not None and other.start <= place.start <= place.end <= other.end:
            return True
    return False


def _in_utf16(place: Place, texts: dict[tuple[str, int | None], str]) -> Place:
    """Return ``place`` with its offsets in UTF-16 code units, as JavaScript counts them."""
    text = texts.get((place.part, place.page))
    if text is None or place.start is None or place.end is None:
        return place
    start = _units(text, 0, place.start)
    return replace(place, start=start, end=start + _units(text, place.start, place.end))


def _units(text: str, start: int, end: int) -> int:
    return len(text[start:end].encode("utf-16-le", "surrogatepass")) // 2


def _find(index: LiteralIndex, reading: Normalised | Reading, is_bare: bool) -> tuple[list[Hit], bool]:
    """Return the hits in a reading of a text and, if ``is_bare``, in the same without diacritics, each once."""
    found, too_many = index.find(reading.folded)
    if is_bare:
        more, more_than_many = index.find(reading.plain)
        found, too_many = list(dict.fromkeys(found + more)), too_many or more_than_many
    return found, too_many
