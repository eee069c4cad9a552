"""What somebody typed into a form: kept as it is, so that it can be shown again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request

from tscp.acts.desk import Refused

NEVER_KEPT = frozenset({"csrf", "password"})
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
EXAMPLE = "write it such as 27/11/2026 or 27 November 2026"


class Unclear(Refused):
    """Something typed cannot be understood; `at` is the id of its field."""

    def __init__(self, text: str, at: str) -> None:
        super().__init__(text)
        self.at = at


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form in the order they came; none for a form that was not sent yet."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """A field without space around it; the default where it was not sent."""
        found = dict(reversed(self.fields)).get(name, default)
        return CONTROL.sub("", found.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def worth_keeping(self) -> tuple[tuple[str, str], ...]:
        """The fields that come back after signing in again: no password, no token."""
        return tuple(pair for pair in self.fields if pair[0] not in NEVER_KEPT)

    def exactly(self, name: str) -> str:
        """A field as it came, for passwords."""
        return dict(reversed(self.fields)).get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, such as ticked boxes."""
        return tuple(value for field, value in self.fields if field == name)

    @property
    def version(self) -> int:
        """The version of the case the page showed; -1, which none has, where it says nothing."""
        digits = self.get("version")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1

    @property
    def shown(self) -> datetime | None:
        """When the page was shown (UTC)."""
        try:
            return datetime.fromisoformat(self.get("shown")).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def day(self, name: str, called: str, today: date) -> date | None:
        """A day that is not in the future, None where nothing was typed. Raises Unclear."""
        text = " ".join(self.get(name).split())
        if not text:
            return None
        day = day_in(text, today)
        if day is None:
            raise Unclear(f"{called}: {EXAMPLE}", name)
        if day > today:
            raise Unclear(f"{called}: it lies in the future", name)
        return day


def day_in(text: str, today: date) -> date | None:
    """A day as people here type it; None where it is not one."""
    if text.casefold() in ("today", "yesterday"):
        return today - timedelta(days=text.casefold() == "yesterday")
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        return day if 1970 < day.year < 9000 else None
    return None


async def typed_in(request: Request) -> Typed:
    """What a request's form holds; files are no part of it."""
    form = await request.form()
    return of_fields((name, value) for name, value in form.multi_items() if isinstance(value, str))


def of_fields(fields: Iterable[tuple[str, str]]) -> Typed:
    """From names and values."""
    return Typed(tuple(fields))


Sent = Annotated[Typed, Depends(typed_in)]
