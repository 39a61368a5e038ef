"""Complaints: their form, drafts that wait for a confirmation, signatures, CAPA, nonconformity."""

import sqlalchemy as sa
from alembic import op

from store.columns import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "countermeasure_sales",
                "countermeasure_head",
                "closing",
                name="signedmatter",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_complaint_signatures_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_complaint_signatures_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_signatures")),
    )
    with op.batch_alter_table("complaint_signatures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_signatures_case_id"), ["case_id"], unique=False)

    op.create_table(
        "complaints",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("complainant", sa.String(length=300), nullable=False),
        sa.Column("demand", sa.String(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("product", sa.String(length=300), nullable=False),
        sa.Column("part_no", sa.String(length=300), nullable=False),
        sa.Column("batch", sa.String(length=300), nullable=False),
        sa.Column("quantity", sa.String(length=300), nullable=False),
        sa.Column("defect", sa.String(length=300), nullable=False),
        sa.Column("order_no", sa.String(length=300), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("in_production", sa.Boolean(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=True),
        sa.Column("isolated", sa.Boolean(), nullable=True),
        sa.Column("isolated_quantity", sa.String(length=300), nullable=False),
        sa.Column("samples", sa.String(), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("prevention", sa.String(), nullable=False),
        sa.Column("standard_updated", sa.Boolean(), nullable=True),
        sa.Column("standard", sa.String(length=300), nullable=False),
        sa.Column("countermeasure", sa.String(), nullable=False),
        sa.Column("at_line", sa.String(), nullable=False),
        sa.Column("in_stock", sa.String(), nullable=False),
        sa.Column("at_customer", sa.String(), nullable=False),
        sa.Column("sold_on", sa.String(), nullable=False),
        sa.Column("returned_quantity", sa.String(length=300), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("inspection", sa.String(), nullable=False),
        sa.Column("restocked", sa.String(length=300), nullable=False),
        sa.Column("reworked", sa.String(length=300), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("effective", sa.Boolean(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("effect_by", sa.Integer(), nullable=True),
        sa.Column("effect_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_complaints_case_id")),
        sa.ForeignKeyConstraint(["effect_by"], ["users.id"], name=op.f("fk_complaints_effect_by")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_complaints")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index("ix_complaints_defect", ["defect"], unique=False)
        batch_op.create_index("ix_complaints_part_no", ["part_no"], unique=False)
        batch_op.create_index("ix_complaints_product", ["product"], unique=False)
        batch_op.create_index("ix_complaints_registered_at", ["registered_at"], unique=False)

    op.create_table(
        "corrective_actions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("eight_d", sa.Boolean(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("containment", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("implemented", sa.String(), nullable=False),
        sa.Column("prevention", sa.String(), nullable=False),
        sa.Column("recognition", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("due_assumed", sa.Boolean(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.Column("verification", sa.String(), nullable=False),
        sa.Column("effective", sa.Boolean(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_corrective_actions_case_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_corrective_actions_issued_by")),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["users.id"], name=op.f("fk_corrective_actions_verified_by")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_corrective_actions")),
    )
    op.create_table(
        "nonconformity_notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "stop_use",
                "return",
                "late_supply",
                name="nonconformityreason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("goods", sa.String(length=300), nullable=False),
        sa.Column("quantity", sa.String(length=300), nullable=False),
        sa.Column("disposition", sa.String(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=True),
        sa.Column("dropped_by", sa.Integer(), nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_nonconformity_notices_case_id")),
        sa.ForeignKeyConstraint(
            ["dropped_by"], ["users.id"], name=op.f("fk_nonconformity_notices_dropped_by")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_nonconformity_notices_issued_by")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_nonconformity_notices")),
    )
    op.create_table(
        "reply_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sends", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "sent_back",
                "replaced",
                "replied",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.String(length=2000), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_reply_drafts_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reply_drafts_case_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_reply_drafts_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_drafts")),
    )
    with op.batch_alter_table("reply_drafts", schema=None) as batch_op:
        batch_op.create_index("ix_reply_drafts_case", ["case_id", "id"], unique=False)
        batch_op.create_index("ix_reply_drafts_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "uq_reply_drafts_live",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'confirmed')"),
            postgresql_where=sa.text("state IN ('waiting', 'confirmed')"),
        )

    op.create_table(
        "corrective_measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("department", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("verification", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["corrective_actions.case_id"], name=op.f("fk_corrective_measures_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_measures")),
    )
    with op.batch_alter_table("corrective_measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrective_measures_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reply_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("confirmer_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=20), nullable=True),
        sa.Column("claim", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "severity IN ('light', 'moderate', 'severe')", name=op.f("ck_reply_approvals_severity_known")
        ),
        sa.CheckConstraint("author_id <> confirmer_id", name=op.f("ck_reply_approvals_another_person")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_reply_approvals_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reply_approvals_case_id")),
        sa.ForeignKeyConstraint(["confirmer_id"], ["users.id"], name=op.f("fk_reply_approvals_confirmer_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["reply_drafts.id"], name=op.f("fk_reply_approvals_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_approvals")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_reply_approvals_draft_id")),
    )
    with op.batch_alter_table("reply_approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_approvals_case_id"), ["case_id"], unique=False)

    op.create_table(
        "reply_draft_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("type", sa.String(length=150), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["reply_drafts.id"], name=op.f("fk_reply_draft_files_draft_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_draft_files")),
    )
    with op.batch_alter_table("reply_draft_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_draft_files_draft_id"), ["draft_id"], unique=False)

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approval_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_outgoing_approval_id"), ["approval_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_approval_id"), "reply_approvals", ["approval_id"], ["id"]
        )

    _register_known()


def _register_known() -> None:
    """The complaints there are get a form to be filled in."""
    texts = (
        "complainant, demand, product, part_no, batch, quantity, defect, order_no, isolated_quantity, "
        "samples, unit, cause, prevention, standard, countermeasure, at_line, in_stock, at_customer, "
        "sold_on, returned_quantity, inspection, restocked, reworked, effect"
    )
    empty = ", ".join("''" for _text in texts.split(", "))
    op.execute(
        f"INSERT INTO complaints (case_id, registered_at, {texts}) "  # noqa: S608 - names of ours
        f"SELECT id, opened_at, {empty} FROM cases WHERE kind = 'complaint'"
    )
