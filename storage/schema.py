"""The tables' shape over time (Alembic), and that database and keys belong together."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlmodel import Session, col, select

from storage.database import DatabaseUnusable, reading, transaction
from storage.sealing import KeyRing, KeysUnusable
from storage.tables import MetaRow

HEAD = "0003"
"""The newest migration; a test holds it against the folder."""
SENTENCE = b"these keys belong to this database"
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, to: str = "head") -> None:
    """Brings the tables to the newest shape, from nothing or from any earlier one.

    `to`: a version to stop at, as a restore does.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, to)


def knows(number: str) -> bool:
    """Whether this program knows that version of the tables."""
    return number.isdigit() and any((MIGRATIONS / "versions").glob(f"{number}_*.py"))


def version(engine: Engine) -> str | None:
    """The migration the database is at; None where it has no tables of ours."""
    with reading(engine) as session:
        connection = session.connection()
        if not inspect(connection).has_table("alembic_version"):
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(row[0]) if row else None


def bind_keys(engine: Engine, keys: KeyRing) -> None:
    """Marks a new database as sealed with these keys; harmless where it is marked already."""
    with transaction(engine) as session:
        if session.get(MetaRow, "keys") is not None:
            check_keys(session, keys)
            return
        session.add(MetaRow(name="keys", sealed=keys.seal(SENTENCE, "meta")))


def check_keys(session: Session, keys: KeyRing) -> None:
    """Raises KeysUnusable unless the keys are those of this database."""
    row = session.exec(select(MetaRow).where(col(MetaRow.name) == "keys")).first()
    if row is None:
        raise DatabaseUnusable("the database was not set up to its end: see `tscp check`")
    check_sentence(row.sealed, keys)


def check_sentence(sealed: bytes, keys: KeyRing) -> None:
    """Raises KeysUnusable unless the keys open a database's sentence."""
    if keys.unseal(sealed, "meta") != SENTENCE:
        raise KeysUnusable("these keys do not belong to this database: put back its own keys")
