"""Office files locked with a password, told as such; Word and PowerPoint files from before 2007 are not read.

For DOC and PPT no well-kept library in Python exists: they stay a gap; saved anew as DOCX they are read.
"""

from __future__ import annotations

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.office.storage import is_ole, open_ole

KIND = "locked"
ORDER = 40
MEDIA_TYPES = ("application/msword", "application/vnd.ms-powerpoint")
LOCKS = ("EncryptedPackage", "EncryptionInfo")


def sniff(data: bytes) -> bool:
    """Return whether a file is an OLE container; Outlook's messages and old workbooks come before."""
    return is_ole(data)


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Raise :class:`Unreadable`: ``encrypted`` for a locked file, else ``unsupported``."""
    with open_ole(data) as file:
        locked = any(file.exists(name) for name in LOCKS)
    raise Unreadable("encrypted" if locked else "unsupported")
