"""troubles are followed from their beginning to their end; a poll says that it was refused"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UTC = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("polls", schema=None) as polls:
        polls.add_column(
            sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("troubles", schema=None) as troubles:
        troubles.add_column(
            sa.Column("stands", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        troubles.add_column(sa.Column("gone_at", UTC(), nullable=True))
    for table, column in (("polls", "refused"), ("troubles", "stands")):
        with op.batch_alter_table(table, schema=None) as altered:
            altered.alter_column(column, server_default=None)
