"""WeCom customer service: cursors, and what was sent since a customer's last message."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wecom_accounts",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("cursor", sa.String(), nullable=False),
        sa.Column("pull_token", sa.String(), nullable=True),
        sa.Column("rung_at", store.columns.Instant(), nullable=True),
        sa.Column("token_claimed_by", sa.String(), nullable=True),
        sa.Column("token_claimed_until", store.columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_wecom_accounts")),
    )
    op.create_table(
        "wecom_chats",
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("heard_at", store.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("customer", name=op.f("pk_wecom_chats")),
    )
    op.create_table(
        "wecom_sent",
        sa.Column("msgid", sa.String(length=32), nullable=False),
        sa.Column("customer", sa.String(length=64), nullable=False),
        sa.Column("heard_at", store.columns.Instant(), nullable=False),
        sa.Column("claimed_at", store.columns.Instant(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"], ["wecom_chats.customer"], name=op.f("fk_wecom_sent_customer_wecom_chats")
        ),
        sa.PrimaryKeyConstraint("msgid", name=op.f("pk_wecom_sent")),
    )
    op.create_index("ix_wecom_sent_customer", "wecom_sent", ["customer", "heard_at"])
