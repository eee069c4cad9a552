"""Silence is noticed: what is wrong with the service is remembered, and administrators are told.

In shadow mode nobody is told; the desk shows it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlmodel import Session

from storage import audit, outbox, polls, switches, troubles, watching
from storage.database import one_writer, reading, transaction
from storage.polls import LastPoll
from triage import service_facts
from triage.letters import TO_AGENCIES, Letter, working_hours
from triage.service_facts import LetterFacts, MailboxFacts, ServiceFacts
from triage.summary_period import short_moment
from triage.troubles import Alert, follow
from tscp.acts.desk import Desk

log = structlog.get_logger()

SERVICE = "service"


def watch(desk: Desk, mailboxes: Sequence[str], started_at: datetime | None = None) -> None:
    """Looks at the service once; to be called every minute.

    `mailboxes` are the names of those in the settings, `started_at` when the service started
    (UTC; None: none runs, and mailboxes are polled from outside).
    """
    now = desk.now()
    live = desk.letters.live(now)
    with reading(desk.engine) as session:
        found = service_facts.troubles(_facts(desk, session, mailboxes, started_at, now))
        before = troubles.remembered(session)
    tell = live and bool(desk.office.alerts_to)
    after, alerts = follow(before, found, now, tell)
    if after != before or alerts:
        with transaction(desk.engine) as session:
            one_writer(session)
            after, alerts = follow(troubles.remembered(session), found, now, tell)
            troubles.remember(session, after)
            for alert in alerts:
                _tell(desk, session, alert, now)
    if live and desk.office.urgent_to:
        _tell_of_risk(desk, now)


def _facts(
    desk: Desk,
    session: Session,
    mailboxes: Sequence[str],
    started_at: datetime | None,
    now: datetime,
) -> ServiceFacts:
    polled = {poll.mailbox: poll for poll in polls.last(session)}
    free, size = desk.originals.disk()
    return ServiceFacts(
        now=now,
        started_at=started_at,
        silent_after=desk.office.silent_after,
        mailboxes=tuple(_mailbox(name, polled.get(name)) for name in mailboxes),
        backlog=watching.backlog(session, now),
        letters=_letters(desk, session, now),
        failed_jobs=watching.failed_jobs(session, now),
        disk_free=free,
        disk_size=size,
        latest_entry=watching.latest_entry(session),
    )


def _mailbox(name: str, poll: LastPoll | None) -> MailboxFacts:
    if poll is None:
        return MailboxFacts(name)
    return MailboxFacts(name, poll.tried_at, poll.good_at, poll.refused, poll.reason)


def _letters(desk: Desk, session: Session, now: datetime) -> LetterFacts:
    """Without what may not leave anyway: held, in shadow mode, or out of working hours."""
    stopped = switches.switched(session, switches.HELD) or not desk.letters.live(now)
    not_now = () if working_hours(now, desk.calendar) else TO_AGENCIES
    return watching.letters(session, now, not_now, none_may=bool(stopped))


def _tell(desk: Desk, session: Session, alert: Alert, now: datetime) -> None:
    trouble = alert.trouble
    values = {"said": trouble.said, "since": short_moment(trouble.since)}
    values["what_to_do"] = trouble.what_to_do
    if alert.stage == "over":
        values["over"] = short_moment(trouble.gone_at or now)
    elif alert.stage == "reminder":
        values["reminder"] = "yes"
    troubles.cancel_alerts(session, alert.episode)
    for address in desk.office.alerts_to:
        _queue(desk, session, f"{alert.key} {_of(desk, address)}", address, values, now)
    audit.append(session, SERVICE, f"alert {alert.stage}: {trouble.name}", "", now)
    log.warning("trouble_told", kind=trouble.name, state=alert.stage)


def _tell_of_risk(desk: Desk, now: datetime) -> None:
    """At once, by reference only, of cases received since letters went live."""
    live_from = desk.letters.live_from
    assert live_from is not None
    with reading(desk.engine) as session:
        untold = watching.urgent_untold(session, live_from)
    for reference in untold:
        with transaction(desk.engine) as session:
            for address in desk.office.urgent_to:
                key = f"urgent {reference} {_of(desk, address)}"
                _queue(desk, session, key, address, {}, now, reference)
            audit.append(session, SERVICE, "urgent alert", reference, now)
        log.info("risk_told", reference=reference)


def _queue(
    desk: Desk,
    session: Session,
    key: str,
    address: str,
    values: dict[str, str],
    now: datetime,
    case: str | None = None,
) -> None:
    letter = Letter("alert", address, state="waiting", key=key, contents=values)
    outbox.add(session, desk.keys, letter, now, case)


def _of(desk: Desk, address: str) -> str:
    """The address as a keyed hash, for keys of letters are not sealed."""
    return desk.keys.blind(f"alert {address.lower()}")
