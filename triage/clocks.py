"""The clocks of a case: from which day they run, when they are due, when they were met.

Lengths and sources are data (config/clocks.toml). Day 0 is the event's day. A clock that has
not started, and one that ended, is absent; a met one stays with `met_on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from triage.case import Case
from triage.contributions import SETTLED, contributions
from triage.current import answered, current_form
from triage.decision import REOPENED, reopened_on, standing_decision
from triage.lowered import suggested
from triage.today import Today
from triage.values.when import first_day
from triage.working_days import london_day

IN_THE_QUEUE = ("notification", "tell partners", "rapid review", "contribution", "publication")
"""The clocks a case can be next due by; the acknowledgement never is."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock that started. `assumed` says why its start was assumed, '' if it is known."""

    name: str
    start_event: str
    starts_on: date
    due_on: date
    met_on: date | None = None
    assumed: str = ""
    agency: str | None = None

    def overdue(self, on: date) -> bool:
        """Not met, and due before `on`."""
        return self.met_on is None and self.due_on < on

    def days_left(self, today: Today) -> int:
        """Working days after today up to and including `due_on`; negative once overdue."""
        return today.calendar.count(today.on, self.due_on)

    def working_day(self, today: Today) -> int:
        """The n of 'day n of 15': working days after the start up to and including today."""
        return today.calendar.count(self.starts_on, today.on)


def clocks(case: Case, today: Today) -> tuple[Clock, ...]:
    """Every clock of the case that has started and not ended, on that day."""
    return tuple(
        clock
        for rule in (_statutory, _rapid_review, _acknowledgement, _contributions)
        for clock in rule(case, today)
    )


def next_clock(case: Case, today: Today) -> Clock | None:
    """The earliest clock still to be met, of those the queue is ordered by."""
    unmet = [c for c in clocks(case, today) if c.met_on is None and c.name in IN_THE_QUEUE]
    return min(unmet, key=lambda c: (c.due_on, IN_THE_QUEUE.index(c.name)), default=None)


def la_aware(case: Case) -> tuple[date, str]:
    """The day the LA became aware, and why it is assumed ('' if the form says it).

    Source: Working Together ch. 5: the 5 working days run from awareness. Missing: the
    earliest day the papers show the LA knew, else the day of receipt.
    """
    form, received = current_form(case), london_day(case.received_at)
    answer = form.answers.get("la_aware_date")
    said = first_day(answer.value) if answer else None
    if said is not None:
        return said, ""
    lacking = "no exact day is given" if answered(answer) else "not given"
    shown = [first_day(form.answers[key].value) for key in _shows_la_knew(case)]
    known = min((day for day in shown if day is not None and day <= received), default=None)
    if known is not None:
        return known, f"{lacking}; assumed from the earliest date the papers show the LA knew"
    return received, f"{lacking}; assumed to be the day the referral was received"


def _shows_la_knew(case: Case) -> list[str]:
    answers = current_form(case).answers
    agency = answers.get("referrer_agency")
    by_la = ("referral_date",) if agency is not None and agency.value == "csc" else ()
    return [key for key in ("panel_notified_on", *by_la) if key in answers]


def _statutory(case: Case, today: Today) -> Iterator[Clock]:
    """LA notifies the Panel, and tells the partners, within 5 working days of awareness.

    Where new answers undid a decided 'no', from the day they came or awareness, the later.
    """
    record = standing_decision(case, today.ask_below)
    if record is None and suggested(case, today.ask_below) == "no notification":
        return
    if record is not None and not record.decided:
        return
    sent = record.sent_on if record else None
    starts_on, assumed = la_aware(case)
    reopened = reopened_on(case, today.ask_below)
    if reopened is not None:
        starts_on, assumed = max(starts_on, reopened), REOPENED
    told = case.told[-1].on if case.told else sent
    for name, met_on in (("notification", sent), ("tell partners", told)):
        rule = today.clocks[name]
        due_on = today.calendar.add(starts_on, rule.days)
        yield Clock(name, rule.start_event, starts_on, due_on, met_on, assumed)


def _rapid_review(case: Case, today: Today) -> Iterator[Clock]:
    """15 working days from the notification sent; from a form's claim of it, as assumed."""
    record = standing_decision(case, today.ask_below)
    if record is not None and not record.decided:
        return
    sent, assumed = record.sent_on if record else None, ""
    if sent is None:
        sent, assumed = _claimed(case), "the form says the Panel was notified; not recorded yet"
    if sent is not None:
        rule = today.clocks["rapid review"]
        due_on = today.calendar.add(sent, rule.days)
        yield Clock(rule.name, rule.start_event, sent, due_on, None, assumed)


def _claimed(case: Case) -> date | None:
    """The day on which the form claims the Panel was notified."""
    answers = current_form(case).answers
    on, said = answers.get("panel_notified_on"), answers.get("panel_notified")
    if said is not None and said.value == "no":
        return None
    return first_day(on.value) if on else None


def _acknowledgement(case: Case, today: Today) -> Iterator[Clock]:
    """A referral is acknowledged within 1 working day of receipt (our own rule)."""
    rule = today.clocks["acknowledgement"]
    received = london_day(case.received_at)
    sent = [m.sent_at for m in case.letters if m.kind == "acknowledgement" and m.sent_at]
    met_on = london_day(min(sent)) if sent else None
    due_on = today.calendar.add(received, rule.days)
    yield Clock(rule.name, rule.start_event, received, due_on, met_on)


def _contributions(case: Case, today: Today) -> Iterator[Clock]:
    """One clock an agency that was asked; its due date was reckoned when it was asked."""
    rule = today.clocks["contribution"]
    for item in contributions(case):
        if item.requested_on is not None and item.due_on is not None:
            met_on = item.received_on if item.state in SETTLED else None
            yield Clock(
                rule.name,
                rule.start_event,
                item.requested_on,
                item.due_on,
                met_on,
                agency=item.agency,
            )
