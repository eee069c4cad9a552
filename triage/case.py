"""A case: one incident, as the facts that were filed to it, each with its own time.

Nothing derived is kept in a case: answers, contributions, clocks, flags and the queue's order
follow from the facts and the day they are looked at. So a case can be seen as it stood on any
day (looking_back.py), undone by a new fact, and never disagrees with itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from triage.evidence import Value
from triage.sin_form import SinForm

State = Literal[
    "received",
    "triage",
    "information needed",
    "ready for panel",
    "at panel",
    "decided",
    "review under way",
    "closed",
    "duplicate",
    "withdrawn",
    "not for TSCP",
]
STATES: tuple[str, ...] = State.__args__  # type: ignore[attr-defined]
ENDED: frozenset[str] = frozenset({"closed", "duplicate", "withdrawn", "not for TSCP"})

MessageKind = Literal[
    "new referral",
    "revised referral",
    "contribution",
    "correspondence",
    "automatic reply",
    "bounce",
    "duplicate",
    "calendar",
    "newsletter",
    "ours",
    "unreadable",
    "other",
]
ContributionState = Literal[
    "expected", "requested", "received", "not known to us", "declined", "not applicable"
]
CONTRIBUTION_STATES: tuple[str, ...] = ContributionState.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class MailFlag:
    """A flag an e-mail brought to its case or to the register, e.g. 'attachment unreadable'."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class FiledMail:
    """One message filed to the case. `at` is its receipt (UTC); `agency` its sender's, if known.

    `form` is the SIN form it brought to this case, None for other mail. `sender` is the bare
    address. `documents` are the neutral names of what it carried.
    """

    message: str
    at: datetime
    kind: MessageKind
    why: str
    sender: str = ""
    agency: str | None = None
    form: SinForm | None = None
    documents: tuple[str, ...] = ()
    flags: tuple[MailFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionFact:
    """An agency's contribution came to stand so, on a day. `by` is a user or 'rule'.

    `due_on` belongs to a request and is reckoned when it is made.
    """

    agency: str
    state: ContributionState
    on: date
    at: datetime
    by: str
    why: str = ""
    message: str | None = None
    documents: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Staff say what an answer is: beside what was read, never over it.

    `path` names the answer as the case showed it then ('children.0.date_of_birth'). `row` is
    what that row was known by, so that it stays with its child however later forms order
    theirs; `adds`: there was no such row, this begins it. `value` None: not given. `over` is
    the value the papers gave then. `withdrawn`: what staff said of it counts no more.
    """

    path: str
    value: Value | None
    text: str
    at: datetime
    by: str
    why: str = ""
    row: Mapping[str, Value] = field(default_factory=dict)
    adds: bool = False
    over: Value | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The case moved from one state to another; undone by another move."""

    was: State
    to: State
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The case was given to a member of staff (None: to nobody)."""

    user: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Notification:
    """The statutory notification as staff recorded it, beside the case's state.

    Source: Children Act 2004 s16C(1). A SIN form received is never this. `knew` are the answers
    on which it hangs as they were then; None in older records, which do not say.
    """

    decided: bool
    on: date
    at: datetime
    by: str
    why: str = ""
    sent_on: date | None = None
    panel_reference: str | None = None
    knew: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PartnersTold:
    """The LA told the other safeguarding partners on this day."""

    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A message filed to this case by mistake: what it brought counts here no more."""

    message: str
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Another case that may be about the same child or incident; never merged by itself."""

    reference: str
    why: str
    score: float
    at: datetime
    flag: str = ""


@dataclass(frozen=True, slots=True)
class LetterFact:
    """A letter of this case in the outbox. `sent_at` only once the server took it.

    `to` is the bare address it went to; `key` tells what it is for.
    """

    id: str
    kind: str
    state: str
    at: datetime
    agency: str | None = None
    sent_at: datetime | None = None
    to: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One incident with all that was filed to it, oldest first. `version` counts changes."""

    reference: str
    received_at: datetime
    mails: tuple[FiledMail, ...] = ()
    contributions: tuple[ContributionFact, ...] = ()
    moves: tuple[Move, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    notifications: tuple[Notification, ...] = ()
    told: tuple[PartnersTold, ...] = ()
    relations: tuple[Relation, ...] = ()
    letters: tuple[LetterFact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    version: int = 0

    @property
    def state(self) -> State:
        """Where the case stands: the last move's end, 'received' before any."""
        return self.moves[-1].to if self.moves else "received"

    @property
    def assigned_to(self) -> str | None:
        """The member of staff who has it, None if nobody."""
        return self.assignments[-1].user if self.assignments else None

    @property
    def notification(self) -> Notification | None:
        """The latest record of the decision to notify, None before any."""
        return self.notifications[-1] if self.notifications else None

    def addresses(self) -> frozenset[str]:
        """Every bare address that wrote to this case or that its forms name."""
        return frozenset(mail.sender for mail in self.mails if mail.sender)
