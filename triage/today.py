"""The day on which a case is looked at, and the rules that hold on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from triage.agencies import AgencyRegister
from triage.working_days import Calendar


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How long a clock runs, from what, and who says so (config/clocks.toml).

    `days` counts working days, `local_days` those of the local path where it differs.
    """

    name: str
    start_event: str
    days: int
    source: str
    local_days: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """A London calendar day with the calendar, clocks and register that hold on it.

    `ask_below`: a required answer read less surely than this is 'answer uncertain'.
    """

    on: date
    calendar: Calendar
    clocks: Mapping[str, ClockRule]
    register: AgencyRegister
    ask_below: float = 0.95
    own_addresses: frozenset[str] = frozenset()
