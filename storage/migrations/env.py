"""Alembic's entry: runs the migrations on the engine it was handed."""

from alembic import context
from sqlmodel import SQLModel

import storage.service_tables  # noqa: F401  (fills the metadata, with storage.tables)

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
