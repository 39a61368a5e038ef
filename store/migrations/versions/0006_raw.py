"""What came in names its bytes by file and place: a batch of mails is one file."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("incoming", sa.Column("raw", sa.String(length=100), nullable=True))
    op.execute("UPDATE incoming SET raw = sha256")
    op.drop_column("incoming", "sha256")
