"""Web chats are taken along and tied by codes, answered by mail when left, and know what was read."""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OUTGOING = (
    "'acknowledgement', 'reply', 'interim', 'reminder', 'notice', 'survey', 'survey_reminder', "
    "'improvement', 'dialogue', 'chat_copy'"
)


def upgrade() -> None:
    op.create_table(
        "chat_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=200), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", store.columns.Instant(), nullable=False),
        sa.Column("used_at", store.columns.Instant(), nullable=True),
        sa.CheckConstraint(
            "(conversation IS NULL) <> (contact_id IS NULL)", name=op.f("ck_chat_codes_for_one_thing")
        ),
        sa.CheckConstraint(
            "contact_id IS NULL OR made_by IS NOT NULL", name=op.f("ck_chat_codes_given_by_us")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_chat_codes_contact_id")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_chat_codes_made_by")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_chat_codes")),
    )
    op.create_index("ix_chat_codes_conversation", "chat_codes", ["conversation"])
    op.create_index("ix_chat_codes_contact_id", "chat_codes", ["contact_id"])
    op.create_table(
        "chat_mails",
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("given_at", store.columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_chat_mails")),
    )
    op.create_table(
        "chat_reads",
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", store.columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_chat_reads_message_id")),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_chat_reads")),
    )
    with op.batch_alter_table("outgoing") as table:
        table.drop_constraint(op.f("ck_outgoing_outgoingkind"), type_="check")
        table.create_check_constraint(op.f("ck_outgoing_outgoingkind"), f"kind IN ({OUTGOING})")
