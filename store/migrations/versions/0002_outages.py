"""Listeners remember which outage people were told of, and whether they are still wanted."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("listeners", sa.Column("outage_told", store.columns.Instant(), nullable=True))
    op.add_column("listeners", sa.Column("removed_at", store.columns.Instant(), nullable=True))
