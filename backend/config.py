"""Settings: the defaults, and the ``SECONDLOOK_*`` names that change them.

Every setting is a field of :class:`Config` and a row of :data:`SETTINGS`; a test
holds the two together, and the documentation is checked against the rows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1024 * 1024


class StartError(Exception):
    """The server cannot start; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: the field it sets, how it is read, what it is for."""

    name: str
    field: str
    read: Callable[[str], Any]
    help: str


def _flag(value: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if value.strip().lower() not in words:
        raise ValueError("write 1 or 0")
    return words[value.strip().lower()]


def _negated(value: str) -> bool:
    return not _flag(value)


def _port(value: str) -> int:
    if not value.strip().isdigit() or not 1 <= int(value) <= 65535:
        raise ValueError("write a number from 1 to 65535")
    return int(value)


def _megabytes(value: str) -> int:
    if not value.strip().isdigit() or int(value) < 1:
        raise ValueError("write a whole number of megabytes")
    return int(value) * MEGABYTE


def _seconds(value: str) -> float:
    if not value.strip().isdigit() or int(value) < 5:
        raise ValueError("write a whole number of seconds, 5 or more")
    return float(value)


def _engine(value: str) -> str:
    if value.strip().lower() not in ("paddle", "rapid"):
        raise ValueError("write paddle or rapid")
    return value.strip().lower()


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[\s,]+", value) if word)


def _origins(value: str) -> tuple[str, ...]:
    for word in _words(value):
        if not re.fullmatch(r"[a-z-]+://[^/*\s]+", word):
            raise ValueError("write origins such as https://look.example.org, without a path and without *")
    return _words(value)


def _broker(value: str) -> str:
    if not re.match(r"(redis|rediss|redis\+socket|unix)://", value.strip()):
        raise ValueError("write a Redis address such as redis://127.0.0.1:6379/0")
    return value.strip()


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#@]+(/[^\s?#]*)?", value.strip()):
        raise ValueError("write an address such as https://look.example.org")
    return value.strip().rstrip("/")


def _count(value: str) -> int:
    if not value.strip().isdigit() or int(value) > 256:
        raise ValueError("write a whole number")
    return int(value)


SETTINGS = (
    Setting("SECONDLOOK_PORT", "port", _port, "The port the server listens on (8765)."),
    Setting("SECONDLOOK_HOST", "host", str, "The address the server listens on (127.0.0.1)."),
    Setting("SECONDLOOK_DATA", "data", _folder, "The folder that keeps lists, tokens and the policy."),
    Setting("SECONDLOOK_DATABASE", "database", str, "A database URL instead of SQLite in the data folder."),
    Setting("SECONDLOOK_BROKER", "broker", _broker, "A Redis URL: workers read attachments, and servers share limits."),
    Setting(
        "SECONDLOOK_TEAM", "team", _flag, "1: people have roles (a database server or a broker switches it on too)."
    ),
    Setting(
        "SECONDLOOK_SECRET_FILE",
        "secret_file",
        _folder,
        "A file with the secret that a team's servers and workers share (made in the data folder).",
    ),
    Setting("SECONDLOOK_ADDRESS", "public", _address, "The address people open, for example https://look.example.org."),
    Setting("SECONDLOOK_PROXIES", "proxies", _count, "How many reverse proxies stand before the server (0)."),
    Setting("SECONDLOOK_WORKERS", "workers", _count, "Web processes of one server (1; more need a broker)."),
    Setting("SECONDLOOK_OIDC_ISSUER", "oidc_issuer", _address, "Who signs people in to the pages (OpenID Connect)."),
    Setting("SECONDLOOK_OIDC_CLIENT", "oidc_client", str, "The client id there."),
    Setting("SECONDLOOK_OIDC_SECRET_FILE", "oidc_secret_file", _folder, "A file with the client's secret."),
    Setting("SECONDLOOK_ORIGINS", "origins", _origins, "More origins that may call the API, with spaces between."),
    Setting("SECONDLOOK_HOSTS", "hosts", _words, "More host names the server answers to, with spaces between."),
    Setting("SECONDLOOK_NO_BROWSER", "open_browser", _negated, "1: open no page at start."),
    Setting("SECONDLOOK_WARM", "warm", _flag, "0: load the picture models at their first use, not after the start."),
    Setting(
        "SECONDLOOK_WATCH_SECONDS", "watch_seconds", _seconds, "Seconds between two looks at watched folders (300)."
    ),
    Setting("SECONDLOOK_OCR", "ocr", _engine, "What reads pictures: paddle (fast) or rapid; the first installed."),
    Setting("SECONDLOOK_SENTENCES", "sentences", _flag, "1: ask the optional sentence model in doubt, if installed."),
    Setting(
        "SECONDLOOK_SUBSCRIPTIONS", "subscriptions", _flag, "1: lists and packs may be fetched by HTTPS from elsewhere."
    ),
    Setting(
        "SECONDLOOK_SUBSCRIPTIONS_PRIVATE",
        "subscriptions_private",
        _flag,
        "1: also from this machine and from inner networks.",
    ),
    Setting("SECONDLOOK_MAX_FILE_MB", "max_file", _megabytes, "The largest attachment in megabytes (32)."),
)


def default_data_folder() -> Path:
    """Return the platform's folder for a user's data, for example ``~/.local/share/secondlook``."""
    import platformdirs

    return Path(platformdirs.user_data_dir("secondlook", appauthor=False))


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one server."""

    port: int = 8765
    host: str = "127.0.0.1"
    data: Path = field(default_factory=default_data_folder)
    database: str = ""
    broker: str = ""
    team: bool = False
    secret_file: Path | None = None
    public: str = ""
    proxies: int = 0
    workers: int = 1
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret_file: Path | None = None
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    open_browser: bool = True
    warm: bool = True
    sentences: bool = False
    ocr: str = ""
    max_file: int = 32 * MEGABYTE
    watch_seconds: float = 300.0
    subscriptions: bool = False
    subscriptions_private: bool = False
    threads: int = 8

    @property
    def database_url(self) -> str:
        """Return where lists, tokens and the policy are kept."""
        return self.database or f"sqlite:///{self.data / 'secondlook.sqlite3'}"

    @property
    def files(self) -> Path:
        """Return the folder of sealed lists, packs and documents; a copy where servers share them."""
        return self.data if self.database_url.startswith("sqlite") else self.data / "shared"

    @property
    def is_team(self) -> bool:
        """Return whether people have roles: said so, or by a database server or a broker that several servers share."""
        return self.team or bool(self.broker) or not self.database_url.startswith("sqlite")

    @property
    def secret_path(self) -> Path:
        """Return the file with the secret that servers and workers share."""
        return self.secret_file or self.data / "secret.key"

    @property
    def address(self) -> str:
        """Return the address that a person opens."""
        if self.public:
            return self.public
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def own_origins(self) -> tuple[str, ...]:
        """Return the origins of the server's own pages."""
        here = tuple(f"http://{host}:{self.port}" for host in ("127.0.0.1", "localhost", "[::1]"))
        public = re.match(r"https?://[^/]+", self.public)
        return (*here, public.group()) if public else here


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Read the settings; raises :class:`StartError` naming the variable that is wrong."""
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = source.get(setting.name, "")
        if text:
            values[setting.field] = _read(setting, text)
    return Config(**values)


def _read(setting: Setting, text: str) -> Any:
    try:
        return setting.read(text)
    except ValueError as error:
        raise StartError(f"{setting.name} cannot be used: {error}.") from None
