"""Registered documents, their fingerprints, and the folders that are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables, and the number that tells of changes."""
    _folders()
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("gaps", sa.String(200), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
    )
    op.create_index("ix_documents_digest", "documents", ["digest"])
    op.create_table(
        "document_grams",
        sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("grams", sa.LargeBinary, nullable=False),
    )
    _files()
    op.execute("INSERT INTO versions (name, value) VALUES ('documents', 0)")


def _folders() -> None:
    op.create_table(
        "folders",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("path", sa.String(4096), nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
    )


def _files() -> None:
    op.create_table(
        "folder_files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("folder_id", sa.String(32), sa.ForeignKey("folders.id", ondelete="CASCADE"), nullable=False),
        sa.Column("path", sa.String(4096), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("document_id", sa.String(32), sa.ForeignKey("documents.id", ondelete="SET NULL")),
        sa.Column("problem", sa.String(32), nullable=False),
    )
    op.create_index("ix_folder_files_folder_id", "folder_files", ["folder_id"])
