"""The tables.  No column holds words of a draft; a test searches for them.

``terms`` are the user's own words, kept because they are shown and edited.
Tokens, links and pairing secrets are kept as SHA-256 of a random value of 256 bits.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# What has changed: other processes look here to see that their copy is old.
versions = Table(
    "versions",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)

# Somebody of a team.  A person who works alone on their own machine has no row.
people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", String(10), nullable=False),
    Column("disabled", Boolean, nullable=False),
    # What they type to sign in to the settings pages, where they have a password.
    Column("sign_in", String(200), unique=True),
    Column("password", String(200)),
    # Encrypted under the server's secret, and the last step of time that was used up.
    Column("totp", LargeBinary),
    Column("totp_used", BigInteger),
    # Issuer and subject, with a space between, of who signs them in elsewhere.
    Column("subject", String(400), unique=True),
)

# A link or a code that lets one person join, once.
invitations = Table(
    "invitations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    # Somebody who is there already and adds a device; empty for somebody new.
    Column("person_id", String(32), ForeignKey("people.id", ondelete="CASCADE")),
    Column("created_by", String(100), nullable=False),
    Column("created", String(20), nullable=False),
    Column("expires", Float, nullable=False),
)

# Sessions of the settings pages, where several servers share them.
sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("id", String(32), nullable=False),
    Column("person_id", String(32), ForeignKey("people.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("expires", Float, nullable=False),
)

# What administrators and list editors did; each row holds the hash of the one before.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(20), nullable=False),
    Column("who", String(100), nullable=False),
    Column("person_id", String(32), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    # JSON without any term, word of a draft or secret.
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# What lies as files in the data folder of one machine, where several servers share it.
shared_files = Table(
    "shared_files",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("changed", String(20), nullable=False),
    # SHA-256, by which a server sees what of its copy is old.
    Column("digest", String(64), nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("origin", String(200), nullable=False),
    Column("created", String(10), nullable=False),
    # The day alone: enough to find a forgotten device, too little to follow a person.
    Column("last_used", String(10)),
    Column("revoked", Boolean, nullable=False),
    Column("person_id", String(32), ForeignKey("people.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False, server_default="administrator"),
    # Seconds since 1970; empty for one that is in force until it is revoked.
    Column("expires", Float),
)


def _limits() -> tuple[Column[Any], ...]:
    """Return what a term and the defaults of a list have alike; words with spaces between."""
    return (
        Column("languages", String(200)),
        Column("channels", String(100)),
        Column("sites", Text),
        Column("valid_from", String(10)),
        Column("valid_until", String(10)),
    )


def _term() -> tuple[Column[Any], ...]:
    """Return what a term has, today and in the history."""
    return (
        Column("text", String(200), nullable=False),
        Column("form", String(16), nullable=False),
        Column("level", String(8)),
        *_limits(),
        Column("score", Integer),
        Column("category", String(60)),
        Column("note", String(500)),
        # One a line.
        Column("exceptions", Text),
        # The version of its list that brought it, so that bringing it can be undone.
        Column("since", Integer),
    )


lists = Table(
    "lists",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(100), nullable=False),
    # The person whose own list it is; empty for one that is everybody's.
    Column("owner", String(32), nullable=False, server_default=""),
    Column("level", String(8), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    *_limits(),
    Column("observe", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("owner", "name"),
)

terms = Table(
    "terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(32), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    *_term(),
    UniqueConstraint("list_id", "text"),
)
# In the order of the terms, so that a long list is read from end to end without sorting.
Index("ix_terms_list_id", terms.c.list_id)

# Who changed a list when.  ``before`` holds the list's own settings, as JSON, where they changed.
list_changes = Table(
    "list_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(32), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", String(20), nullable=False),
    Column("who", String(100), nullable=False),
    Column("action", String(16), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("before", Text),
    Column("can_undo", Boolean, nullable=False),
    UniqueConstraint("list_id", "version"),
)

# Terms as they were before a version changed or removed them.
past_terms = Table(
    "past_terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(32), ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("term_id", Integer, nullable=False),
    *_term(),
)
Index("ix_past_terms_list_id", past_terms.c.list_id, past_terms.c.version)

# How often lists in observe mode would have spoken; ``week`` is its Monday.
observations = Table(
    "observations",
    metadata,
    Column("list_id", String(32), ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
    Column("week", String(10), primary_key=True),
    Column("level", String(8), primary_key=True),
    # As in ``decisions``.
    Column("who", String(32), primary_key=True, server_default=""),
    Column("count", Integer, nullable=False),
)

policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", String(10), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("site", String(253), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("level", String(8), nullable=False),
    # A keyed hash of the person and the week, to count how many people a total is over; empty where there is one.
    Column("who", String(32), nullable=False, server_default=""),
)
Index("ix_decisions_day", decisions.c.day)

decision_rules = Table(
    "decision_rules",
    metadata,
    Column("decision_id", Integer, ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", String(100), primary_key=True),
)

pairings = Table(
    "pairings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("code", String(8), nullable=False),
    Column("name", String(100), nullable=False),
    Column("version", String(32), nullable=False),
    Column("origin", String(200), nullable=False),
    # The hash of the extension's word for the code, promised before it knows the server's; no code until it is told.
    Column("commitment", String(64), nullable=False, server_default=""),
    Column("state", String(16), nullable=False),
    Column("expires", Float, nullable=False),
    # Who approved it, and so whose device it becomes.
    Column("person_id", String(32), ForeignKey("people.id", ondelete="CASCADE")),
    Column("role", String(16), nullable=False, server_default="administrator"),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(32), nullable=False),
    Column("expires", Float, nullable=False),
    # Whose session it opens; empty for whoever has the server's own machine.
    Column("person_id", String(32), ForeignKey("people.id", ondelete="CASCADE")),
)

# What is kept of a registered document: keyed fingerprints, and none of its words.
documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    # Keyed, so that it does not tell which file it is of.
    Column("digest", String(32), nullable=False),
    # Names the key under which its fingerprints were made.
    Column("key", String(16), nullable=False),
    # Why some of it could not be read: keys of ``gaps.toml`` with spaces between.
    Column("gaps", String(200), nullable=False),
    Column("day", String(10), nullable=False),
)
Index("ix_documents_digest", documents.c.digest)

document_grams = Table(
    "document_grams",
    metadata,
    Column("document_id", String(32), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("grams", LargeBinary, nullable=False),
)

folders = Table(
    "folders",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("path", String(4096), nullable=False),
    Column("public", Boolean, nullable=False),
    # The machine that looks at it, where several servers share the database; empty for whichever comes first.
    Column("server", String(200), nullable=False, server_default=""),
)

folder_files = Table(
    "folder_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder_id", String(32), ForeignKey("folders.id", ondelete="CASCADE"), nullable=False),
    Column("path", String(4096), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("digest", String(32), nullable=False),
    Column("document_id", String(32), ForeignKey("documents.id", ondelete="SET NULL")),
    Column("problem", String(32), nullable=False),
)
Index("ix_folder_files_folder_id", folder_files.c.folder_id)

# What is published elsewhere: the file in force, and one that waits to be looked at, as they were signed.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("url", String(2000), nullable=False, unique=True),
    Column("key", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("etag", String(300), nullable=False),
    Column("checked", String(20), nullable=False),
    Column("problem", String(32), nullable=False),
    Column("target", String(100), nullable=False),
    Column("content", LargeBinary),
    Column("waiting", LargeBinary),
)
