"""A backup: one file with all that an installation keeps, written in one state and put back as a whole."""

from __future__ import annotations

from backend.archive.file import BadBackup, Manifest
from backend.archive.taking import back_up, restore

__all__ = ["BadBackup", "Manifest", "back_up", "restore"]
