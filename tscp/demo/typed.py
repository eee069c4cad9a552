"""An answer as a person types it, beside what it means."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

Json = str | list[str] | Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is what stands on the form; `value` what the interface says it means.

    For those who measure: `accept` are other values that are right too (None: silence is), and
    of an `optional` one silence costs nothing.
    """

    text: str
    value: Json
    accept: tuple[Json, ...] = ()
    optional: bool = False


Answers = Mapping[str, Typed]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def month(on: date) -> str:
    """The month's name in English, whatever the machine speaks."""
    return MONTHS[on.month - 1]


STYLES: Mapping[str, Callable[[date], str]] = {
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "short slashes": lambda d: f"{d:%d/%m/%y}",
    "lean slashes": lambda d: f"{d.day}/{d.month}/{d:%y}",
    "dots": lambda d: f"{d:%d.%m.%Y}",
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "dashed month": lambda d: f"{d.day}-{month(d)[:3]}-{d:%y}",
    "words": lambda d: f"{d.day} {month(d)} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} {month(d)} {d.year}",
    "ordinal of": lambda d: f"{ordinal(d.day)} of {month(d)} {d.year}",
    "weekday": lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {month(d)} {d.year}",
    "no year": lambda d: f"{ordinal(d.day)} of {month(d)}",
}
"""The ways people here write a day. 'no year' only ever for a day in the year before the form."""

BIRTH_STYLES = ("slashes", "short slashes", "dots", "words", "ordinal", "dashed month")


def day(on: date, style: str = "slashes") -> Typed:
    """A day, written in the style asked for."""
    return Typed(STYLES[style](on), on.isoformat())


def any_day(rng: random.Random, on: date, styles: tuple[str, ...] = ()) -> Typed:
    """A day, written in one of the styles (any with a year, if none is named)."""
    return day(on, rng.choice(styles or tuple(s for s in STYLES if s != "no year")))


def between(first: date, last: date) -> Typed:
    """A span of days."""
    text = f"between {STYLES['slashes'](first)} and {STYLES['slashes'](last)}"
    return Typed(text, {"from": first.isoformat(), "to": last.isoformat()})


def roughly(on: date) -> Typed:
    """Early, mid or late in a month."""
    part = "early" if on.day <= 10 else "mid" if on.day <= 20 else "late"
    text = f"{part} {month(on)} {on.year}"
    return Typed(text, {"approx": text, "month": f"{on:%Y-%m}"})


def age(count: int, unit: str) -> Typed:
    """An age where the date of birth is not known."""
    word = unit if count != 1 else unit.removesuffix("s")
    return Typed(f"{count} {word} (DOB not known)", {"age": {unit: count}})


def words(text: str) -> Typed:
    """Text that means itself."""
    return Typed(text, text)


def nothing(text: str = "") -> Typed:
    """A question left open: blank, 'TBC', 'N/A', '-'."""
    return Typed(text, None)


def telephone(text: str) -> Typed:
    """A telephone number; it means its digits."""
    return Typed(text, "".join(c for c in text if c.isdigit()))


nhs_number = telephone
"""An NHS number; it too means its digits."""
