"""Clocks by targets: own days, what a reminder and a case's due time belong to, how people are told."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", store.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_days_user_id")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    with op.batch_alter_table("deadlines") as table:
        table.add_column(sa.Column("customer_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("assumed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key(op.f("fk_deadlines_customer_id"), "customers", ["customer_id"], ["id"])
    running_alone = sa.text("ended_at IS NULL AND case_id IS NULL")
    op.create_index(
        "uq_deadlines_running_alone",
        "deadlines",
        ["kind", "about"],
        unique=True,
        sqlite_where=running_alone,
        postgresql_where=running_alone,
    )
    with op.batch_alter_table("outgoing") as table:
        table.add_column(sa.Column("deadline_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_outgoing_deadline_id"), "deadlines", ["deadline_id"], ["id"])
        table.create_index(op.f("ix_outgoing_deadline_id"), ["deadline_id"])
    op.add_column("users", sa.Column("mail_notices", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("cases", sa.Column("due_clock", sa.String(length=20), nullable=True))
    op.add_column("cases", sa.Column("waiting_since", store.columns.Instant(), nullable=True))
    # Until now a case had one clock: the first reply.
    op.execute(
        "UPDATE cases SET due_clock = 'first_reply', "
        "waiting_since = (SELECT MIN(d.started_at) FROM deadlines d "
        "WHERE d.case_id = cases.id AND d.kind = 'first_reply' AND d.ended_at IS NULL) "
        "WHERE due_at IS NOT NULL"
    )
    op.execute("UPDATE outgoing SET wording = 'reminder/first_reply' WHERE wording = 'reminder'")
