"""One case: the only page that shows names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from storage import audit
from storage.database import reading
from triage.ages import age_in_words
from triage.case import Notification
from triage.clocks import Clock, clocks
from triage.contributions import Contribution, contributions
from triage.current import answered, current_form
from triage.flags import flags
from triage.flags.flag import Flag, Severity
from triage.lowered import suggested
from triage.queue import queue_entry
from triage.shown import shown_value
from triage.sin_form import Row
from triage.today import Today
from tscp.acts.desk import Refused
from tscp.acts.look import see_case
from tscp.web.answers import sections, unknown_questions
from tscp.web.arrived import acts, beside
from tscp.web.case_form import LOOKS_LIKE, REFERENCE, nowhere
from tscp.web.page import shown
from tscp.web.queue import line
from tscp.web.visit import Here
from tscp.web.words import CLOCKS, EVENTS, LETTERS, due

SUGGESTED = {
    "notification": "The answers suggest notification. People decide; please check.",
    "no notification": "The answers do not suggest notification. People decide; please check.",
    "open": "The answers leave open whether notification is needed. People decide.",
}
SEVERITIES = {"urgent": "Urgent", "action": "To do", "notice": "To know"}


@dataclass(frozen=True, slots=True)
class Child:
    """A child by name."""

    name: str
    age: str
    born: str


@dataclass(frozen=True, slots=True)
class Raised:
    """Flags of one name, with the reason of each."""

    name: str
    severity: Severity
    since: date
    whys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock in words; `length` is how many working days it has."""

    name: str
    clock: Clock
    day: int
    length: int
    since: str
    left: str
    pressing: str


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One agency's contribution; `late` says in words that its due day has passed."""

    agency: str
    item: Contribution
    late: str


def show(visit: Here, reference: str, done: str = "") -> Response:
    """The page of a case; that it was seen is in the audit before it is shown."""
    if not REFERENCE.fullmatch(reference):
        return nowhere(visit, LOOKS_LIKE)
    try:
        case = see_case(visit.desk, reference, visit.name)
    except Refused:
        return nowhere(visit, f"There is no case {reference}.")
    with reading(visit.desk.engine) as session:
        entries = audit.about(session, reference)
    today, form = visit.desk.today(), current_form(case)
    parts = sections(case, today)
    return shown(
        visit,
        "case.html",
        done=done,
        line=line(queue_entry(case, today), today),
        case=case,
        children=[_child(child, today) for child in form.children],
        flags=_by_severity(flags(case, today)),
        severities=SEVERITIES,
        clocks=[_clock(clock, today) for clock in clocks(case, today)],
        contributions=[_contribution(item, today) for item in contributions(case)],
        sections=parts,
        to_check=sum(not a.sure and not a.needed for part in parts for a in part.answers),
        unknown=unknown_questions(form),
        acts_here=visit.does("act on cases"),
        letters=LETTERS,
        may_leave=visit.desk.letters.live_from is not None,
        drafts=sum(letter.state == "draft" for letter in case.letters),
        agency=today.register.name,
        notified=_notified(case.notification),
        suggested=SUGGESTED[suggested(case, today.ask_below)],
        acts=acts(entries),
        beside=beside(entries, visit.name, visit.desk.now()),
    )


def _child(child: Row, today: Today) -> Child:
    name, born = child.get("child_name"), child.get("date_of_birth")
    due_on = child.get("expected_delivery_date")
    said = shown_value(born.value) if born and answered(born) else ""
    if not said and due_on and answered(due_on):
        said = f"expected {shown_value(due_on.value)}"
    known = name is not None and answered(name)
    return Child(
        name=shown_value(name.value) if known and name is not None else "Name not given",
        age=age_in_words(child, today.on),
        born=said,
    )


def _by_severity(flags: tuple[Flag, ...]) -> list[Raised]:
    """One line for the flags of one name, since the first of them; the most severe first."""
    by_name: dict[tuple[Severity, str], list[Flag]] = {}
    for flag in flags:
        by_name.setdefault((flag.severity, flag.name), []).append(flag)
    lines = [
        Raised(name, severity, min(f.since for f in same), tuple(f.why for f in same))
        for (severity, name), same in by_name.items()
    ]
    return sorted(lines, key=lambda line: list(SEVERITIES).index(line.severity))


def _clock(clock: Clock, today: Today) -> ClockLine:
    name, said = CLOCKS.get(clock.name, clock.name), due(clock, today)
    agency = f": {today.register.name(clock.agency)}" if clock.agency else ""
    return ClockLine(
        name=f"{name}{agency}",
        clock=clock,
        day=clock.working_day(today),
        length=today.calendar.count(clock.starts_on, clock.due_on),
        since=EVENTS.get(clock.start_event, clock.start_event),
        left=said.left,
        pressing=said.pressing,
    )


def _contribution(item: Contribution, today: Today) -> ContributionLine:
    late = ""
    if item.overdue(today.on) and item.due_on is not None:
        late = "due day has passed"
    return ContributionLine(today.register.name(item.agency), item, late)


def _notified(record: Notification | None) -> str:
    if record is None:
        return "No decision is recorded."
    return f"{record.by} recorded: decided {'to notify' if record.decided else 'not to notify'}"
