"""The dialogue: where the bot stands with each chat, its answers and buttons."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OUTGOING = (
    "'acknowledgement', 'reply', 'interim', 'reminder', 'notice', 'survey', 'survey_reminder', "
    "'improvement', 'dialogue'"
)
CHANNELS = (
    *("email", "telegram", "webchat", "wecom", "phone", "fax", "letter", "visit", "onsite", "media"),
    "desk",
)


def upgrade() -> None:
    with op.batch_alter_table("outgoing") as table:
        table.drop_constraint(op.f("ck_outgoing_outgoingkind"), type_="check")
        table.create_check_constraint(op.f("ck_outgoing_outgoingkind"), f"kind IN ({OUTGOING})")
        table.add_column(sa.Column("buttons", store.columns.Json, nullable=True))
    op.add_column(
        "incoming", sa.Column("prompt", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.create_index("ix_incoming_conversation", "incoming", ["conversation", "id"])
    channel = sa.Enum(*CHANNELS, name="channel", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "dialogues",
        sa.Column("channel", channel, nullable=False),
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.String(length=20), nullable=True),
        sa.Column("answered", sa.String(length=20), nullable=True),
        sa.Column("known", store.columns.Json, nullable=False),
        sa.Column("skipped", store.columns.Json, nullable=False),
        sa.Column("enough", sa.Boolean(), nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("said_at", store.columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dialogues_case_id")),
        sa.PrimaryKeyConstraint("channel", "conversation", name=op.f("pk_dialogues")),
    )
    op.create_index(op.f("ix_dialogues_case_id"), "dialogues", ["case_id"])
    op.create_table(
        "dialogue_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", store.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dialogue_answers_case_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_dialogue_answers_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_answers")),
    )
    op.create_index("ix_dialogue_answers_case", "dialogue_answers", ["case_id", "id"])
