"""Service orders, and their clocks."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

Instant = store.columns.Instant
DEADLINES = (
    "'first_reply', 'solution', 'final_reply', 'nonconformity', 'corrective_action', 'opinion', "
    "'review_feedback', 'requirement', 'visit', 'service_order'"
)
STATES = ("issued", "done", "confirmed", "withdrawn")
FINDINGS = ("fault", "misuse", "neither")
SATISFACTION = "'very_satisfied', 'satisfied', 'meets_need', 'dissatisfied', 'very_dissatisfied'"


def upgrade() -> None:
    with op.batch_alter_table("deadlines") as table:
        table.drop_constraint(op.f("ck_deadlines_deadlinekind"), type_="check")
        table.create_check_constraint(op.f("ck_deadlines_deadlinekind"), f"kind IN ({DEADLINES})")
    op.create_table(
        "service_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", _one_of("servicestate", STATES), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("task", sa.String(length=4000), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("finding", _one_of("servicefinding", FINDINGS), nullable=True),
        sa.Column("found", sa.String(length=4000), nullable=False),
        sa.Column("work", sa.String(length=4000), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("service_rating", sa.String(length=20), nullable=True),
        sa.Column("product_rating", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('done', 'confirmed') OR "
            "(done_at IS NOT NULL AND done_by IS NOT NULL AND finding IS NOT NULL)",
            name=op.f("ck_service_orders_done_by_somebody"),
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR (confirmed_by <> '' AND confirmed_on IS NOT NULL"
            " AND service_rating IS NOT NULL AND product_rating IS NOT NULL)",
            name=op.f("ck_service_orders_confirmed_by_somebody"),
        ),
        *(
            sa.CheckConstraint(
                f"{column} IN ({SATISFACTION})", name=op.f(f"ck_service_orders_{column}_known")
            )
            for column in ("service_rating", "product_rating")
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR done_at IS NULL", name=op.f("ck_service_orders_done_is_done")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_service_orders_{column}"))
            for column, table in (
                ("case_id", "cases"),
                ("handler_id", "users"),
                ("issued_by", "users"),
                ("done_by", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_orders")),
    )
    op.create_index(op.f("ix_service_orders_case_id"), "service_orders", ["case_id"])
    op.create_index("ix_service_orders_state", "service_orders", ["state", "due_at", "id"])
    op.create_index("ix_service_orders_handler", "service_orders", ["handler_id", "state"])


def _one_of(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, length=20, create_constraint=True)
