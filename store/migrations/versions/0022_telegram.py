"""Telegram by webhook, and letters of which a part has left."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "telegram_updates",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", "update_id", name=op.f("pk_telegram_updates")),
    )
    op.add_column(
        "outgoing", sa.Column("parts_sent", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
