"""The parts of the settings, and which role sees each: what somebody may not use is not shown to them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from backend.people.roles import ADMINISTRATOR, EDITOR, MEMBER, includes


@dataclass(frozen=True, slots=True)
class Section:
    """One tab."""

    name: str
    endpoint: str
    role: str
    team: bool = False
    """Only where there are people."""


SECTIONS = (
    Section("lists", "web.settings", MEMBER),
    Section("bench", "web.settings_bench", MEMBER),
    Section("documents", "web.settings_documents", EDITOR),
    Section("happened", "web.settings_happened", ADMINISTRATOR),
    Section("policy", "web.settings_policy", ADMINISTRATOR),
    Section("audit", "web.settings_audit", ADMINISTRATOR, team=True),
    Section("people", "web.settings_people", ADMINISTRATOR, team=True),
    Section("account", "web.settings_account", MEMBER, team=True),
)


def shown(role: str, is_team: bool) -> list[tuple[str, str]]:
    """Return name and address of the tabs of a role."""
    return [(one.name, url_for(one.endpoint)) for one in SECTIONS if _is_for(one, role, is_team)]


def is_for(page: str, role: str, is_team: bool) -> bool:
    """Return whether a page of the settings, for example ``settings/policy``, is for a role."""
    name = page.partition("/")[2]
    return all(_is_for(one, role, is_team) for one in SECTIONS if one.name == name)


def _is_for(one: Section, role: str, is_team: bool) -> bool:
    return includes(role, one.role) and (is_team or not one.team)
