"""The composition root: settings in, every room's objects out. The only place that knows both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from config.mail_settings import MailboxSettings, SmtpSettings
from config.settings import HERE, Settings
from intake.mailbox import Mailbox, MailboxUnavailable
from parsers.worker import Worker
from storage.installation import open_installation
from storage.originals import FileOriginals
from triage.today import LetterRules
from tscp.acts.desk import Desk, Office
from tscp.acts.poll import Source, poll
from tscp.answers_by_hand import answers_by_hand
from tscp.registers import agencies_of, calendar_of, clocks_of
from tscp.tokens import tokens_of

if TYPE_CHECKING:
    from tscp.mail_out.smtp import SmtpMailer
    from tscp.schedule import Job

RECYCLE_AFTER = 1000
"""Calls after which the reading worker is replaced; a half-full one is replaced at once. A start
costs more than a second, and opening a message is a call too."""
OFTEN = 5.0
"""Seconds between two looks whether a message or a letter waits."""
MINUTE = 60.0
MICROSOFT = (".office365.com", ".outlook.com")
FORMS = tuple(sorted((HERE / "forms").glob("*.toml")))


def utc_now() -> datetime:
    """The clock; handed to acts, asked nowhere else."""
    return datetime.now(UTC)


def worker_of(settings: Settings) -> Worker:
    """The reading worker, with the built-in vocabularies and those of the settings."""
    register = agencies_of([HERE / "agencies.toml", *settings.agencies])
    forms = [str(path) for path in (*FORMS, *settings.forms)]
    return Worker(
        settings.limits.document_seconds,
        settings.limits.worker_megabytes,
        "parsers.warm:set_up",
        (forms, register.aliases()),
        recycle_after=RECYCLE_AFTER,
        most_seconds=settings.limits.scan_seconds,
    )


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """A desk on the settings' data; the database and the worker are let go at the end."""
    engine, keys = open_installation(settings.data, settings.keys, settings.database)
    worker = worker_of(settings)
    register = agencies_of([HERE / "agencies.toml", *settings.agencies])
    try:
        yield Desk(
            engine=engine,
            keys=keys,
            originals=FileOriginals(settings.data / "originals", keys),
            worker=worker,
            now=utc_now,
            calendar=calendar_of([HERE / "bank_holidays.toml", *settings.holidays]),
            clocks=clocks_of([HERE / "clocks.toml", *settings.clocks]),
            register=register,
            ask_below=settings.limits.ask_below,
            own_addresses=own_addresses_of(settings),
            letters=letter_rules_of(settings),
            office=office_of(settings),
            trusted=trusted_of(settings),
            answer_by_hand=answers_by_hand((*FORMS, *settings.forms), register),
        )
    finally:
        worker.close()
        engine.dispose()


def own_addresses_of(settings: Settings) -> frozenset[str]:
    """Our own addresses: those of the settings, the sender's, and the mailboxes' user names."""
    named = [*settings.letters.own_addresses, *(box.username for box in settings.mailbox)]
    if settings.smtp is not None:
        named.append(parseaddr(settings.smtp.sender)[1])
    return frozenset(address.lower() for address in named if "@" in address)


def letter_rules_of(settings: Settings) -> LetterRules:
    """From when letters leave, and which leave by themselves."""
    said = settings.letters
    return LetterRules(
        live_from=said.live_from,
        acknowledgement=said.acknowledgement,
        request=said.request,
        chaser=said.chaser,
        escalation=said.escalation,
        most_per_case=said.most_per_case,
        most_per_domain=said.most_per_domain,
        most_per_hour=said.most_per_hour,
    )


def office_of(settings: Settings) -> Office:
    """From whom letters come, and whom the service tells of itself."""
    hour, minute = settings.summary.at.split(":")
    return Office(
        sender=settings.smtp.sender if settings.smtp else "",
        base_url=settings.web.base_url,
        summary_to=settings.summary.to,
        summary_at=time(int(hour), int(minute)),
        alerts_to=settings.alerts.to,
        urgent_to=settings.alerts.urgent_to,
        silent_after=timedelta(seconds=settings.alerts.silent_after),
    )


def mailer_of(settings: Settings) -> SmtpMailer | None:
    """The server that takes our letters; None where none is set. Raises Explained."""
    from tscp.mail_out.smtp import SmtpMailer

    smtp = settings.smtp
    if smtp is None:
        return None
    return SmtpMailer(
        smtp.host,
        smtp.port,
        smtp.tls,
        smtp.ca_file,
        smtp.username,
        password_of(smtp),
        tokens=tokens_of(smtp.oauth, utc_now) if smtp.oauth else None,
    )


def jobs_of(settings: Settings, desk: Desk) -> tuple[Job, ...]:
    """Everything the running service does by itself."""
    from tscp.acts.chase import chase
    from tscp.acts.process import any_waiting, process_waiting
    from tscp.acts.send import any_letters, deliver
    from tscp.acts.summarise import queue_summary
    from tscp.acts.watch import watch
    from tscp.schedule import Job

    often = min(OFTEN, settings.poll.every)
    sources = sources_of(settings)
    names, started_at = [one.name for one in settings.mailbox], desk.now()

    def send() -> None:
        deliver(desk, mailer_of(settings), desk.stopping)

    return (
        Job("poll", settings.poll.every, lambda: poll(desk, sources)),
        Job("process", often, lambda: list(process_waiting(desk)), lambda: any_waiting(desk)),
        Job("letters", often, send, lambda: any_letters(desk)),
        Job("chase", 5 * MINUTE, lambda: chase(desk)),
        Job("summary", MINUTE, lambda: queue_summary(desk, started_at)),
        Job("watch", MINUTE, lambda: watch(desk, names, started_at)),
    )


def trusted_of(settings: Settings) -> frozenset[str]:
    """Servers whose word on a sender counts; Microsoft 365 signs with no name ('')."""
    named = {name.lower() for box in settings.mailbox for name in box.authentication_servers}
    microsoft = any(
        box.host.endswith((".office365.com", ".outlook.com")) for box in settings.mailbox
    )
    return frozenset(named | {""} if microsoft else named)


def sources_of(settings: Settings) -> list[Source]:
    """The mailboxes to be polled, each opened only when its turn comes."""
    limit = settings.limits.message_megabytes * 1_000_000
    return [
        Source(one.name, lambda one=one: _open(one, limit), one.starts_at)  # type: ignore[misc]
        for one in settings.mailbox
    ]


def _open(one: MailboxSettings, limit: int) -> Mailbox:
    if one.kind == "maildir":
        from intake.maildir import MaildirMailbox

        assert one.path is not None
        return MaildirMailbox(one.name, one.path, limit)
    from intake.imap import ImapMailbox

    return ImapMailbox(
        name=one.name,
        host=one.host,
        port=one.port,
        tls=one.tls,
        ca_file=one.ca_file,
        username=one.username,
        password=password_of(one),
        folder=one.folder,
        message_bytes_limit=limit,
        tokens=tokens_of(one.oauth, utc_now) if one.oauth else None,
    )


def password_of(one: MailboxSettings | SmtpSettings) -> str:
    """The password of a mailbox or of the sending server, '' where tokens are used.

    Raises Explained if it cannot be read.
    """
    if one.password is not None:
        return one.password.get_secret_value()
    return _secret(one.password_file) if one.password_file is not None else ""


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise MailboxUnavailable(f"the password cannot be read from {file}") from None
