"""What an act needs: where things are kept, the rules that hold, the time, and who acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Engine

from parsers.worker import Worker
from storage.messages import Claimed
from storage.originals import FileOriginals
from storage.sealing import KeyRing
from triage.agencies import AgencyRegister
from triage.evidence import Value
from triage.problem import Explained, Problem
from triage.today import ClockRule, LetterRules, Today
from triage.working_days import Calendar, london_day


@dataclass(frozen=True, slots=True)
class Office:
    """From whom letters come, and whom the service tells of itself. Addresses are bare but
    `sender` ('Name <address>'); `summary_at` is London time; `base_url` is the desk's address."""

    sender: str = ""
    base_url: str = ""
    summary_to: tuple[str, ...] = ()
    summary_at: time = time(7, 30)
    alerts_to: tuple[str, ...] = ()
    urgent_to: tuple[str, ...] = ()
    silent_after: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Desk:
    """Built in tscp/compose.py alone. `now` gives the time in UTC; nobody else asks the clock."""

    engine: Engine
    keys: KeyRing
    originals: FileOriginals
    worker: Worker
    now: Callable[[], datetime]
    calendar: Calendar
    clocks: Mapping[str, ClockRule]
    register: AgencyRegister
    ask_below: float
    own_addresses: frozenset[str]
    letters: LetterRules
    office: Office
    trusted: frozenset[str]
    """Our own servers, as they sign what they found out about a sender."""
    answer_by_hand: Callable[[str, str, str], Value | Problem]
    """The value of an answer typed by staff, by group ('' where asked once), key and text."""

    stopping: Callable[[], bool] = lambda: False
    """Whether the service is being stopped: asked between messages and letters, begins no more."""
    unfinished: list[Claimed] = field(default_factory=list)
    """Claims of messages that were broken off, to be let go of as soon as that is possible."""

    def today(self, on: date | None = None) -> Today:
        """The rules as they hold on a day (None: today in London)."""
        return Today(
            on=on or london_day(self.now()),
            calendar=self.calendar,
            clocks=self.clocks,
            register=self.register,
            ask_below=self.ask_below,
            own_addresses=self.own_addresses,
            letters=self.letters,
        )


class Refused(Explained):
    """An act cannot be done as asked; the text says what would be right."""
