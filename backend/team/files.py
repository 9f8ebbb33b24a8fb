"""Sealed lists, packs and the key of registered documents of an installation: its own, or shared by a team's servers.

The key is made of the secret that the servers share, so that none of them has to be asked for it.
Where one was there before (a person's server became a team's), it lies in the database, encrypted
under that secret.
"""

from __future__ import annotations

from backend.config import Config, StartError
from backend.files import Files, Folder
from backend.store import Store
from backend.store.shared import KEY, Shared

PURPOSE = "documents"


def of(config: Config, store: Store) -> Files:
    """Return the files, the copy of a team's server up to date; raises :class:`StartError`."""
    if store.is_embedded:
        return Folder(config.files)
    from backend.team import secret

    shared = Shared(store, config.files, lambda kept: opened(config, kept))
    try:
        shared.adopt(config.data, lambda key: secret.read(config).seal(PURPOSE, key, KEY[1]))
        shared.look()
    except OSError as error:
        raise StartError(f"The data folder cannot be written: {config.data} ({type(error).__name__}).") from None
    return shared


def opened(config: Config, kept: bytes | None) -> bytes:
    """Return the key of registered documents; raises :class:`StartError` where the secret is another one."""
    from backend.team import secret

    word = secret.read(config)
    if kept is None:
        return word.key(PURPOSE)
    try:
        return word.open(PURPOSE, kept, KEY[1])
    except secret.Unsealable:
        raise StartError(
            f"The secret {config.secret_path} is not the one that this database was used with: "
            "the key of its registered documents does not open."
        ) from None
