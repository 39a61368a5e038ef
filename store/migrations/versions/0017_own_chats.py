"""Notices come to a colleague's own chat, too."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("chat", sa.String(length=64), nullable=True))
    op.add_column("users", sa.Column("chat_notices", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_users_chat"), "users", ["chat"], unique=True)
