"""E-mails: those that need a person, the whole register, and one message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from fastapi.responses import Response

from triage.working_days import LONDON
from tscp.acts.desk import Refused
from tscp.acts.look import see_message, see_register_page
from tscp.web.case import nowhere
from tscp.web.page import PER_PAGE, shown, turning
from tscp.web.visit import Here

PERSON = "needs a person"
STATES: Sequence[tuple[str, str]] = (
    (PERSON, "Needs a person"),
    ("filed", "Filed to a case"),
    ("ignored", "Ignored"),
    ("received", "Being read"),
    ("all", "All of them"),
)
ADVICE = {
    "unreadable": "Open the e-mail in the mailbox, or ask the sender for the form once more as "
    "Word or PDF, without a password. When it comes, it is read by itself.",
    "bounce": "See in the mailbox which message came back, and look for the right address.",
    "calendar": "Accept or decline it in the mailbox; nothing else is needed here.",
    "ours": "It was sent from our own address: usually nothing is to be done.",
    "other": "Read it in the mailbox. It may belong to a case, be a new referral, or be "
    "nothing for this partnership.",
}
OFFERED = "Read it in the mailbox, and file it to one of the cases offered if it belongs there."
MESSAGE = re.compile(r"M-\d{6,12}")


def show_list(visit: Here, state: str = PERSON, day: str = "", page: int = 1) -> Response:
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
        lines=lines[:PER_PAGE],
        state=state,
        states=STATES,
        day=day[:20],
        wrong=wrong,
        turning=turning("/mail", page, len(lines) > PER_PAGE, **kept),
    )


def show(visit: Here, message: str) -> Response:
    """One message."""
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
        line=line,
        advice=advice if line.state == PERSON else "",
        states=dict(STATES),
    )


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
