"""Which terms of a list are meant: by their words, their form, level, category, where and when they count."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, func, or_

from backend.model import Details
from backend.store.database import lower
from backend.store.tables import terms


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that must all be met; empty ones do not count."""

    search: str = ""
    """Stands in the text, the note or the category, in any case."""
    form: str = ""
    level: str = ""
    """``"list"`` finds terms without a level or score of their own."""
    category: str = ""
    language: str = ""
    channel: str = ""
    site: str = ""
    valid_on: str = ""
    """Counts on this day."""
    ended_before: str = ""
    """Its last day is over on this day."""
    texts: tuple[str, ...] = ()

    def where(self, defaults: Details) -> list[ColumnElement[bool]]:
        """Return the conditions on the table of terms, for a list with these defaults."""
        return [*self._words(), *self._limits(defaults), *self._dates(defaults)]

    def _words(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.search:
            needle = self.search.lower()
            fields = (terms.c.text, terms.c.note, terms.c.category)
            found.append(or_(*(lower(one).contains(needle, autoescape=True) for one in fields)))
        if self.texts:
            found.append(terms.c.text.in_(self.texts))
        if self.form:
            found.append(terms.c.form == self.form)
        if self.category:
            found.append(terms.c.category == self.category)
        if self.level == "list":
            found += [terms.c.level.is_(None), terms.c.score.is_(None)]
        elif self.level:
            found.append(terms.c.level == self.level)
        return found

    def _limits(self, defaults: Details) -> list[ColumnElement[bool]]:
        """Return conditions on languages, channels and sites; a term without any counts in all."""
        wanted = (
            (terms.c.languages, self.language, defaults.languages),
            (terms.c.channels, self.channel, defaults.channels),
            (terms.c.sites, self.site, defaults.sites),
        )
        return [_counts_in(column, word, default) for column, word, default in wanted if word]

    def _dates(self, defaults: Details) -> list[ColumnElement[bool]]:
        from backend.store.lists import valid_on

        found = valid_on(self.valid_on, defaults) if self.valid_on else []
        if self.ended_before:
            ended = terms.c.valid_until < self.ended_before
            over = bool(defaults.valid_until) and defaults.valid_until < self.ended_before
            found.append(or_(ended, terms.c.valid_until.is_(None)) if over else ended)
        return found


def _counts_in(column: Column[str], word: str, default: tuple[str, ...]) -> ColumnElement[bool]:
    named = (" " + func.coalesce(column, "") + " ").contains(f" {word} ", autoescape=True)
    return or_(named, column.is_(None)) if not default or word in default else named


ALL = Filter()
