"""People of a team, their invitations and sessions; the audit log; lists of one person; files that servers share."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables and columns; whoever was let in before is an administrator, and each list is everybody's."""
    _people()
    _audit()
    op.create_table(
        "shared_files",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("changed", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.execute("INSERT INTO versions (name, value) VALUES ('files', 0), ('own_lists', 0)")
    for table in ("tokens", "pairings"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(_person())
            batch.add_column(sa.Column("role", sa.String(16), nullable=False, server_default="administrator"))
            if table == "tokens":
                batch.add_column(sa.Column("expires", sa.Float))
            else:
                batch.add_column(sa.Column("commitment", sa.String(64), nullable=False, server_default=""))
    with op.batch_alter_table("links") as batch:
        batch.add_column(_person())
    with op.batch_alter_table("lists") as batch:
        batch.add_column(sa.Column("owner", sa.String(32), nullable=False, server_default=""))
        batch.drop_constraint("uq_lists_name", type_="unique")
        batch.create_unique_constraint("uq_lists_owner", ["owner", "name"])
    op.add_column("folders", sa.Column("server", sa.String(200), nullable=False, server_default=""))
    op.add_column("decisions", sa.Column("who", sa.String(32), nullable=False, server_default=""))
    _observations()


def _person() -> sa.Column[str]:
    key = sa.ForeignKey("people.id", name="person", ondelete="CASCADE")
    return sa.Column("person_id", sa.String(32), key)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created", sa.String(10), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("sign_in", sa.String(200), unique=True),
        sa.Column("password", sa.String(200)),
        sa.Column("totp", sa.LargeBinary),
        sa.Column("totp_used", sa.BigInteger),
        sa.Column("subject", sa.String(400), unique=True),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("created_by", sa.String(100), nullable=False),
        sa.Column("created", sa.String(20), nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("last_seen", sa.Float, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    _guard_audit()


def _observations() -> None:
    """Put who saw something into the key."""
    with op.batch_alter_table("observations") as batch:
        batch.add_column(sa.Column("who", sa.String(32), nullable=False, server_default=""))
        batch.drop_constraint("pk_observations", type_="primary")
        batch.create_primary_key("pk_observations", ["list_id", "week", "level", "who"])


def _guard_audit() -> None:
    """Let the database itself refuse to change or delete an entry of the audit log."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{action.lower()} BEFORE {action} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )
