"""Whole mails attached to a mail are kept with it: what somebody passes on as evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("forwarded", sa.JSON(none_as_null=True), nullable=True))
