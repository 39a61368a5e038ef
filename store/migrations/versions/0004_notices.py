"""What one of us is told is kept as a rule with its values, and worded when it is read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing", sa.Column("wording", sa.String(length=40), nullable=True))
    op.add_column("outgoing", sa.Column("details", sa.JSON(none_as_null=True), nullable=True))
