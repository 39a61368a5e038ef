"""Departments and routes as data, minutes and settlements of reviews, major losses, months in words."""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Those we ship, in the order of the form.
SHIPPED = (
    *("technical", "production", "purchasing", "quality", "finance", "sales"),
    *("planning", "equipment", "warehouse"),
)


def upgrade() -> None:
    _departments()
    op.create_table(
        "review_routes",
        sa.Column("name", sa.String(length=40), primary_key=True),
        sa.Column("departments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("signer", sa.String(length=40), nullable=False),
        sa.Column("opinion_days", sa.Integer(), nullable=True),
        sa.Column("limit_cents", sa.BigInteger(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "opinion_days IS NULL OR opinion_days > 0", name=op.f("ck_review_routes_some_days")
        ),
        sa.CheckConstraint(
            "limit_cents IS NULL OR limit_cents > 0", name=op.f("ck_review_routes_some_money")
        ),
    )
    _reviews()
    _settlements()
    _complaints()


def _departments() -> None:
    departments = op.create_table(
        "departments",
        sa.Column("key", sa.String(length=40), primary_key=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("judges", sa.String(length=200), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    # Requirements had a name of their own for the planning department.
    for table, column in (
        ("users", "department"),
        ("special_requirements", "department"),
        ("special_requirements", "identified_by"),
        ("requirement_receipts", "department"),
    ):
        op.execute(f"UPDATE {table} SET {column} = 'planning' WHERE {column} = 'pmc'")  # noqa: S608
    named = op.get_bind().execute(
        sa.text("SELECT DISTINCT department FROM users WHERE department <> '' ORDER BY department")
    )
    own = [name for (name,) in named if name not in SHIPPED]
    rows = [{"key": key, "name": ""} for key in SHIPPED] + [{"key": name, "name": name} for name in own]
    op.bulk_insert(
        departments,
        [row | {"judges": "", "place": place, "active": True} for place, row in enumerate(rows, 1)],
    )


def _reviews() -> None:
    """Each review keeps the signer of the route it began with."""
    op.add_column(
        "reviews", sa.Column("signer", sa.String(length=40), nullable=False, server_default="rule_on_review")
    )
    op.add_column("reviews", sa.Column("opinion_days", sa.Integer(), nullable=True))
    op.add_column("reviews", sa.Column("joint", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE reviews SET signer = CASE WHEN route = 'regular' THEN 'answer' ELSE 'sign_review' END "
        "WHERE route IN ('regular', 'oral', 'tender', 'beyond_sales')"
    )
    op.create_table(
        "review_minutes",
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.String(length=2000), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.CheckConstraint("participants <> '' AND words <> ''", name=op.f("ck_review_minutes_written")),
    )


def _settlements() -> None:
    op.create_table(
        "supplier_settlements",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("supplier", sa.String(length=300), nullable=False),
        sa.Column("difference", sa.String(length=4000), nullable=False),
        sa.Column("terms", sa.String(length=4000), nullable=False),
        sa.Column("customer_name", sa.String(length=300), nullable=False),
        sa.Column("customer_on", sa.Date(), nullable=True),
        sa.Column("supplier_name", sa.String(length=300), nullable=False),
        sa.Column("supplier_on", sa.Date(), nullable=True),
        sa.Column("other_supplier", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("open", "settled", "other_supplier", "filed"),
                name="settlementstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("opened_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state <> 'settled' OR (terms <> '' AND customer_name <> '' AND customer_on IS NOT NULL "
            "AND supplier_name <> '' AND supplier_on IS NOT NULL)",
            name=op.f("ck_supplier_settlements_confirmed_by_both"),
        ),
        sa.CheckConstraint(
            "state <> 'other_supplier' OR other_supplier <> ''",
            name=op.f("ck_supplier_settlements_names_the_other"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_supplier_settlements_ended")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_supplier_settlements_ended_by_somebody"),
        ),
    )
    op.create_index(op.f("ix_supplier_settlements_review_id"), "supplier_settlements", ["review_id"])


def _complaints() -> None:
    op.create_table(
        "loss_reviews",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("complaints.case_id"), primary_key=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("declared_at", Instant(), nullable=False),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("participants", sa.String(length=2000), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("decisions", sa.String(), nullable=False),
        sa.Column("done_by", sa.Date(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=True),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "signed_at IS NULL OR (signed_by_id IS NOT NULL AND held_on IS NOT NULL AND participants <> '' "
            "AND cause <> '' AND decisions <> '' AND done_by IS NOT NULL)",
            name=op.f("ck_loss_reviews_signed_in_full"),
        ),
    )
    op.create_table(
        "month_evaluations",
        sa.Column("month", sa.Date(), primary_key=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_month_evaluations_written")),
    )
