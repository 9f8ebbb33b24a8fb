"""What is built to cost too much: ``python -m fuzz.bombs`` measures each in a process of its own.

``packs`` are archives and what is built of them, ``pictures`` pictures and videos, ``papers`` PDF, mails, markup and
texts: functions of :data:`BOMBS` by name, each giving the bytes of a file.  ``words`` are texts, lists and settings:
functions of :data:`fuzz.bombs.words.WORDS`, which do the whole thing and say what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fuzz.bombs import packs, papers, pictures

BOMBS: Mapping[str, Callable[[], bytes]] = {**packs.BOMBS, **pictures.BOMBS, **papers.BOMBS}
