"""What the demo prints: that nothing is lost, what was read, what is missing, who must look."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from storage import register
from storage.cases import load
from storage.database import reading
from storage.register import RegisterLine
from triage.case import Case
from triage.contributions import contributions
from triage.current import answered, current_form
from triage.panel import in_the_way
from triage.plain_words import counted
from triage.queue import QueueEntry
from triage.today import Today
from triage.values.when import Day
from tscp.acts.desk import Desk
from tscp.acts.look import see_queue
from tscp.commands.words import answer_words, next_words

INDENT = 10
SHOWN = 6
VIEWER = "demo"


def report(desk: Desk, again: int) -> Iterator[str]:
    """The lines of the report, each at most 80 columns wide."""
    today = desk.today()
    queue = list(see_queue(desk, VIEWER))
    with reading(desk.engine) as session:
        counts = register.counts(session)
        mail = list(register.lines(session, desk.keys))
        cases = load(session, desk.keys, [entry.reference for entry in queue])
    yield ""
    yield _part("REGISTER", _sum(counts))
    yield _part("", f"polled again: {again} new")
    yield _part("READ", _readers(mail))
    yield ""
    yield from _queue(queue, today)
    yield ""
    for label, line in _first_case(cases, queue, today):
        yield _part(label, line)
    yield ""
    yield from _people(mail)
    yield ""
    yield _part("SUMMARY", "demo/summary.html, demo/summary.txt (0 names)    DESK  make desk")


def _part(label: str, text: str) -> str:
    return textwrap.fill(
        text,
        80,
        initial_indent=f"{label:<{INDENT}}",
        subsequent_indent=" " * INDENT,
        break_on_hyphens=False,
    )


def _sum(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    waiting = f" + {counts['received']} being read" if counts.get("received") else ""
    return (
        f"{total} received = {counts.get('filed', 0)} filed"
        f" + {counts.get('needs a person', 0)} need a person"
        f" + {counts.get('ignored', 0)} ignored{waiting}"
    )


def _readers(mail: Iterable[RegisterLine]) -> str:
    readers = Counter(d.reader for line in mail for d in line.documents if d.state == "read")
    (first, forms), *others = readers.most_common()
    return " · ".join([f"{first} {forms} forms", *(f"{reader} {n}" for reader, n in others)])


def _queue(queue: list[QueueEntry], today: Today) -> Iterator[str]:
    for number, entry in enumerate(queue[:SHOWN]):
        who = ", ".join(f"{i} {a}" for i, a in zip(entry.initials, entry.ages, strict=True))
        parts = [
            entry.reference,
            *(["URGENT"] if entry.urgent else []),
            who,
            entry.outcome_for_child or "outcome not given",
            next_words(entry.next_clock, today),
            f"contributions {entry.contributions_received} of {entry.contributions_expected}",
        ]
        yield _part("" if number else "QUEUE", "  ".join(parts))
    if len(queue) > SHOWN:
        yield _part("", f"… and {counted(len(queue) - SHOWN, 'more case')}")


def _first_case(
    cases: dict[str, Case], queue: list[QueueEntry], today: Today
) -> Iterator[tuple[str, str]]:
    """The case at the top of the queue: what is missing, and how its answers were found."""
    if not queue:
        return
    case = cases[queue[0].reference]
    missing = [
        f"{today.register.name(item.agency)}: "
        + (f"requested {item.requested_on}" if item.requested_on else "not yet requested")
        for item in contributions(case)
        if item.outstanding
    ]
    yield "MISSING", f"{case.reference}: {' · '.join(missing) or 'nothing'}"
    way = in_the_way(case, today)
    yield "PANEL", f"in the way: {'; '.join(way)}" if way else "nothing stands in the way"
    yield from _dates(cases)


def _dates(cases: dict[str, Case]) -> Iterator[tuple[str, str]]:
    """The date most laboriously typed, to show that evidence is kept with every answer."""
    typed = [
        (sum(typed.isalpha() for typed in answer.text), key, answer)
        for case in cases.values()
        for key, answer in current_form(case).answers.items()
        if answered(answer) and isinstance(answer.value, Day) and " of " in answer.text
    ]
    for _, key, answer in sorted(typed, key=lambda found: found[:2])[-1:]:
        yield "ANSWER", answer_words(key, answer)


def _people(mail: Iterable[RegisterLine]) -> Iterator[str]:
    waiting = [line for line in mail if line.state == "needs a person"]
    for number, line in enumerate(waiting):
        yield _part("" if number else "PERSON", f"{line.id}  {line.reason}")
