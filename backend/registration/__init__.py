"""How documents come to be registered: read, fingerprinted, kept, watched.

``register`` reads one file and keeps its fingerprints; ``shelves`` holds the library in step
with the store; ``watching`` compares a folder with what was last seen of it; ``registrar`` does
all of it in the background of a server.
"""

from __future__ import annotations

from backend.registration.register import Failed, Register
from backend.registration.shelves import Shelves

__all__ = ["Failed", "Register", "Shelves"]
