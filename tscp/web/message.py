"""E-mails: those that need a person, the whole register, and one message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from fastapi.responses import Response

from storage.cases import load
from storage.database import reading
from storage.register import RegisterLine
from triage.queue import queue_entry
from triage.working_days import LONDON
from tscp.acts.desk import Refused
from tscp.acts.look import see_message, see_register_page
from tscp.web.acting import FRESH, Attempt
from tscp.web.case_form import nowhere
from tscp.web.page import PER_PAGE, shown, turning
from tscp.web.visit import Here, Visit

PERSON = "needs a person"
STATES: Sequence[tuple[str, str]] = (
    (PERSON, "Needs a person"),
    ("filed", "Filed to a case"),
    ("ignored", "Ignored"),
    ("received", "Being read"),
    ("all", "All of them"),
)
ADVICE = {
    "unreadable": "Where it has a password that you were told, read it again with it below. Else "
    "open the e-mail in the mailbox, or ask the sender for the form once more as Word or PDF, "
    "without a password. When it comes, it is read by itself.",
    "bounce": "See in the mailbox which message came back, and look for the right address.",
    "calendar": "Accept or decline it in the mailbox; nothing else is needed here.",
    "ours": "It was sent from our own address: usually nothing is to be done.",
    "other": "Read it in the mailbox. It may belong to a case, be a new referral, or be "
    "nothing for this partnership.",
}
OFFERED = "Read it in the mailbox, and file it to one of the cases offered if it belongs there."
OFFERED_FOR = re.compile(r"(TSCP-\d{4}-\d{4,9}) \(([^)]*)\)")
"""A case and why it is offered, as the reason of a message says it."""
MESSAGE = re.compile(r"M-\d{6,12}")


def show_list(
    visit: Here, state: str = PERSON, day: str = "", page: int = 1, done: str = ""
) -> Response:
    """A page of the register, by state and by the day of receipt."""
    page = max(1, min(page, 100_000))
    state = state if state in dict(STATES) else PERSON
    wanted, wrong = _day(day)
    lines = see_register_page(
        visit.desk,
        visit.name,
        None if state == "all" else state,
        _received(wanted),
        PER_PAGE + 1,
        PER_PAGE * (page - 1),
    )
    kept = {"state": state.replace(" ", "+"), "day": wanted.isoformat() if wanted else ""}
    return shown(
        visit,
        "mail.html",
        "mail",
        done=done,
        lines=lines[:PER_PAGE],
        state=state,
        states=STATES,
        day=day[:20],
        wrong=wrong,
        turning=turning("/mail", page, len(lines) > PER_PAGE, **kept),
    )


def show(visit: Here, message: str, done: str = "") -> Response:
    """One message."""
    return page(visit, message, FRESH, done)


def page(visit: Visit, message: str, attempt: Attempt, done: str = "") -> Response:
    """The page of a message with its forms."""
    if not MESSAGE.fullmatch(message):
        return nowhere(visit, "A message's number looks like M-000123.")
    try:
        line = see_message(visit.desk, message, visit.name)
    except Refused:
        return nowhere(visit, f"There is no message {message}.")
    advice = OFFERED if line.offered else ADVICE.get(line.kind or "other", ADVICE["other"])
    return shown(
        visit,
        "message.html",
        status=attempt.status,
        done=done,
        attempt=attempt,
        line=line,
        stands=stands(line),
        choices=_choices(visit, line),
        protected=any(flag.name == "protected mail" for flag in line.flags),
        acts_here=visit.does("settle e-mails") and line.state != "received",
        advice=advice if line.state == PERSON else "",
        states=dict(STATES),
    )


def stands(line: RegisterLine) -> str:
    """How a message stands, to tell whether somebody settled it while the page was open."""
    return " ".join((line.state, *line.cases))


def _choices(visit: Visit, line: RegisterLine) -> list[tuple[str, str, str]]:
    """The cases offered, each with why and what it is: initials and age, as in the queue."""
    desk, whys = visit.desk, dict(OFFERED_FOR.findall(line.reason))
    with reading(desk.engine) as session:
        cases = load(session, desk.keys, line.offered)
    entries = [queue_entry(case, desk.today()) for case in cases.values()]
    return [
        (
            e.reference,
            f"File it to {e.reference}",
            "; ".join(
                part
                for part in (
                    whys.get(e.reference, ""),
                    ", ".join(f"{i} {age}" for i, age in zip(e.initials, e.ages, strict=True)),
                    e.state,
                    f"with {e.assigned_to}" if e.assigned_to else "with nobody yet",
                )
                if part
            ),
        )
        for e in entries
    ]


def _day(text: str) -> tuple[date | None, str]:
    """A day as a browser's date field sends it, or as people type it; and what is wrong with it."""
    if not text.strip():
        return None, ""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date(), ""
        except ValueError:
            continue
    return None, "A day looks like 27/11/2026"


def _received(day: date | None) -> tuple[datetime, datetime] | None:
    """From the beginning of a day in London to the beginning of the next."""
    if day is None or not 1970 < day.year < 9000:
        return None
    begins = (datetime.combine(d, time(), LONDON) for d in (day, day + timedelta(days=1)))
    first, last = (moment.astimezone(UTC) for moment in begins)
    return first, last
