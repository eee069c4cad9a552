"""The outbox to the mail server: one letter at a time, and the truth about each at every moment.

A letter is 'perhaps sent' from the moment its content may reach the server until the server has
answered. What surely did not leave is tried again, later each time; what may have left is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parseaddr

import structlog
from sqlmodel import Session

from storage import audit, letter_acts, outbox, sending, switches
from storage.cases import load
from storage.database import one_writer, reading, transaction
from storage.filing import add_facts, refresh
from storage.outbox import OutboxLine
from storage.sending import LetterLost
from triage.case import Case, ContributionFact
from triage.chasing import due_on
from triage.letters import RULE, SHADOW, verdict
from triage.today import LetterRules
from triage.working_days import london_day
from tscp.acts.chase import SERVICE, unwanted
from tscp.acts.desk import Desk
from tscp.acts.letter_words import letter_in_words
from tscp.mail_out.addresses import Unusable
from tscp.mail_out.render import TemplateWrong, email_of
from tscp.mail_out.smtp import MailerUnavailable, NotAccepted, PerhapsAccepted, SmtpLink, SmtpMailer

log = structlog.get_logger()

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240, 240, 240, 240, 240))
"""How long a refused letter waits before each further try: a day in all, then a person decides."""
AGAIN = timedelta(minutes=1)
"""How long a letter waits when it could not even be offered to the server."""
NO_SERVER = "no [smtp] is set: letters wait in the outbox"


class Held(Exception):
    """A person stopped all letters while this one was on its way."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round went. `reason` says why no more left, '' where nothing stood in the way.

    `later` means that trying again may help: the mail server could not be reached.
    """

    sent: int = 0
    failed: int = 0
    perhaps: int = 0
    reason: str = ""
    later: bool = False


def any_letters(desk: Desk) -> bool:
    """Whether a letter waits that could leave at this moment."""
    with reading(desk.engine) as session:
        return outbox.waiting_since(session, desk.now()) is not None


def deliver(
    desk: Desk, mailer: SmtpMailer | None, stopping: Callable[[], bool] = lambda: False
) -> Delivered:
    """Sends what may leave now, until there is no more or `stopping` says so."""
    with reading(desk.engine) as session:
        held = switches.switched(session, switches.HELD)
        restored = switches.switched(session, switches.RESTORED)
        waiting = outbox.waiting_since(session, desk.now())
    rules = replace(desk.letters, restored_at=restored.at if restored else None)
    if held is not None:
        return Delivered(reason=f"all letters are held by {held.by}")
    if rules.live_from is None or desk.now() < rules.live_from:
        return Delivered(reason=SHADOW)
    if mailer is None or waiting is None:
        return Delivered(reason=NO_SERVER if waiting else "")
    return _round(desk, mailer, rules, stopping)


def _round(
    desk: Desk, mailer: SmtpMailer, rules: LetterRules, stopping: Callable[[], bool]
) -> Delivered:
    ends: Counter[str] = Counter()
    reason, later, link = "", False, None
    with ExitStack() as stack:
        while not (stopping() or reason) and (mine := _claimed(desk, rules)) is not None:
            try:
                if why := unwanted(desk, mine):
                    end = _cancelled(desk, mine, why)
                else:
                    link = link or stack.enter_context(mailer.connect())
                    end = _one(desk, link, mine)
                    link = None if end == "perhaps sent" else link  # that connection is closed
            except (MailerUnavailable, Held) as error:
                reason, later, end = str(error), isinstance(error, MailerUnavailable), "waiting"
                _put_back(desk, mine, reason, desk.now() + AGAIN, mine.attempts - 1)
            ends[end] += 1
            log.info("letter_ended", letter=mine.id, kind=mine.kind, state=end)
    return Delivered(ends["sent"], ends["failed"], ends["perhaps sent"], reason, later)


def _claimed(desk: Desk, rules: LetterRules) -> OutboxLine | None:
    with transaction(desk.engine) as session:
        return sending.claim(
            session,
            desk.keys,
            desk.now(),
            lambda letter: verdict(letter, rules, desk.now(), desk.calendar),
        )


def _one(desk: Desk, link: SmtpLink, mine: OutboxLine) -> str:
    """Offers one letter to the server; the state it came to.

    Raises MailerUnavailable or Held, where it surely did not leave.
    """
    sender, identifier = desk.office.sender, _identifier(desk, mine)
    with reading(desk.engine) as session:
        case = load(session, desk.keys, [mine.case])[mine.case] if mine.case else None
    try:
        mail = email_of(
            letter_in_words(desk, mine, case),
            mine.to,
            sender,
            identifier,
            desk.now(),
            mine.contents.get("in_reply_to"),
            automatic=mine.released_by == RULE,
        )
        link.send(mail, sender, mine.to, lambda: _handing_over(desk, mine, identifier))
    except (Unusable, TemplateWrong) as error:
        return _failed(desk, mine, str(error))
    except NotAccepted as error:
        return _refused(desk, mine, error)
    except PerhapsAccepted:
        return _unknown(desk, mine)
    except LetterLost:
        return "taken over"
    return _sent(desk, mine)


def _identifier(desk: Desk, letter: OutboxLine) -> str:
    """Its Message-ID, the same at every try, so that a second copy can be told as one."""
    domain = parseaddr(desk.office.sender)[1].rpartition("@")[2]
    return f"<{desk.keys.blind(f'letter {letter.number}')}@{domain}>"


def _handing_over(desk: Desk, mine: OutboxLine, identifier: str) -> None:
    with transaction(desk.engine) as session:
        if switches.switched(session, switches.HELD) is not None:
            raise Held("all letters are held")
        sending.handing_over(session, mine, desk.keys.blind(identifier), desk.now())


def _sent(desk: Desk, mine: OutboxLine) -> str:
    """The server took it. A request sent is a request made: its agency's clock starts."""
    now = desk.now()

    def write(session: Session) -> None:
        sending.sent(session, mine, now)
        if mine.case is None:
            return
        if mine.kind == "request" and mine.agency:
            case = load(session, desk.keys, [mine.case])[mine.case]
            add_facts(session, desk.keys, mine.case, [_requested(desk, mine, case, now)])
        refresh(session, desk.keys, mine.case, desk.today())

    return _end(desk, mine, "sent", write)


def _requested(desk: Desk, mine: OutboxLine, case: Case, now: datetime) -> ContributionFact:
    assert mine.agency is not None
    day = london_day(now)
    due = due_on(case, desk.today(), day)
    why = f"letter {mine.id}"
    return ContributionFact(mine.agency, "requested", day, now, _actor(mine), why, due_on=due)


def _refused(desk: Desk, mine: OutboxLine, error: NotAccepted) -> str:
    """Refused for good, or a day long: a person decides. Else tried again later."""
    if error.permanent or mine.attempts > len(WAITS):
        return _failed(desk, mine, error.said)
    not_before = desk.now() + WAITS[mine.attempts - 1]
    return _put_back(desk, mine, error.said, not_before, mine.attempts)


def _put_back(
    desk: Desk, mine: OutboxLine, reason: str, not_before: datetime, attempts: int
) -> str:
    def write(session: Session) -> None:
        sending.put_back(session, mine, reason, not_before, attempts)

    return _end(desk, mine, "waiting", write)


def _failed(desk: Desk, mine: OutboxLine, reason: str) -> str:
    return _end(desk, mine, "failed", lambda session: sending.failed(session, mine, reason))


def _unknown(desk: Desk, mine: OutboxLine) -> str:
    return _end(desk, mine, "perhaps sent", lambda session: sending.unknown(session, mine))


def _cancelled(desk: Desk, mine: OutboxLine, why: str) -> str:
    def write(session: Session) -> None:
        letter_acts.cancel(session, mine.number, why)

    return _end(desk, mine, "cancelled", write)


def _end(desk: Desk, mine: OutboxLine, state: str, write: Callable[[Session], None]) -> str:
    """Writes what became of a letter, and its audit; one taken over meanwhile stays as it is."""
    try:
        with transaction(desk.engine) as session:
            one_writer(session)
            write(session)
            act = f"letter {state}: {mine.id}, {mine.kind}"
            audit.append(session, _actor(mine), act, mine.case or mine.id, desk.now())
    except LetterLost:
        return "taken over"
    return state


def _actor(mine: OutboxLine) -> str:
    return SERVICE if mine.released_by == RULE else mine.released_by
