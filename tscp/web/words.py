"""How the desk says things: times of London, clocks and states in plain words, letters by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triage.clocks import Clock
from triage.flags.clocks import SOON
from triage.plain_words import counted, day_in_words
from triage.today import Today
from triage.working_days import LONDON

CLOCKS = {
    "notification": "LA notifies the National Panel",
    "tell partners": "LA tells the safeguarding partners",
    "rapid review": "Rapid review sent to the Panel",
    "acknowledgement": "Referral acknowledged",
    "contribution": "Contribution",
    "publication": "Review published",
    "publication copy": "Copy of the review to the Panel",
}
EVENTS = {
    "la aware": "the LA became aware",
    "receipt": "the referral was received",
    "notification sent": "the notification was sent",
    "request": "it was requested",
    "decision": "the decision was made",
}
CONTRIBUTIONS = {
    "expected": "not yet requested",
    "requested": "requested, not yet received",
    "not known to us": "answered: not known to us",
}
LETTERS = {
    "draft": "draft, not sent",
    "waiting": "waiting to be sent",
    "perhaps sent": "perhaps sent: please check",
    "failed": "could not be sent",
    "bounced": "came back undelivered",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A running clock in words; `pressing` is 'overdue', 'due soon' or ''."""

    what: str
    day: str
    left: str
    pressing: str


def due(clock: Clock, today: Today) -> Due:
    """What is due, on which day, and how many working days are left."""
    name, left = CLOCKS.get(clock.name, clock.name), clock.days_left(today)
    what = f"{name}: {today.register.name(clock.agency)}" if clock.agency else name
    day = weekday(clock.due_on)
    if clock.overdue(today.on):
        return Due(what, f"was due {day}", f"overdue by {working_days(-left)}", "overdue")
    said = "due today" if clock.due_on == today.on else f"{working_days(left)} left"
    return Due(what, f"due {day}", said, "due soon" if left <= SOON else "")


def working_days(number: int) -> str:
    """'1 working day', '3 working days'; less than one is said too."""
    return counted(number, "working day") if number else "less than a working day"


def weekday(day: date) -> str:
    """'Friday 27 November 2026'."""
    return f"{day:%A} {day_in_words(day)}"


def short_day(day: date) -> str:
    """'27/11/2026', as people type it."""
    return f"{day:%d/%m/%Y}"


def moment(at: datetime, now: datetime) -> str:
    """'08:41 today', '17:05 yesterday', '09:12 on 3 March 2026', as clocks in London show it."""
    local, today = at.astimezone(LONDON), now.astimezone(LONDON).date()
    if local.date() == today:
        return f"{local:%H:%M} today"
    if local.date() == today - timedelta(days=1):
        return f"{local:%H:%M} yesterday"
    return f"{local:%H:%M} on {day_in_words(local.date())}"


def ago(since: timedelta) -> str:
    """'4 minutes', '3 hours', '2 days': how long something has lasted, cut down."""
    minutes = max(0, int(since.total_seconds() // 60))
    if minutes < 120:
        return counted(minutes, "minute")
    return counted(minutes // 60, "hour") if minutes < 48 * 60 else counted(minutes // 1440, "day")


def letters(initials: str) -> str:
    """'initials J B', for those who hear the page; a '?' is a child without a name."""
    found = [letter for letter in initials if letter.isalnum()]
    return f"initials {' '.join(found)}" if found else "name not given"


def sentence(text: str) -> str:
    """With a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def outcome(value: str | None) -> str:
    """What happened to the child, as far as it was said."""
    return value.capitalize() if value else "Not given"
