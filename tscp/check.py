"""Is this installation sound? Each finding in a sentence, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from config.settings import Settings
from parsers.vocabulary_check import check as check_vocabularies
from storage import schema
from storage.database import open_database, reading
from storage.installation import refuse_half_restored
from storage.sealing import KeyRing
from triage.problem import Explained
from tscp.check_around import looks
from tscp.compose import FORMS, sources_of, utc_now
from tscp.registers import agencies_of, calendar_of, clocks_of
from tscp.tokens import certificates_of

ROOMS = ("intake", "parsers", "triage", "storage", "config", "tscp")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    ok: bool
    said: str


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything that can be looked at without changing anything."""
    yield _tried("program", _rooms)
    yield _tried("data files", lambda: _data_files(settings))
    yield _tried("form vocabularies", lambda: _vocabularies(settings))
    yield _tried("keys", lambda: _keys(settings))
    yield _tried("database", lambda: _database(settings))
    for what, look in looks(settings, utc_now):
        yield _tried(what, look)
    for what, look in certificates_of(settings, utc_now):
        yield _tried(what, look)
    for source in sources_of(settings):

        def reach(source=source) -> str:  # type: ignore[no-untyped-def]
            mailbox = source.open()
            try:
                # Every place counts as seen: it signs in and looks, and fetches nothing.
                next(iter(mailbox.new_messages(lambda _place: True)), None)
            finally:
                mailbox.close()
            return "can be read"

        yield _tried(f"mailbox {source.name}", reach)


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except (Explained, _Wrong) as error:
        return Finding(what, False, str(error))


class _Wrong(Exception):
    """What is wrong, and what to do."""


def _rooms() -> str:
    homes = {Path(import_module(room).__file__ or "").parents[1] for room in ROOMS}
    if len(homes) != 1:
        raise _Wrong(
            "its parts come from different places: install it in an environment of its own"
        )
    return f"all {len(ROOMS)} parts lie together"


def _data_files(settings: Settings) -> str:
    from config.settings import HERE

    register = agencies_of([HERE / "agencies.toml", *settings.agencies])
    clocks_of([HERE / "clocks.toml", *settings.clocks])
    calendar = calendar_of([HERE / "bank_holidays.toml", *settings.holidays])
    return f"{len(register.agencies)} agencies, {len(calendar.holidays)} bank holidays"


def _vocabularies(settings: Settings) -> str:
    errors = check_vocabularies([*FORMS, *settings.forms])
    if errors:
        raise _Wrong("; ".join(errors))
    return "sound"


def _keys(settings: Settings) -> str:
    if not settings.keys.is_dir() and not settings.data.exists():
        return "none yet: made at the first start"
    KeyRing.load(settings.keys)
    return f"readable by their owner only; keep a copy of {settings.keys} apart from the data"


def _database(settings: Settings) -> str:
    if not settings.data.exists():
        return "none yet: made at the first start"
    refuse_half_restored(settings.data)
    engine = open_database(settings.database)
    try:
        version = schema.version(engine)
        if version != schema.HEAD:
            raise _Wrong(f"tables at version {version or 'none'}: run `tscp migrate`")
        with reading(engine) as session:
            schema.check_keys(session, KeyRing.load(settings.keys))
    finally:
        engine.dispose()
    return f"tables at version {version}, and its keys fit"
