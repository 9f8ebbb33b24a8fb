"""Terms with languages, channels, sites, dates and exceptions; lists in order and in observe mode; history."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and tables; what is there stays as it is."""
    for column in _shared():
        op.add_column("lists", column)
    op.add_column("lists", sa.Column("observe", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("lists", sa.Column("position", sa.Integer, nullable=False, server_default="0"))
    for column in (*_shared(), *_details()):
        op.add_column("terms", column)
    op.create_index("ix_terms_list_id", "terms", ["list_id"])
    _history()
    op.create_table(
        "observations",
        sa.Column("list_id", sa.String(32), sa.ForeignKey("lists.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("week", sa.String(10), primary_key=True),
        sa.Column("level", sa.String(8), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _shared() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("languages", sa.String(200)),
        sa.Column("channels", sa.String(100)),
        sa.Column("sites", sa.Text),
        sa.Column("valid_from", sa.String(10)),
        sa.Column("valid_until", sa.String(10)),
    )


def _details() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("score", sa.Integer),
        sa.Column("category", sa.String(60)),
        sa.Column("note", sa.String(500)),
        sa.Column("exceptions", sa.Text),
        sa.Column("since", sa.Integer),
    )


def _history() -> None:
    op.create_table(
        "list_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.String(32), sa.ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("can_undo", sa.Boolean, nullable=False),
        sa.UniqueConstraint("list_id", "version"),
    )
    op.create_table(
        "past_terms",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("list_id", sa.String(32), sa.ForeignKey("lists.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("term_id", sa.Integer, nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("level", sa.String(8)),
        *_shared(),
        *_details(),
    )
    op.create_index("ix_past_terms_list_id", "past_terms", ["list_id", "version"])
