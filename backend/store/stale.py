"""Why the store refuses a change."""


class Stale(Exception):
    """Somebody else has changed it since the caller looked."""


class NameTaken(Exception):
    """Another list has that name."""


class NothingToUndo(Exception):
    """No version is left that could be undone."""


class TooMuchOwn(Exception):
    """A person of a team has as many lists or terms of their own as one may have."""
