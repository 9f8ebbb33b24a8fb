"""The nouns of the product, and nothing but them: standard library only.

A draft has parts; readers make parts (and signals and gaps) out of attachments;
detectors look at parts and yield findings; the pipeline folds findings and gaps
into a verdict.  Everything here is immutable, so it can be shared by threads and
sent between processes.

Text offsets inside the engine count Python characters.  They become UTF-16 code
units once, at the very end, in :mod:`backend.pipeline`.
Boxes are ``(x, y, width, height)`` in pixels of the picture as it is displayed,
that is, after its EXIF orientation has been applied and before any scaling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

Box = tuple[int, int, int, int]

CHANNELS = ("post", "comment", "message", "mail", "ai", "upload")
CATEGORIES = (
    "marking",
    "list",
    "identifier",
    "credential",
    "situation",
    "document",
    "quotation",
    "metadata",
    "intimate",
)
REMEDIES = ("cut_text", "cover_boxes", "strip_metadata")
BY_COPY = frozenset(("cover_boxes", "strip_metadata"))
"""Remedies that need a safe copy of the file."""
LANGUAGES = ("en", "vi", "zh")
FORMS = ("word", "exact", "anywhere", "near", "regex")
"""How a list's term is met; see :class:`Term`."""
ANY = "any"
CHANGES = ("raise", "lower", "note", "warn", "stop", "off", "usual")
"""What a policy may make of the level of a category: one louder or quieter, always this, nothing, or as it is."""
ACTIONS = ("mark", "ask", "hold", "refuse")
"""What a level may do: a dot; ask once; hold the send, to be shared only by a second step; or without that step."""

TEXT = "text"
THREAD = "thread"
NOTHING: Mapping[str, str] = MappingProxyType({})


class Level(IntEnum):
    """How loudly a verdict speaks; ordered, so that ``max`` picks the loudest."""

    CLEAR = 0
    NOTE = 1
    WARN = 2
    STOP = 3

    @property
    def word(self) -> str:
        """Return the name used in the API and the extension, e.g. ``"warn"``."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> Level:
        """Return the level of a name; raises :class:`ValueError` for an unknown one."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"unknown level: {word!r}") from None


USUALLY: Mapping[Level, str] = MappingProxyType({Level.NOTE: "mark", Level.WARN: "ask", Level.STOP: "hold"})
"""What each level does where the policy does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the chat that came before the draft."""

    sender: str
    """``"them"`` or ``"me"``."""
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that OCR read: where it stands in its part's text and on the page."""

    start: int
    end: int
    box: Box
    confidence: float = 1.0
    """What the recogniser thinks of its own reading, 0 to 1."""
    red: float = 0.0
    """Share of the line's ink that is red, 0 to 1."""
    boxed: bool = False
    """A printed or stamped frame runs around the line."""
    angle: float = 0.0
    """Degrees, counter-clockwise, against the page's own upright."""
    height: float = 0.0
    """Height of the line itself in pixels, whichever way the page lies; 0 where not known."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text with where it stands."""

    id: str
    """``"text"``, ``"thread"``, or the id of the attachment it was read from."""
    text: str
    origin: str = "typed"
    """``"typed"``, ``"file"`` (a file's own text) or ``"ocr"`` (read from pixels)."""
    page: int | None = None
    """Counted from 1; ``None`` where there are no pages."""
    size: tuple[int, int] | None = None
    """Width and height of the page in pixels, for OCR text."""
    lines: tuple[Line, ...] = ()
    turned: int = 0
    """Quarter turns, counter-clockwise, that bring the page upright as its text reads."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something a reader saw that is not text: a document in a photo, a GPS position."""

    kind: str
    """For example ``"document"``, ``"position"``, ``"red_header"``, ``"seal"``."""
    strength: float
    """How sure the reader is, 0 to 1."""
    part: str
    page: int | None = None
    box: Box | None = None
    details: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Facts for the wording of the reason; never words of the draft."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that could not be checked, and why."""

    part: str
    reason: str
    """A key of ``backend/gaps.toml``, for example ``"encrypted"``."""
    page: int | None = None
    pages: str = ""
    """Numbers of the pages that the reason is about, for people to read: ``"12-40, 52"``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader got out of one attachment."""

    parts: tuple[Part, ...] = ()
    signals: tuple[Signal, ...] = ()
    gaps: tuple[Gap, ...] = ()
    copyable: bool = True
    """A safe copy can be made of the file itself; not so of a picture inside an archive, a mail or a text document."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the draft, by what was read of it; its bytes are not kept here."""

    id: str
    name: str = ""
    media_type: str = ""
    reading: Reading = field(default_factory=Reading)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be shared."""

    text: str = ""
    site: str = ""
    channel: str = "post"
    audience: str = "public"
    language: str = ""
    thread: tuple[Message, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: a span of text, a box on a page, or a whole part."""

    part: str
    start: int | None = None
    end: int | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen.

    ``score`` is 0 to 100 before the policy and the channel have had their say;
    ``level`` is set by the pipeline.  ``values`` fill the placeholders of the
    wording (``{count}``, ``{words}``); they reach the person who wrote the draft
    and no log.
    """

    rule: str
    category: str
    score: int
    places: tuple[Place, ...]
    remedies: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    level: Level = Level.CLEAR
    observed: bool = False
    """It is counted only and never shown: its list is in observe mode."""


@dataclass(frozen=True, slots=True)
class Details:
    """When a term counts, and what is told with it; what is empty does not restrict.

    A list has details too: defaults for those of its terms that do not say it themselves.
    """

    languages: tuple[str, ...] = ()
    """Such as ``"vi"``: it counts only in a text that may be in one of these."""
    channels: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    """Host names; their subdomains count too."""
    valid_from: str = ""
    """The first day on which it counts, for example ``"2026-11-24"``."""
    valid_until: str = ""
    """The last day.  The engine has no clock: whoever hands it lists leaves out what is not valid."""
    score: int | None = None
    """0 to 100, in place of a level."""
    category: str = ""
    """A short word of the person's own, for example ``"customer"``."""
    note: str = ""
    """What the person wants to be told with it."""
    exceptions: tuple[str, ...] = ()
    """Words in or near which it does not count; see :mod:`backend.text.conditions`."""


PLAIN = Details()


class Term(NamedTuple):
    """One entry of a list; a tuple, since a list may have a hundred thousand."""

    text: str
    form: str = "word"
    """``"word"`` (whole word, any case, with or without diacritics), ``"exact"``
    (the very characters), ``"anywhere"`` (also inside words), ``"near"`` (a word that may
    be misspelt by a letter, by two from twelve letters on) or ``"regex"``."""
    level: Level | None = None
    """``None``: the list's own level."""
    details: Details = PLAIN


@dataclass(frozen=True, slots=True)
class TermList:
    """A user's own terms under one name."""

    id: str
    name: str
    level: Level = Level.STOP
    enabled: bool = True
    terms: tuple[Term, ...] = ()
    observe: bool = False
    """It counts what it would have asked, and never interrupts."""
    position: int = 0
    """Of two lists with the same words, the one of the lower position speaks."""
    defaults: Details = PLAIN


@dataclass(frozen=True, slots=True)
class OwnDatum:
    """Something of one's own that is fine to share, kept as keyed hashes of the ways to write it."""

    id: str
    name: str
    """What the person calls it, for example ``"my phone"``; never the datum itself."""
    hashes: tuple[str, ...]
    lengths: tuple[int, ...]
    """Letters and digits of each way to write it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds and switches; the defaults are a person's own machine."""

    note_at: int = 30
    warn_at: int = 60
    stop_at: int = 85
    disabled_rules: frozenset[str] = frozenset()
    quiet_rules: frozenset[str] = frozenset()
    """Rules that never speak louder than ``note``."""
    levels: frozenset[tuple[str, str, str]] = frozenset()
    """``(category, channel, change)``: how loudly; the first two may be :data:`ANY`, the last is one of
    :data:`CHANGES`."""
    does: frozenset[tuple[str, str]] = frozenset()
    """``(level, action)`` where a level does something else than :data:`USUALLY`."""
    sites_off: frozenset[str] = frozenset()
    """Host names on which nothing is checked; their subdomains count too."""
    sites_quiet: frozenset[str] = frozenset()
    """Host names on which nothing is louder than ``note``."""
    languages: frozenset[str] = frozenset()
    """Languages whose packs count, such as ``"vi"``; empty: all."""
    own: tuple[OwnDatum, ...] = ()
    own_key: bytes = field(default=b"", repr=False)
    """The secret key of the hashes in ``own``; it stays on the machine."""
    profile: str = ""
    """The profile it was begun from."""

    def level(self, score: int) -> Level:
        """Return the level that a score from 0 to 100 reaches under this policy."""
        if score >= self.stop_at:
            return Level.STOP
        if score >= self.warn_at:
            return Level.WARN
        return Level.NOTE if score >= self.note_at else Level.CLEAR

    def action(self, level: Level) -> str:
        """Return what a level does, one of :data:`ACTIONS`; empty for ``clear``."""
        return dict(self.does).get(level.word) or USUALLY.get(level, "")

    def voice(self, rule: str) -> Literal["usual", "quiet", "off"]:
        """Return how a rule speaks; see :meth:`with_voice`."""
        if rule in self.disabled_rules:
            return "off"
        return "quiet" if rule in self.quiet_rules else "usual"

    def with_voice(self, rule: str, speaks: str) -> Policy:
        """Return the policy in which a rule speaks as ``"usual"``, never louder than a note (``"quiet"``), or not.

        >>> Policy().with_voice("intimate.picture", "off").disabled_rules
        frozenset({'intimate.picture'})
        """
        own = frozenset((rule,))
        return replace(
            self,
            disabled_rules=self.disabled_rules | own if speaks == "off" else self.disabled_rules - own,
            quiet_rules=self.quiet_rules | own if speaks == "quiet" else self.quiet_rules - own,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a draft."""

    id: str
    level: Level
    score: int
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    observed: tuple[Finding, ...] = ()
    """What lists in observe mode would have said; it changes neither level nor score."""
