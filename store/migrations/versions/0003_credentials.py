"""Tokens of mailboxes that are signed in to by OAuth2."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credentials",
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("changed_at", store.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_credentials")),
    )
