"""The queue: every open case, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from fastapi.responses import Response

from storage import queue as counted_queue
from storage.database import reading
from triage.flags.clocks import SOON
from triage.queue import QueueEntry
from triage.today import Today
from tscp.acts.look import see_queue
from tscp.web.page import PER_PAGE, shown, turning
from tscp.web.visit import Here
from tscp.web.words import Due, due

SAID_ELSEWHERE = frozenset({"contribution missing", "required answer missing", "answer uncertain"})
"""Flags that the column 'in the way of the panel' says already, and more exactly."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the queue, with its next clock in words."""

    entry: QueueEntry
    next: Due | None

    @property
    def children(self) -> list[tuple[str, str]]:
        """Initials and age of each child."""
        pairs = zip_longest(self.entry.initials, self.entry.ages, fillvalue="not known")
        return list(pairs)

    @property
    def flags(self) -> list[str]:
        """The flags not said in another column; 'other children at risk now' is never left out."""
        clock = self.entry.next_clock
        said = f"{clock.name} {self.next.pressing}" if clock and self.next else ""
        return [flag for flag in self.entry.flags if flag not in SAID_ELSEWHERE | {said}]


def show(visit: Here, page: int = 1) -> Response:
    """One page of the queue."""
    page, desk = max(1, min(page, 100_000)), visit.desk
    today = desk.today()
    found = list(see_queue(desk, visit.name, None, PER_PAGE + 1, PER_PAGE * (page - 1)))
    with reading(desk.engine) as session:
        soon = today.calendar.add(today.on, SOON)
        counts = counted_queue.counts(session, today.on, soon)
    return shown(
        visit,
        "queue.html",
        "queue",
        lines=[line(entry, today) for entry in found[:PER_PAGE]],
        counts=counts,
        turning=turning("/queue", page, len(found) > PER_PAGE),
    )


def line(entry: QueueEntry, today: Today) -> Line:
    """A case's line."""
    return Line(entry, due(entry.next_clock, today) if entry.next_clock else None)
