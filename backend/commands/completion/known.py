"""What can be typed after each command and action, by their parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """One command, or one action of a command."""

    path: tuple[str, ...]
    """For example ``("lists", "add")``."""
    inner: Mapping[str, str]
    """Commands or actions that may follow, each with what it does."""
    options: Mapping[str, str]
    """Options, each with what it is for."""
    values: Mapping[str, tuple[str, ...]]
    """What may stand after an option; nothing known: a file or a word."""
    words: tuple[str, ...]
    """What an argument may be, where that is known."""

    def told(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"inner": self.inner, "options": self.options, "values": self.values, "words": self.words}


def nodes(parser: argparse.ArgumentParser) -> list[Node]:
    """Return the node of the program and of everything below it."""
    return list(_nodes(parser, ()))


def _nodes(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[Node]:
    inner: dict[str, str] = {}
    options: dict[str, str] = {}
    values: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            below |= action.choices
            inner |= {choice.dest: choice.help or "" for choice in action._choices_actions}
            continue
        choices = tuple(map(str, action.choices or ()))
        for flag in action.option_strings:
            options[flag] = action.help or ""
            if action.nargs != 0:
                values[flag] = choices
        if not action.option_strings:
            words += choices
    yield Node(path, inner, options, values, tuple(words))
    for name, one in below.items():
        yield from _nodes(one, (*path, name))
