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
    Column("name", String(100), nullable=False, unique=True),
    Column("level", String(8), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    *_limits(),
    Column("observe", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
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
    Column("state", String(16), nullable=False),
    Column("expires", Float, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(32), nullable=False),
    Column("expires", Float, nullable=False),
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
