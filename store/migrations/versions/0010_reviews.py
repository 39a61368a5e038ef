"""Orders, their reviews, quotations, notices; triggers that refuse what no review covers."""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What a review binds. Whoever changes it gives the order another sha256.
WORDING = (
    *("customer_order_no", "product", "model", "quantity", "unit", "due_on", "address", "payment", "quality"),
    *("value_cents", "currency", "contract_class", "first_order", "changed_standard", "tender"),
    *("foreign_trade", "oral", "beyond_sales", "liability"),
)
PASSED = (
    "EXISTS (SELECT 1 FROM reviews r WHERE r.state = 'passed' "
    "AND r.order_id = {order}.id AND r.wording_sha256 = {order}.wording_sha256{more})"
)
AGREED = " AND (r.consent_at IS NOT NULL OR NOT r.needs_consent)"


def upgrade() -> None:
    _tables()
    reviewed = PASSED.format(order="NEW", more=AGREED)
    for verb in ("INSERT", "UPDATE"):
        _refuse(
            f"orders_reviewed_{verb.lower()}",
            f"{verb} ON orders",
            f"NEW.accepted_at IS NOT NULL AND NOT {reviewed}",
            "no passed review covers this order",
        )
    _refuse(
        "orders_wording",
        "UPDATE ON orders",
        f"{_differs(WORDING)} AND NEW.wording_sha256 = OLD.wording_sha256",
        "the wording of the order changes and its sha256 does not",
    )
    _refuse(
        "reviews_begin_open",
        "INSERT ON reviews",
        "NEW.state <> 'open'",
        "a review begins open",
    )
    _refuse(
        "reviews_bound",
        "UPDATE ON reviews",
        _differs(
            ("order_id", "wording_sha256", "year", "running", "opened_by_id", "own_allowed", "needs_consent")
        ),
        "what a review binds is never changed",
    )
    _refuse(
        "reviews_every_opinion",
        "UPDATE ON reviews",
        "NEW.state = 'passed' AND OLD.state <> 'passed' AND (OLD.state <> 'open' OR EXISTS (SELECT 1 "
        "FROM review_opinions o WHERE o.review_id = NEW.id AND (o.stance IS NULL OR o.stance = 'question')))",
        "a review passes once every department has given its opinion",
    )
    _refuse(
        "reviews_disagreed",
        "UPDATE ON reviews",
        "NEW.ruled_by_id = NEW.opened_by_id AND EXISTS (SELECT 1 FROM review_opinions o "
        "WHERE o.review_id = NEW.id AND o.stance = 'disagree')",
        "somebody else rules on what departments disagree about",
    )
    accepted = (
        "EXISTS (SELECT 1 FROM orders WHERE orders.id = OLD.order_id AND orders.accepted_at IS NOT NULL)"
    )
    _refuse(
        "reviews_of_accepted",
        "UPDATE ON reviews",
        f"OLD.state = 'passed' AND NEW.state <> 'passed' AND {accepted}",
        "the order was accepted by this review",
    )
    new_scheme = "EXISTS (SELECT 1 FROM orders WHERE orders.case_id = NEW.case_id AND {words})"
    unreviewed = f"orders.contract_class = 'new_product' AND NOT {PASSED.format(order='orders', more='')}"
    _refuse(
        "quotations_reviewed",
        "INSERT ON quotations",
        new_scheme.format(words=unreviewed),
        "a new scheme is quoted after its review",
    )


def _differs(columns: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{side}.{column}" for column in columns) for side in ("NEW", "OLD"))
    if op.get_bind().dialect.name == "sqlite":
        return f"({new}) IS NOT ({old})"
    return f"({new}) IS DISTINCT FROM ({old})"


def _refuse(name: str, event: str, condition: str, sentence: str) -> None:
    """Let the database itself refuse what must never happen."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    # A condition of a trigger may not ask other tables on PostgreSQL; its function may.
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}'; END IF; RETURN NEW; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _tables() -> None:
    op.create_table(
        "review_counters",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_review_counters")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("supplement_of", sa.Integer(), nullable=True),
        sa.Column("customer_order_no", sa.String(length=100), nullable=False),
        sa.Column("product", sa.String(length=300), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("payment", sa.String(length=500), nullable=False),
        sa.Column("quality", sa.String(length=4000), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "contract_class",
            sa.Enum(
                "regular",
                "new_product",
                "temporary",
                name="contractclass",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("first_order", sa.Boolean(), nullable=False),
        sa.Column("changed_standard", sa.Boolean(), nullable=False),
        sa.Column("tender", sa.Boolean(), nullable=False),
        sa.Column("foreign_trade", sa.Boolean(), nullable=False),
        sa.Column("oral", sa.Boolean(), nullable=False),
        sa.Column("beyond_sales", sa.Boolean(), nullable=False),
        sa.Column("liability", sa.Boolean(), nullable=False),
        sa.Column("wording_sha256", sa.String(length=64), nullable=False),
        sa.Column("contract_no", sa.String(length=100), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("confirmation", sa.String(length=1000), nullable=False),
        sa.Column("confirmed_sha256", sa.String(length=64), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["users.id"], name=op.f("fk_orders_accepted_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_orders_case_id")),
        sa.ForeignKeyConstraint(["supplement_of"], ["orders.id"], name=op.f("fk_orders_supplement_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("case_id", name=op.f("uq_orders_case_id")),
    )
    op.create_index("ix_orders_created", "orders", ["created_at", "id"], unique=False)
    op.create_table(
        "quotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("quoted_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "ordered",
                "refused",
                "replaced",
                name="quotationstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settlement", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_quotations_case_id")),
        sa.ForeignKeyConstraint(["quoted_by_id"], ["users.id"], name=op.f("fk_quotations_quoted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotations")),
        sa.UniqueConstraint("case_id", "running", name=op.f("uq_quotations_case_id_running")),
    )
    op.create_table(
        "department_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted", "changed", name="noticekind", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("wording", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_department_notices_order_id")),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["users.id"], name=op.f("fk_department_notices_received_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_notices")),
    )
    op.create_index(
        "ix_department_notices_department", "department_notices", ["department", "received_at"], unique=False
    )
    op.create_index(op.f("ix_department_notices_order_id"), "department_notices", ["order_id"], unique=False)
    op.create_table(
        "order_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_progress_order_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_order_progress_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_progress")),
    )
    op.create_index(op.f("ix_order_progress_order_id"), "order_progress", ["order_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("own_allowed", sa.Boolean(), nullable=False),
        sa.Column("needs_consent", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("wording_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "passed",
                "refused",
                "void",
                name="reviewstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("conclusion", sa.String(length=4000), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ruled_at", Instant(), nullable=True),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("consent_at", Instant(), nullable=True),
        sa.Column("consent", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('passed', 'refused') OR (ruled_by_id IS NOT NULL AND ruled_at IS NOT NULL)",
            name=op.f("ck_reviews_concluded_by_somebody"),
        ),
        sa.CheckConstraint(
            "ruled_by_id IS NULL OR own_allowed OR ruled_by_id <> opened_by_id",
            name=op.f("ck_reviews_not_ones_own"),
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name=op.f("fk_reviews_opened_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_reviews_order_id")),
        sa.ForeignKeyConstraint(["ruled_by_id"], ["users.id"], name=op.f("fk_reviews_ruled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("year", "running", name=op.f("uq_reviews_year_running")),
    )
    op.create_index(op.f("ix_reviews_order_id"), "reviews", ["order_id"], unique=False)
    op.create_index(
        "uq_reviews_standing",
        "reviews",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'void'"),
        postgresql_where=sa.text("state <> 'void'"),
    )
    op.create_table(
        "review_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "agree",
                "conditions",
                "disagree",
                "question",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", Instant(), nullable=True),
        sa.Column("question", sa.String(length=4000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "stance IS NULL OR (given_by_id IS NOT NULL AND given_at IS NOT NULL)",
            name=op.f("ck_review_opinions_signed"),
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["users.id"], name=op.f("fk_review_opinions_given_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_review_opinions_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_opinions")),
        sa.UniqueConstraint("review_id", "department", name=op.f("uq_review_opinions_review_id_department")),
    )
    op.create_index(
        "ix_review_opinions_department", "review_opinions", ["department", "stance"], unique=False
    )
