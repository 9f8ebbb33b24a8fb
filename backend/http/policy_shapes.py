"""The shapes of the policy; what their values may be is checked by :mod:`backend.policy.table` alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from backend.http import shapes
from backend.http.words import RuleId
from backend.policy.differences import Difference

Threshold = Annotated[int, msgspec.Meta(ge=1, le=101)]
Rules = Annotated[list[RuleId], msgspec.Meta(max_length=10_000)]
Channel = Literal["post", "comment", "message", "mail", "ai", "upload", "any"]
Category = Literal[shapes.CategoryName, "any"]
Change = Literal["raise", "lower", "note", "warn", "stop", "off", "usual"]
Action = Literal["mark", "ask", "hold", "refuse"]
Sites = Annotated[list[Annotated[str, msgspec.Meta(max_length=300)]], msgspec.Meta(max_length=10_000)]
OwnName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Version = shapes.Count


class SitesShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Host names, with their subdomains: nothing is checked there, or nothing is louder than `note`."""

    off: Sites = []
    quiet: Sites = []


class OwnShape(msgspec.Struct):
    """Something of one's own that is fine to share; what it is cannot be read back."""

    id: Annotated[str, msgspec.Meta(max_length=16)]
    name: OwnName


class PolicyShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Thresholds from 1 to 100 in rising order, 101 for never; and what else is not as usual.

    In answers what is as usual is left out, but for the first four. In a `PUT` these four are as usual where they are
    left out; each of the others stays as it is, and is emptied by an empty value.
    """

    note_at: Threshold = 30
    warn_at: Threshold = 60
    stop_at: Threshold = 85
    disabled_rules: Rules = []
    quiet_rules: Rules | msgspec.UnsetType = msgspec.UNSET
    """Rules that are never louder than `note`."""
    levels: dict[Category, dict[Channel, Change]] | msgspec.UnsetType = msgspec.UNSET
    """By category and channel: one level louder or quieter, always this level, nothing, or as usual."""
    does: dict[Literal["note", "warn", "stop"], Action] | msgspec.UnsetType = msgspec.UNSET
    """What a level does: a dot, one question, a held send, a held send without a way to share it."""
    sites: SitesShape | msgspec.UnsetType = msgspec.UNSET
    languages: list[Annotated[str, msgspec.Meta(max_length=3)]] | msgspec.UnsetType = msgspec.UNSET
    """Languages whose packs count; none: all."""
    profile: Annotated[str, msgspec.Meta(max_length=40)] | msgspec.UnsetType = msgspec.UNSET
    own: list[OwnShape] | msgspec.UnsetType = msgspec.UNSET
    """In a `PUT`: those that stay, by their ids; new ones come by `POST /v1/policy/own`."""


class Proposal(msgspec.Struct, forbid_unknown_fields=True):
    """Another policy: a TOML file, a profile, the answers to the questions, or a policy itself; one of them."""

    toml: Annotated[str, msgspec.Meta(max_length=1_000_000)] | msgspec.UnsetType = msgspec.UNSET
    profile: Annotated[str, msgspec.Meta(max_length=40)] | msgspec.UnsetType = msgspec.UNSET
    answers: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET
    """By question the ids of the answers that were chosen."""
    policy: PolicyShape | msgspec.UnsetType = msgspec.UNSET


class DifferenceShape(msgspec.Struct):
    """One key that has another value; `null`: it is not said, which is as usual."""

    key: str
    before: Any
    after: Any


class Preview(msgspec.Struct):
    """What would change; nothing has."""

    differences: list[DifferenceShape]
    policy: PolicyShape
    """How it would be."""
    not_usable: list[str]
    """Names of own data that were hashed with the key of another installation; they must be added here anew."""


class ProfileShape(msgspec.Struct):
    """A policy to begin from, in the language of `Accept-Language`."""

    id: str
    name: str
    explanation: str
    policy: PolicyShape


class Profiles(msgspec.Struct):
    """All profiles."""

    profiles: list[ProfileShape]


class AnswerShape(msgspec.Struct):
    """One answer that may be chosen."""

    id: str
    text: str
    gives: dict[str, Any]
    """What it sets of the policy; later questions over earlier ones."""


class QuestionShape(msgspec.Struct):
    """One question, in the language of `Accept-Language`."""

    id: str
    text: str
    many: bool
    """Whether several answers may be chosen."""
    usual: list[str]
    """The answers that are chosen where nobody does."""
    answers: list[AnswerShape]


class Questions(msgspec.Struct):
    """The questions of the first run, in their order."""

    questions: list[QuestionShape]


class NewOwn(msgspec.Struct, forbid_unknown_fields=True):
    """Something of one's own; only keyed hashes of `text` are kept."""

    name: OwnName
    """What you call it; this is kept as it is."""
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]


class RuleVoice(msgspec.Struct, forbid_unknown_fields=True):
    """How a rule speaks: as usual, never louder than a dot, or not at all."""

    speaks: Literal["usual", "quiet", "off"]


def difference(one: Difference) -> DifferenceShape:
    """Return a difference in its shape."""
    return DifferenceShape(one.key, one.before, one.after)
