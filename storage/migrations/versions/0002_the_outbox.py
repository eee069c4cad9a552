"""the outbox, jobs, switches, troubles"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

String, UTC = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as letters:
        letters.alter_column("case", existing_type=String(), nullable=True)
        letters.alter_column("answers_mail_of", existing_type=UTC(), nullable=True)
        letters.add_column(sa.Column("key", String(), nullable=True))
        for name in ("reason", "released_by", "owner", "domain"):
            letters.add_column(sa.Column(name, String(), nullable=False, server_default=""))
        for name in ("attempts", "claim"):
            letters.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in ("not_before", "lease_until"):
            letters.add_column(sa.Column(name, UTC(), nullable=True))
        letters.add_column(sa.Column("thread", String(), nullable=True))
        letters.add_column(sa.Column("contents", sa.LargeBinary(), nullable=True))
        letters.create_unique_constraint(letters.f("uq_letters_key"), ["key"])
        letters.create_index(letters.f("ix_letters_state"), ["state"], unique=False)
        letters.create_index(letters.f("ix_letters_thread"), ["thread"], unique=False)
    with op.batch_alter_table("letters", schema=None) as letters:
        for name in ("reason", "released_by", "owner", "domain", "attempts", "claim"):
            letters.alter_column(name, server_default=None)
    op.create_index(
        "ix_letters_waiting",
        "letters",
        ["id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "jobs",
        sa.Column("name", String(), nullable=False),
        sa.Column("owner", String(), nullable=False),
        sa.Column("lease_until", UTC(), nullable=True),
        sa.Column("started_at", UTC(), nullable=True),
        sa.Column("ended_at", UTC(), nullable=True),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("reason", String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
    )
    op.create_table(
        "switches",
        sa.Column("name", String(), nullable=False),
        sa.Column("at", UTC(), nullable=False),
        sa.Column("by", String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )
    op.create_table(
        "troubles",
        sa.Column("name", String(), nullable=False),
        sa.Column("said", String(), nullable=False),
        sa.Column("since", UTC(), nullable=False),
        sa.Column("told_at", UTC(), nullable=True),
        sa.Column("reminded_at", UTC(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_troubles")),
    )
