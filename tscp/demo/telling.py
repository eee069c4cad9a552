"""What the scenes of the story share: the days, the people so far, the references given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tscp.demo.filling import fill
from tscp.demo.incidents import Filled
from tscp.demo.mails import Attached, Sent, write
from tscp.demo.people import People, Professional
from tscp.demo.typed import Typed, day

BEFORE = datetime(1970, 1, 1, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class StoryMail:
    """One e-mail and what should become of it.

    `state`, `kind` and `flags` are the register's words (`flags`: at least these, on the case
    or on the mail); `case` is the reference it belongs to; `contribution` the agency that has
    contributed by it, and the state of that. `note` says why it is in the story.
    """

    key: str
    content: bytes
    delivered_at: datetime
    state: str
    kind: str
    note: str
    case: str | None = None
    flags: tuple[str, ...] = ()
    contribution: tuple[str, str] | None = None


@dataclass(slots=True)
class Telling:
    """The story so far; `day` and `at` are the scene's own."""

    now: datetime
    closed: frozenset[date] = frozenset()
    key: str = ""
    at: datetime = BEFORE
    forms: dict[str, Filled] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    mails: dict[str, Sent] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The scene's day in London."""
        return self.at.astimezone(LONDON).date()

    def working_day(self, ago: int) -> date:
        """The working day that many working days before today."""
        found = self.now.astimezone(LONDON).date()
        while ago:
            found -= timedelta(days=1)
            ago -= found.weekday() < 5 and found not in self.closed
        return found

    def moment(self, ago: int, clock: str) -> datetime:
        """A time of day on that working day, in UTC."""
        local = datetime.combine(self.working_day(ago), time.fromisoformat(clock), LONDON)
        return local.astimezone(UTC)

    def aware(self, ago: int = 0, style: str = "slashes") -> Typed:
        """A day some working days before the scene's, as typed."""
        found = self.day
        while ago:
            found -= timedelta(days=1)
            ago -= found.weekday() < 5 and found not in self.closed
        return day(found, style)

    def fill(self, theme: str, **how: Any) -> Filled:
        """A form filled on the scene's day; later scenes find it under the scene's key."""
        filled = fill(self.key, theme, self.day, **how)
        self.forms[self.key] = filled
        return filled

    def someone(self, agency: str) -> Professional:
        """Somebody at an agency, the same one whenever the story is told."""
        return People(f"{self.key} {agency}").professional(agency)

    def contact(self, scene: str, agency: str) -> Professional:
        """The agency's person, by the name that a form gives."""
        row = next(r for r in self.forms[scene].form.agencies if r["agency"].value == agency)
        someone = People(f"{scene} {agency}").professional(agency)
        name = row["contact_name"].text
        letters = "".join(c for c in name.lower().split()[-1] if c.isascii() and c.isalpha())
        email = f"{name.split()[0].lower()}.{letters}@{someone.email.partition('@')[2]}"
        return Professional(name, someone.role, agency, someone.agency_name, email, someone.phone)

    def open_case(self) -> str:
        """The reference that the service will give the case this scene opens."""
        year = self.day.year
        number = 1 + sum(f"-{year}-" in reference for reference in self.references.values())
        self.references[self.key] = f"TSCP-{year}-{number:04d}"
        return self.references[self.key]

    def referral(
        self,
        filled: Filled,
        body: str,
        attached: Sequence[Attached | Sent],
        note: str,
        flags: tuple[str, ...] = (),
        **how: Any,
    ) -> StoryMail:
        """A mail that opens a case."""
        subject = how.pop("subject", "SIN form")
        mail = write(filled.referrer, self.at, subject, body, attached=attached, **how)
        return self.told(mail, "filed", "new referral", note, self.open_case(), flags)

    def told(
        self,
        mail: Sent,
        state: str,
        kind: str,
        note: str,
        case: str | None = None,
        flags: tuple[str, ...] = (),
    ) -> StoryMail:
        """The scene's mail, and what should become of it."""
        self.mails[self.key] = mail
        return StoryMail(self.key, mail.content, self.at, state, kind, note, case, flags)

    def contributed(
        self,
        mail: Sent,
        agency: str,
        scene: str,
        note: str,
        state: str = "received",
        flags: tuple[str, ...] = (),
    ) -> StoryMail:
        """The scene's mail, an agency's contribution to the case that another scene opened."""
        told = self.told(mail, "filed", "contribution", note, self.references[scene], flags)
        return replace(told, contribution=(agency, state))


Scene = Callable[[Telling], StoryMail]
Scenes = Mapping[str, tuple[int, str, Scene]]
"""Key -> working days ago, time of day in London, the scene."""
