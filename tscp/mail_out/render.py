"""The texts of mail that leaves, by Jinja2, as plain text and as HTML that loads nothing."""

from __future__ import annotations

from datetime import date, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from triage.plain_words import counted, day_in_words
from triage.summary import Summary
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


def _left(days: int, overdue: bool) -> str:
    if overdue:
        return f"overdue by {counted(-days, 'working day')}" if days else "overdue"
    return "today" if days == 0 else f"{counted(days, 'working day')} left"


ENVIRONMENT.filters.update(day=day_in_words, short=_short, time=_time)
ENVIRONMENT.globals.update(counted=counted, left=_left)


def summary_text(summary: Summary, base_url: str = "") -> str:
    """The plain text part of the daily summary, at most 78 columns."""
    return ENVIRONMENT.get_template("summary.txt").render(s=summary, base_url=base_url)


def summary_html(summary: Summary, base_url: str = "") -> str:
    """The HTML part of the daily summary."""
    return ENVIRONMENT.get_template("summary.html").render(s=summary, base_url=base_url)
