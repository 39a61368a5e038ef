"""Seals on the log, which nobody changes either; indexes for the log's page and for reports of a period."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", store.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_seals")),
        sa.UniqueConstraint("first_id", name=op.f("uq_audit_seals_first_id")),
    )
    _make_append_only("audit_seals")
    by_people = sa.text("user_id IS NOT NULL")
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index(
        "ix_audit_log_user",
        "audit_log",
        ["user_id", "at"],
        sqlite_where=by_people,
        postgresql_where=by_people,
    )
    of_cases = ["opened_at", "kind", "severity", "channel", "owner_id", "customer_id", "closed_at"]
    op.create_index("ix_cases_reports", "cases", of_cases)
    of_clocks = ["kind", "started_at", "met_at", "due_at", "ended_at"]
    op.create_index("ix_deadlines_reports", "deadlines", of_clocks)


def _make_append_only(table: str) -> None:
    """As the first migration does it for the log itself."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )
