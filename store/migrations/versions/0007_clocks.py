"""More kinds of clocks, several of one kind on a case, clocks for a person; people have a department."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DEADLINES = (
    "'first_reply', 'solution', 'final_reply', 'nonconformity', 'corrective_action', 'opinion', "
    "'review_feedback', 'requirement', 'visit'"
)
OUTGOING = "'acknowledgement', 'reply', 'interim', 'reminder', 'notice', 'survey'"


def upgrade() -> None:
    op.drop_index("uq_deadlines_running", "deadlines")
    with op.batch_alter_table("deadlines") as table:
        table.drop_constraint(op.f("ck_deadlines_deadlinekind"), type_="check")
        table.create_check_constraint(op.f("ck_deadlines_deadlinekind"), f"kind IN ({DEADLINES})")
        table.add_column(sa.Column("about", sa.String(length=80), nullable=False, server_default=""))
        table.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        table.create_foreign_key(op.f("fk_deadlines_user_id"), "users", ["user_id"], ["id"])
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_deadlines_running",
        "deadlines",
        ["case_id", "kind", "about"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    with op.batch_alter_table("outgoing") as table:
        table.drop_constraint(op.f("ck_outgoing_outgoingkind"), type_="check")
        table.create_check_constraint(op.f("ck_outgoing_outgoingkind"), f"kind IN ({OUTGOING})")
    op.add_column("users", sa.Column("department", sa.String(length=40), nullable=True))
    op.add_column("users", sa.Column("timezone", sa.String(length=64), nullable=True))
