"""Indexes to count the queue's chips from and to filter it; SQLite finds what begins with two letters."""

import sqlalchemy as sa
from alembic import op

from store.search import make_message_index_anew

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    standing = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "ix_special_requirements_wanted",
        "special_requirements",
        ["category", "case_id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    keys = ["status", "kind", "severity", "owner_id"]
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_cases_counts", "cases", [*keys, "requirement_categories"])
        make_message_index_anew(op.get_bind())
    else:
        op.create_index("ix_cases_counts", "cases", keys, postgresql_include=["requirement_categories"])
