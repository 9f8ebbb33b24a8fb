"""Registered documents: kept as keyed fingerprints alone, and found again where they are quoted.

``units`` makes texts comparable, ``grams`` picks and hashes their fingerprints, ``segment``
keeps millions of them sorted in a file, ``runs`` tells a quotation from chance, and
``library`` is all of it behind one question.  No web, no database, no words.

The method is winnowing: S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms
for document fingerprinting", SIGMOD 2003.
"""

from __future__ import annotations

from backend.documents.grams import Fingerprinter, Grams
from backend.documents.library import Document, Library, Quote

__all__ = ["Document", "Fingerprinter", "Grams", "Library", "Quote"]
