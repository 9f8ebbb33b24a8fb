"""XML and HTML, walked in pieces with bounded memory and without entities, files or network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from backend.readers import Unreadable

PIECE = 65_536


class Enough(Exception):
    """Raised by a walker that needs no more of its file."""


class Walker:
    """What happens on the way through a document; subclasses look at what they need.

    Names are local: ``t`` for ``{namespace}t``.
    """

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Enter an element."""
        self.enter(local(tag), {local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """Leave an element."""
        self.leave(local(tag))

    def data(self, text: str) -> None:
        """Take text."""

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Enter an element by its local name."""

    def leave(self, name: str) -> None:
        """Leave an element by its local name."""

    def comment(self, text: str) -> None:
        """Take a comment."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse: office files have none, and entities are only of use to those who attack."""
        raise Unreadable("damaged")

    def close(self) -> None:
        """End."""


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def walk(pieces: Iterable[bytes], walker: Walker) -> None:
    """Walk through XML; raises :class:`Unreadable` ``damaged`` where it is none."""
    parser = etree.XMLParser(
        target=walker, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    _feed(parser, pieces)


def walk_html(data: bytes | str, walker: Walker, encoding: str | None = None) -> None:
    """Walk through HTML as browsers would, whatever is wrong with it.

    With the usual limits the parser would stop without a word in the middle; the caller limits the size.
    """
    parser = etree.HTMLParser(target=walker, encoding=encoding, no_network=True, huge_tree=True)
    _feed(parser, (data[at : at + PIECE] for at in range(0, len(data), PIECE)))


def _feed(parser: Any, pieces: Iterable[bytes | str]) -> None:
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except Enough:
        return
    except etree.LxmlError:
        raise Unreadable("damaged") from None
