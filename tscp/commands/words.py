"""What commands print for people, at 80 columns: the register, the queue, a case."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from triage.beside import Beside, said_beside
from triage.case import Case
from triage.clocks import Clock, clocks
from triage.contributions import contributions
from triage.current import answered, current_form
from triage.evidence import Answer, Corrected, Evidence
from triage.flags import flags
from triage.plain_words import counted, question
from triage.queue import QueueEntry, queue_entry
from triage.shown import shown_value
from triage.today import Today
from triage.working_days import london_day
from tscp.commands.running import json_lines

if TYPE_CHECKING:
    from storage.register import RegisterLine

WIDTH = 80


def wrapped(text: str, indent: str = "  ", first: str = "") -> str:
    """Text wrapped to 80 columns, its later lines indented."""
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )


def register_words(line: RegisterLine, names: bool) -> str:
    """One message of the register, in two or three lines."""
    what = f"{line.id}  {london_day(line.received_at):%d %b %Y}  {line.state}"
    kind = f": {line.kind}" if line.kind else ""
    parts = [what + kind + "".join(f"  {case}" for case in line.cases)]
    if names and line.envelope:
        parts.append(wrapped(f"{line.envelope.sender}: {line.envelope.subject}", "    ", "    "))
    if line.reason:
        parts.append(wrapped(line.reason, "    ", "    "))
    for seen in line.documents:
        name = seen.real_name if names else seen.name
        parts.append(wrapped(f"{name}: {seen.state}", "      ", "    "))
    return "\n".join(parts)


def queue_words(entry: QueueEntry, today: Today) -> str:
    """A case's line in the queue: what it is, what is next, what is missing."""
    who = ", ".join(f"{i} {a}" for i, a in zip(entry.initials, entry.ages, strict=True))
    first = [entry.reference, *(["URGENT"] if entry.urgent else []), who or "child not named"]
    first += [entry.outcome_for_child or "outcome not given", entry.state]
    first += [f"with {entry.assigned_to}"] if entry.assigned_to else []
    told = f"contributions {entry.contributions_received} of {entry.contributions_expected}"
    lines = [wrapped("  ".join(first), "    ")]
    lines.append(wrapped(f"{next_words(entry.next_clock, today)}; {told}", "    ", "    "))
    if entry.flags:
        lines.append(wrapped("; ".join(entry.flags), "    ", "    "))
    return "\n".join(lines)


def next_words(clock: Clock | None, today: Today) -> str:
    """'notification due Fri 27 Nov (3 working days)'."""
    if clock is None:
        return "no clock runs"
    day = f"{clock.due_on:%a} {clock.due_on.day} {clock.due_on:%b}"
    left = clock.days_left(today)
    if clock.overdue(today.on):
        return f"{clock.name} was due {day}, OVERDUE by {counted(-left, 'working day')}"
    return f"{clock.name} due {day} ({'today' if left == 0 else counted(left, 'working day')})"


def answer_words(path: str, answer: Answer) -> str:
    """'date LA became aware 3 Mar 2026 <- "3rd of March", table 2 row 5, 0.98'."""
    typed = " ".join(answer.text.split())
    typed = f"{typed[:57]}…" if len(typed) > 58 else typed
    value = shown_value(answer.value) if answer.value is not None else "not answered"
    value = value if len(value) <= 120 else f"{value[:117]}…"
    where = place_words(answer.evidence)
    if isinstance(answer, Corrected):
        value = value if answer.value is not None else "not given"
        because = f" ({answer.why})" if answer.why else ""
        return f"{question(path)}: {value} ← {where}{because}, was {was_words(answer.was)}"
    doubt = f" ({answer.doubt})" if answer.doubt else ""
    return f'{question(path)}: {value} ← "{typed}", {where}, {answer.confidence:.2f}{doubt}'


def other_words(told: Beside, today: Today) -> str:
    """'Greater Manchester Police says death ← 5 Mar 2026, M-000002, SIN form.docx'."""
    who = today.register.name(told.agency) if told.agency else "another agency"
    where = f"{london_day(told.at)}, {told.message}, {told.document}"
    return f"{who} says {shown_value(told.answer.value or '')} ← {where}"


def was_words(read: Answer | None) -> str:
    """What the papers say where staff say otherwise."""
    value = shown_value(read.value) if read is not None else ""
    value = f"{value[:57]}…" if len(value) > 58 else value
    return f'"{value}"' if value else "not given"


def place_words(where: Evidence) -> str:
    """Where an answer stands, as short as it can be said."""
    parts = [f"page {where.page}"] if where.page else []
    return ", ".join([*parts, *([where.cell] if where.cell else [])]) or where.method


def case_words(case: Case, today: Today) -> Iterator[str]:
    """A whole case for a person."""
    entry, form = queue_entry(case, today), current_form(case)
    yield queue_words(entry, today)
    way = "; ".join(entry.in_the_way)
    yield wrapped(f"in the way of the panel: {way}" if way else "ready for the panel")
    yield "\nCLOCKS"
    for clock in clocks(case, today):
        met = f"{clock.name} met on {clock.met_on}" if clock.met_on else next_words(clock, today)
        met += f", {today.register.name(clock.agency)}" if clock.agency else ""
        day = f"day {clock.working_day(today)}"
        assumed = f"; start {clock.assumed}" if clock.assumed else ""
        yield wrapped(
            f"{met}; from {clock.starts_on} ({clock.start_event}), {day}{assumed}", "    "
        )
    yield "\nCONTRIBUTIONS"
    for item in contributions(case):
        since = f" since {item.requested_on}" if item.requested_on and item.outstanding else ""
        name = today.register.name(item.agency)
        yield wrapped(f"{name}: {item.state}{since} ({item.why_expected})", "    ")
    yield "\nFLAGS"
    for flag in flags(case, today):
        yield wrapped(f"{flag.severity}: {flag.name}: {flag.why}", "    ")
    yield "\nANSWERS"
    beside = said_beside(case)
    for path, answer in form.every_answer():
        if answered(answer) or answer.doubt or isinstance(answer, Corrected):
            yield wrapped(answer_words(path, answer), "    ")
        for told in beside.get(path, ()):
            yield wrapped(other_words(told, today), "        ")
    for unmapped in form.unmapped:
        yield wrapped(f"(not known to us) {unmapped.label}: {unmapped.text}"[:400], "    ")
    yield "\nHOW THIS ARRIVED"
    for mail in case.mails:
        yield wrapped(f"{mail.message} {london_day(mail.at)} {mail.kind}: {mail.why}", "    ")
    for gone in case.withdrawn:
        until = f"withdrawn {london_day(gone.at)} by {gone.by}"
        yield wrapped(f"{gone.message} {until}: {gone.why}", "    ")


def show_case(case: Case, today: Today, as_json: bool) -> None:
    """Prints a case, as JSON or for a person."""
    if as_json:
        from tscp import as_json as shapes

        json_lines([shapes.case(case, today)])
    else:
        print("\n".join(case_words(case, today)))
