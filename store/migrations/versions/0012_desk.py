"""Desk: the search index with what is there already, the queue's indexes, notes, views, canned answers."""

import sqlalchemy as sa
from alembic import op

from store.search import make_index

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment, words = sa.DateTime(timezone=True), sa.String()
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("text", words, nullable=False),
        sa.Column("at", moment, nullable=False),
    )
    op.create_index("ix_notes_case_id", "notes", ["case_id"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_saved_views_user_id", "saved_views", ["user_id"])
    op.create_table(
        "canned_answers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("zh", words, nullable=False),
        sa.Column("en", words, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    op.create_index("ix_canned_answers_user_id", "canned_answers", ["user_id"])
    op.create_table(
        "drafting",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("at", moment, nullable=False),
    )
    op.drop_index("ix_cases_owner", "cases")
    op.create_index("ix_cases_owner", "cases", ["owner_id", "due_at", "id"])
    # The queue across all states, and its band of severe complaints.
    op.create_index("ix_cases_due", "cases", ["due_at", "id"])
    op.create_index("ix_cases_grave", "cases", ["status", "severity", "due_at", "id"])
    make_index(op.get_bind())
