"""The day on which a case is looked at, and the rules that hold on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

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


Policy = Literal["automatically", "after approval", "never"]


@dataclass(frozen=True, slots=True)
class LetterRules:
    """From when letters leave (UTC; None: shadow mode, nothing does), and who releases them.

    `restored_at`: what answers mail from before a restore waits for a person. The limits count
    letters an hour that leave by themselves.
    """

    live_from: datetime | None = None
    acknowledgement: Policy = "automatically"
    request: Policy = "after approval"
    chaser: Policy = "after approval"
    escalation: Policy = "after approval"
    restored_at: datetime | None = None
    most_per_case: int = 10
    most_per_domain: int = 60
    most_per_hour: int = 200

    def live(self, now: datetime) -> bool:
        """Whether letters leave at this moment (UTC) at all; if not, this is shadow mode."""
        return self.live_from is not None and now >= self.live_from


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
    letters: LetterRules = LetterRules()
