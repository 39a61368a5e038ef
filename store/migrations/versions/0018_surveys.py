"""Surveys run by plans that the manager approved once; what follows from them; how they were answered."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OUTGOING = (
    "'acknowledgement', 'reply', 'interim', 'reminder', 'notice', 'survey', 'survey_reminder', 'improvement'"
)

DEADLINES = (
    "'first_reply', 'solution', 'final_reply', 'nonconformity', 'corrective_action', 'opinion', "
    "'review_feedback', 'requirement', 'visit', 'service_order', 'survey_action'"
)


def upgrade() -> None:
    _new_tables()
    op.add_column("contacts", sa.Column("surveys_refused_at", store.columns.Instant(), nullable=True))
    op.add_column("customers", sa.Column("region", sa.String(length=60), nullable=False, server_default=""))
    with op.batch_alter_table("outgoing") as table:
        table.drop_constraint(op.f("ck_outgoing_outgoingkind"), type_="check")
        table.create_check_constraint(op.f("ck_outgoing_outgoingkind"), f"kind IN ({OUTGOING})")
    with op.batch_alter_table("deadlines") as table:
        table.drop_constraint(op.f("ck_deadlines_deadlinekind"), type_="check")
        table.create_check_constraint(op.f("ck_deadlines_deadlinekind"), f"kind IN ({DEADLINES})")
    _campaigns_of_plans()
    _invitations_and_responses()


def _campaigns_of_plans() -> None:
    """What was planned by itself becomes a plan; approved, if a person had released it once."""
    op.add_column("survey_campaigns", sa.Column("plan_id", sa.Integer(), nullable=True))
    op.add_column("survey_campaigns", sa.Column("target", sa.Float(), nullable=True))
    op.add_column("survey_campaigns", sa.Column("customers", sa.Integer(), nullable=True))
    op.add_column("survey_campaigns", sa.Column("figures", store.columns.Json, nullable=True))
    op.add_column(
        "survey_campaigns",
        sa.Column("questionnaire_version", sa.Integer(), nullable=False, server_default="1"),
    )
    with op.batch_alter_table("survey_campaigns") as table:
        table.drop_constraint(op.f("ck_survey_campaigns_campaignstate"), type_="check")
    _fill_plans()
    with op.batch_alter_table("survey_campaigns") as table:
        table.create_check_constraint(
            op.f("ck_survey_campaigns_campaignstate"), "state IN ('running', 'paused', 'closed')"
        )
        table.alter_column("plan_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("closes_at", existing_type=store.columns.Instant(), nullable=False)
        table.drop_constraint(op.f("uq_survey_campaigns_period_questionnaire"), type_="unique")
        table.create_unique_constraint(op.f("uq_survey_campaigns_plan_id_period"), ["plan_id", "period"])
        table.drop_constraint(op.f("fk_survey_campaigns_released_by"), type_="foreignkey")
        table.create_foreign_key(op.f("fk_survey_campaigns_plan_id"), "survey_plans", ["plan_id"], ["id"])
        table.drop_column("released_by")
        table.drop_column("released_at")
    op.create_index("ix_survey_campaigns_state", "survey_campaigns", ["state", "closes_at"])


def _fill_plans() -> None:
    connection = op.get_bind()
    campaigns = sa.table(
        "survey_campaigns",
        *(sa.column(name) for name in ("id", "plan_id", "questionnaire", "state")),
        *(sa.column(name, store.columns.Instant()) for name in ("opens_at", "closes_at", "released_at")),
        *(sa.column("released_by"), sa.column("period")),
    )
    rows = connection.execute(sa.select(campaigns).order_by(campaigns.c.id)).all()
    for name in dict.fromkeys(row.questionnaire for row in rows):
        of_it = [row for row in rows if row.questionnaire == name]
        released = next((row for row in of_it if row.released_at is not None), None)
        plan_id = _plan(connection, name, of_it[0].opens_at, released)
        connection.execute(
            campaigns.update().where(campaigns.c.questionnaire == name).values(plan_id=plan_id)
        )
    connection.execute(campaigns.delete().where(campaigns.c.state == "planned"))
    connection.execute(campaigns.update().where(campaigns.c.state == "released").values(state="running"))
    for row in rows:
        if row.closes_at is None:
            ends = row.opens_at + timedelta(days=7)
            connection.execute(campaigns.update().where(campaigns.c.id == row.id).values(closes_at=ends))


def _plan(connection: sa.Connection, name: str, opens_at: datetime, released: sa.Row | None) -> int:  # type: ignore[type-arg]
    plans = sa.table(
        "survey_plans",
        *(
            sa.column(column)
            for column in (
                *("id", "title", "questionnaire", "questionnaire_version", "rhythm", "after_days"),
                *("audience", "share", "seed", "product", "every_contact", "per_minute", "open_days"),
                *("rest_days", "internal_share", "state", "approved_by"),
            )
        ),
        *(sa.column(column, store.columns.Json) for column in ("channels", "reminder_days")),
        *(sa.column(column, store.columns.Instant()) for column in ("approved_at", "created_at")),
        sa.column("starts_on", sa.Date()),
    )
    insert = plans.insert().values(
        title="半年度满意度调查",
        questionnaire=name,
        questionnaire_version=1,
        rhythm="half_yearly",
        starts_on=date(opens_at.year, 1 if opens_at.month <= 6 else 7, 1),
        after_days=3,
        audience="all",
        share=100,
        seed=0,
        product="",
        every_contact=False,
        channels=["email", "telegram", "webchat"],
        per_minute=60,
        open_days=7,
        reminder_days=[2, 4],
        rest_days=60,
        internal_share=50,
        state="approved" if released else "draft",
        approved_by=released.released_by if released else None,
        approved_at=released.released_at if released else None,
        created_at=opens_at,
    )
    return int(connection.execute(insert.returning(plans.c.id)).scalar_one())


def _invitations_and_responses() -> None:
    name = "survey_invitations"
    op.add_column(name, sa.Column("event", sa.String(length=40), nullable=True))
    op.add_column(name, sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(name, sa.Column("remind_at", store.columns.Instant(), nullable=True))
    op.add_column(name, sa.Column("begun", store.columns.Json, nullable=True))
    op.drop_index(op.f("ix_survey_invitations_customer_id"), name)
    op.create_index("ix_survey_invitations_customer_id", name, ["customer_id", "created_at"])
    op.create_index("ix_survey_invitations_created", name, ["campaign_id", "created_at"])
    op.create_index("ix_survey_invitations_remind_at", name, ["remind_at"])
    op.create_index(op.f("ix_survey_responses_case_id"), "survey_responses", ["case_id"])
    with op.batch_alter_table("survey_responses") as table:
        table.add_column(sa.Column("comments", store.columns.Json, nullable=False, server_default="{}"))
        table.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("entered_note", sa.String(length=500), nullable=False, server_default=""))
        table.add_column(sa.Column("scan", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("scan_name", sa.String(length=255), nullable=False, server_default=""))
        table.add_column(sa.Column("scan_type", sa.String(length=150), nullable=False, server_default=""))
        table.create_foreign_key(op.f("fk_survey_responses_entered_by"), "users", ["entered_by"], ["id"])
        table.create_check_constraint(
            op.f("ck_survey_responses_entered"),
            "source IN ('web', 'telegram', 'webchat') OR entered_by IS NOT NULL",
        )


def _new_tables() -> None:
    op.create_table(
        "delivery_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("deliveries", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", store.columns.Instant(), nullable=False),
        sa.CheckConstraint(
            "late BETWEEN 0 AND deliveries AND returned BETWEEN 0 AND deliveries",
            name=op.f("ck_delivery_months_parts"),
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_delivery_months_entered_by")),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_delivery_months")),
    )
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("created_at", store.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_questionnaires_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_questionnaires_name_version")),
    )
    op.create_table(
        "survey_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("questionnaire", sa.String(length=60), nullable=False),
        sa.Column("questionnaire_version", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "half_yearly",
                "yearly",
                "quarterly",
                "once",
                "event",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "project_done",
                "complaint_closed",
                "new_product",
                "service_order",
                name="surveyevent",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("worth_cents", sa.BigInteger(), nullable=True),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "all",
                "sample",
                "owner",
                "product",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("product", sa.String(length=300), nullable=False),
        sa.Column("every_contact", sa.Boolean(), nullable=False),
        sa.Column("channels", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rest_days", sa.Integer(), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("internal_share", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "ended",
                name="planstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", store.columns.Instant(), nullable=True),
        sa.Column("created_at", store.columns.Instant(), nullable=False),
        sa.CheckConstraint(
            "(rhythm = 'event') = (event IS NOT NULL)", name=op.f("ck_survey_plans_event_named")
        ),
        sa.CheckConstraint(
            "audience <> 'owner' OR owner_id IS NOT NULL", name=op.f("ck_survey_plans_owner_named")
        ),
        sa.CheckConstraint(
            "audience <> 'sample' OR share BETWEEN 60 AND 100", name=op.f("ck_survey_plans_share_enough")
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR approved_at IS NOT NULL", name=op.f("ck_survey_plans_approved_first")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_survey_plans_approved_by")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_survey_plans_made_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_survey_plans_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_plans")),
    )
    op.create_table(
        "survey_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("result", sa.Float(), nullable=False),
        sa.Column("bar", sa.Float(), nullable=False),
        sa.Column("analysis", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                "dropped",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", store.columns.Instant(), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("told_at", store.columns.Instant(), nullable=True),
        sa.Column("remeasured_in", sa.Integer(), nullable=True),
        sa.Column("remeasured", sa.Float(), nullable=True),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.Column("created_at", store.columns.Instant(), nullable=False),
        sa.CheckConstraint(
            "state <> 'done' OR (analysis <> '' AND solution <> '' AND done_at IS NOT NULL)",
            name=op.f("ck_survey_actions_done_in_words"),
        ),
        sa.CheckConstraint(
            "state <> 'dropped' OR analysis <> ''", name=op.f("ck_survey_actions_dropped_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["survey_campaigns.id"], name=op.f("fk_survey_actions_campaign_id")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["users.id"], name=op.f("fk_survey_actions_done_by")),
        sa.ForeignKeyConstraint(
            ["former_id"], ["survey_actions.id"], name=op.f("fk_survey_actions_former_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_survey_actions_owner_id")),
        sa.ForeignKeyConstraint(
            ["remeasured_in"], ["survey_campaigns.id"], name=op.f("fk_survey_actions_remeasured_in")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_actions")),
        sa.UniqueConstraint("campaign_id", "item", name=op.f("uq_survey_actions_campaign_id_item")),
    )
    op.create_index("ix_survey_actions_state", "survey_actions", ["state", "due_on"])
    op.create_table(
        "survey_target_reviews",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Float(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("proposed", sa.Float(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "revised",
                "kept",
                name="targetdecision",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", store.columns.Instant(), nullable=True),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_survey_target_reviews_decided_once")
        ),
        sa.CheckConstraint(
            "decision <> 'kept' OR words <> ''", name=op.f("ck_survey_target_reviews_kept_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["survey_campaigns.id"], name=op.f("fk_survey_target_reviews_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_survey_target_reviews_decided_by")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_survey_target_reviews")),
    )
