"""The texts of mail that leaves, by Jinja2, as plain text and as HTML that loads nothing."""

from __future__ import annotations

import textwrap
from datetime import date, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from triage.plain_words import counted, day_in_words
from triage.summary import Due, Outstanding, Summary
from triage.working_days import LONDON

ENVIRONMENT = Environment(
    loader=PackageLoader("tscp.mail_out"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _time(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M} on {_short(local.date())}"


def _left(due: Due) -> str:
    """'2 working days left, day 13 of 15', 'overdue by 1 working day'."""
    if due.overdue:
        late = counted(-due.days_left, "working day")
        return f"overdue by {late}" if due.days_left else "overdue"
    left = f"{counted(due.days_left, 'working day')} left" if due.days_left else "today"
    return f"{left}, day {due.working_day} of {due.length}"


def _outstanding(item: Outstanding) -> str:
    """'2 requested (1 overdue), 3 not yet requested; waiting since Mon 2 Nov'."""
    overdue = f" ({item.overdue} overdue)" if item.overdue else ""
    asked = f"{item.requested} requested{overdue}, " if item.requested else ""
    since = f"; waiting since {_short(item.waiting_since)}" if item.waiting_since else ""
    return f"{asked}{item.not_yet_requested} not yet requested{since}"


def _fold(text: str) -> str:
    """A line of the text part: indented, at most 78 columns."""
    return textwrap.fill(
        text, 78, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )


ENVIRONMENT.filters.update(day=day_in_words, short=_short, time=_time, fold=_fold)
ENVIRONMENT.globals.update(counted=counted, left=_left, outstanding=_outstanding)


def summary_text(summary: Summary, base_url: str = "") -> str:
    """The plain text part of the daily summary, at most 78 columns."""
    return ENVIRONMENT.get_template("summary.txt").render(s=summary, base_url=base_url)


def summary_html(summary: Summary, base_url: str = "") -> str:
    """The HTML part of the daily summary."""
    return ENVIRONMENT.get_template("summary.html").render(s=summary, base_url=base_url)
