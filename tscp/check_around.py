"""What the service needs around it: a clock, room, templates, a server that takes its letters."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.settings import Settings
from parsers.readers.office_program import office_programs
from parsers.readers.scan_tesseract import installed as tesseract_installed
from storage import schema, watching
from storage.database import open_database, reading
from triage.problem import Explained
from triage.service_facts import CLOCKS_DIFFER, disk_low
from triage.summary_period import short_moment
from triage.working_days import LONDON
from tscp.compose import letter_rules_of, mailer_of, worker_of

Look = Callable[[], str]
APART = timedelta(minutes=1)
"""So far the database's clock may be from this machine's."""


class Amiss(Explained):
    """What is wrong, and what to do."""


def looks(settings: Settings, now: Callable[[], datetime]) -> Iterator[tuple[str, Look]]:
    """What is looked at, and how; each raises Explained where something is wrong."""
    yield "disk", lambda: _disk(settings.data)
    yield "clock", lambda: _clock(settings, now)
    yield "reading of documents", lambda: _walls(settings)
    yield "templates", _templates
    yield "old documents", _old_documents
    yield "scans", _scans
    yield "letters", lambda: _letters(settings, now())
    if settings.smtp is not None:
        yield "sending server", lambda: _sending(settings)


def _disk(data: Path) -> str:
    there = next(path for path in (data, *data.parents) if path.exists())
    usage = shutil.disk_usage(there)
    if disk_low(usage.free, usage.total):
        raise Amiss(
            f"{usage.free // 1_000_000} MB of {usage.total // 1_000_000_000} GB free: make room, or"
            " mail will wait in the mailbox"
        )
    return f"{usage.free // 1_000_000_000} GB free"


def _clock(settings: Settings, now: Callable[[], datetime]) -> str:
    """Raises also what the database raises when it cannot be asked."""
    if datetime(2026, 7, 1, tzinfo=UTC).astimezone(LONDON).utcoffset() != timedelta(hours=1):
        raise Amiss("London's summer time is not known: install the tzdata package anew")
    if not settings.data.exists():
        return f"{short_moment(now())} in London"
    engine = open_database(settings.database)
    try:
        if schema.version(engine) != schema.HEAD:
            return f"{short_moment(now())} in London; the database is not ready to be asked"
        with reading(engine) as session:
            latest, theirs = watching.latest_entry(session), watching.database_time(session)
    finally:
        engine.dispose()
    _compared(now(), latest, theirs)
    return f"{short_moment(now())} in London; it was not set back"


def _compared(ours: datetime, latest: datetime | None, theirs: datetime | None) -> None:
    if latest is not None and latest - ours > CLOCKS_DIFFER:
        raise Amiss(
            f"it was set back: something was noted {short_moment(latest)}, and it is"
            f" {short_moment(ours)}; check this machine's time and its time server"
        )
    if theirs is not None and abs(theirs - ours) > APART:
        raise Amiss(
            f"the database server's clock says {short_moment(theirs)}, this machine's"
            f" {short_moment(ours)}; let both follow one time server"
        )


def _walls(settings: Settings) -> str:
    """What keeps a document that took over its reader from everything else."""
    worker = worker_of(settings)
    try:
        worker.start()
        walls = worker.walls
    finally:
        worker.close()
    cut = [name for name in ("namespace", "filter") if name in walls]
    if not cut:
        raise Amiss(
            "no process to read them can be started that is cut off the network: allow user"
            " namespaces or seccomp to ordinary programs, or run the service where they are"
        )
    files = "programs' only" if "files" in walls else "as any program (no Landlock in this kernel)"
    return f"no network (by {' and '.join(cut)}); files: {files}"


def _old_documents() -> str:
    """Not wrong where it is missing: such documents then go to a person, with the reason."""
    if office_programs() is None:
        return (
            "LibreOffice is not installed: .doc, .rtf and .odt go to a person"
            " (on Debian: apt-get install --no-install-recommends libreoffice-writer-nogui)"
        )
    return "LibreOffice is there to read .doc, .rtf and .odt"


def _scans() -> str:
    """Not wrong where it is missing: scans then go to a person, with the reason."""
    if not tesseract_installed():
        return (
            "scans cannot be read on this machine and go to a person"
            " (on Debian: apt-get install tesseract-ocr)"
        )
    return "Tesseract is there to read scans and photographs"


def _templates() -> str:
    from tscp.mail_out.templates_checked import check_templates

    mistakes = check_templates()
    if mistakes:
        raise Amiss("; ".join(mistakes))
    return "every letter can be written"


def _letters(settings: Settings, now: datetime) -> str:
    """Not wrong in itself, but to be known: whether letters leave, and who is told of trouble."""
    rules = letter_rules_of(settings)
    live = "letters leave" if rules.live(now) else "shadow mode, nothing is sent"
    if rules.live_from is not None and not rules.live(now):
        live += f" before {short_moment(rules.live_from)}"
    missing = [
        said
        for said, there in (
            ("no sending server ([smtp])", settings.smtp),
            ("nobody gets the summary ([summary] to)", settings.summary.to),
            ("nobody is told of trouble ([alerts] to)", settings.alerts.to),
            ("nobody is told of risk now ([alerts] urgent_to)", settings.alerts.urgent_to),
        )
        if not there
    ]
    return "; ".join([live, *missing])


def _sending(settings: Settings) -> str:
    mailer = mailer_of(settings)
    assert mailer is not None
    with mailer.connect():
        return "lets the service in; nothing was sent"
