"""Special requirements in full; customers merged, visited, planned; their property; the market."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Instant = store.columns.Instant


def upgrade() -> None:
    _customers()
    _special_requirements()
    _moves()
    _property_and_market()
    _visits()


def _customers() -> None:
    with op.batch_alter_table("customers") as table:
        table.add_column(sa.Column("own_code", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("notes", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        table.create_unique_constraint(op.f("uq_customers_own_code"), ["own_code"])
        table.create_foreign_key(op.f("fk_customers_merged_into"), "customers", ["merged_into"], ["id"])
    op.create_index("ix_customers_name", "customers", ["name", "id"])
    op.create_index("ix_customers_owner", "customers", ["owner_id"])


def _special_requirements() -> None:
    texts = (("product", 200), ("identified_by", 40), ("department", 40))
    with op.batch_alter_table("special_requirements") as table:
        table.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("carried_from", sa.Integer(), nullable=True))
        table.add_column(sa.Column("scope", sa.String(length=20), nullable=False, server_default="product"))
        table.add_column(sa.Column("priority", sa.String(length=20), nullable=False, server_default="normal"))
        for name, length in texts:
            table.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        for name in ("remark", "review", "result"):
            table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("identified_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("done_at", Instant(), nullable=True))
        table.add_column(sa.Column("reported_at", Instant(), nullable=True))
        table.create_foreign_key(
            op.f("fk_special_requirements_carried_from"), "special_requirements", ["carried_from"], ["id"]
        )
        table.create_unique_constraint(
            op.f("uq_special_requirements_case_id_carried_from"), ["case_id", "carried_from"]
        )
        table.create_check_constraint(
            op.f("ck_special_requirements_scope_known"), "scope IN ('product', 'customer')"
        )
        table.create_check_constraint(
            op.f("ck_special_requirements_priority_known"), "priority IN ('high', 'normal', 'low')"
        )
    op.create_index("ix_special_requirements_carried_from", "special_requirements", ["carried_from"])
    op.create_index("ix_special_requirements_status", "special_requirements", ["status", "deadline"])
    op.create_index("ix_special_requirements_created", "special_requirements", ["created_at"])
    op.create_table(
        "requirement_receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("requirement_id"),
        sa.Column("department", sa.String(length=40), nullable=False),
        _id("passed_by"),
        sa.Column("passed_at", Instant(), nullable=False),
        _id("received_by", nullable=True),
        sa.Column("received_at", Instant(), nullable=True),
        _refers("requirement_receipts", "requirement_id", "special_requirements"),
        _refers("requirement_receipts", "passed_by", "users"),
        _refers("requirement_receipts", "received_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_receipts")),
        sa.UniqueConstraint(
            "requirement_id", "department", name=op.f("uq_requirement_receipts_requirement_id_department")
        ),
    )


def _moves() -> None:
    op.create_table(
        "customer_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("from_id"),
        _id("into_id"),
        _id("contact_id", nullable=True),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("last_case_id", sa.Integer(), nullable=False),
        _id("user_id"),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        _refers("customer_moves", "from_id", "customers"),
        _refers("customer_moves", "into_id", "customers"),
        _refers("customer_moves", "contact_id", "contacts"),
        _refers("customer_moves", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_moves")),
    )
    op.create_index("ix_customer_moves_into_id", "customer_moves", ["into_id"])
    standing = sa.text("contact_id IS NULL AND undone_at IS NULL")
    op.create_index(
        "uq_customer_moves_merged",
        "customer_moves",
        ["from_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _property_and_market() -> None:
    op.create_table(
        "customer_property",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("customer_id"),
        _word("kind", "propertykind", "drawing", "sample", "tooling", "material", "information", "other"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        _id("received_by"),
        _word("state", "propertystate", "kept", "returned", "lost", "damaged"),
        sa.Column("state_note", sa.String(length=1000), nullable=False),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        _refers("customer_property", "customer_id", "customers"),
        _refers("customer_property", "received_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_property")),
    )
    op.create_index("ix_customer_property_customer_id", "customer_property", ["customer_id"])
    op.create_table(
        "market_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("customer_id"),
        _id("user_id"),
        _word("topic", "markettopic", "demand", "competitor", "market", "feedback"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        _refers("market_notes", "customer_id", "customers"),
        _refers("market_notes", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_notes")),
    )
    op.create_index("ix_market_notes_customer_id", "market_notes", ["customer_id"])
    op.create_index("ix_market_notes_heard", "market_notes", ["heard_on", "id"])


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        _id("customer_id"),
        _word("kind", "visitkind", "visit", "survey"),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        _id("user_id", nullable=True),
        sa.Column("met", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "month IS NOT NULL OR made_on IS NOT NULL", name=op.f("ck_visits_planned_or_made")
        ),
        _refers("visits", "customer_id", "customers"),
        _refers("visits", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("customer_id", "kind", "month", name=op.f("uq_visits_customer_id_kind_month")),
    )
    op.create_index("ix_visits_month", "visits", ["month"])
    op.create_index("ix_visits_made_on", "visits", ["made_on"])


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _word(name: str, constraint: str, *words: str) -> sa.Column[str]:
    known = sa.Enum(*words, name=constraint, native_enum=False, create_constraint=True, length=20)
    return sa.Column(name, known, nullable=False)
