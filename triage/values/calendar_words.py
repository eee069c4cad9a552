"""Finds calendar dates in a text, as they are written: parts that may be missing or swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})\s*(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d|'?\d\d)(?![\d/:])"
_GAP = r"[\s\-./,]*"
_ORDINAL = r"(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/.])(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d/.])",
        r"(?<![\d/.])(?P<day>\d{1,2})\s*[-/.,\\ ]{1,2}\s*(?P<month>\d{1,2})\s*[-/.,\\ ]{1,2}\s*"
        r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])",
        r"(?<!\d)(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"{_DAY}{_GAP}(?:day\s+)?(?:of\s+)?{_MONTH}{_GAP}(?:of\s+)?{_YEAR}",
        rf"\b{_MONTH}{_GAP}(?:the\s+)?(?P<day>\d{{1,2}}){_ORDINAL}\b{_GAP}(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"{_DAY}{_GAP}(?:of\s+)?{_MONTH}",
        rf"\b{_MONTH}{_GAP}(?P<day>\d{{1,2}}){_ORDINAL}\b(?!\d)",
        rf"\b{_MONTH}{_GAP}(?:of\s+)?(?P<year>(?:19|20)\d\d|'\d\d)(?!\d)",
        r"(?<![\d/.])(?P<month>0?[1-9]|1[0-2])\s*[/.-]\s*(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d/.])(?P<day>\d{1,2})\s*[/.]\s*(?P<month>\d{1,2})(?![\d/.])",
        rf"\b{_MONTH}(?<!may)(?!\w)",
    )
)
# '3-5 March 2026': a day that borrows month and year from the date after it.
_BARE_DAY = re.compile(
    r"(?P<whole>(?<![\d/.])(?P<day>\d{1,2})(?:\s*(?:st|nd|rd|th)\b)?)\s*(?:-|to|and|&|/|or|until)\s*"
    r"(?:(?:the|mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+)*$",
    re.IGNORECASE,
)
_LATEST_YEAR = 39  # of this century, where no other date tells what the present is


class Dated(NamedTuple):
    """A calendar day, or None with the reason; and how sure it is."""

    day: date | None
    sure: float
    doubt: str


@dataclass(frozen=True, slots=True)
class Written:
    """A date's parts as a form has them; a year is complete, or None where none is written."""

    day: int | None
    month: int | None
    year: int | None
    short: bool = False

    def month_of_year(self, near: date | None) -> str | None:
        """'YYYY-MM'; without a year, the last such month before `near`; None if not told."""
        if not self.month or not 1 <= self.month <= 12:
            return None
        if self.year is None and near is None:
            return None
        year = self.year or (near.year if near and self.month <= near.month else 0)
        return f"{year or (near.year - 1 if near else 0):04d}-{self.month:02d}"

    def on(self, near: date | None) -> Dated:
        """The day meant; without a year, the last such day before `near`."""
        if self.day is None or self.month is None:
            return Dated(None, 0.5, "the day is not given")
        if self.year is None:
            return self._year_from(near)
        if found := _real(self.year, self.month, self.day):
            return Dated(found, 0.98 if self.short else 0.99, "")
        if swapped := _real(self.year, self.day, self.month):
            return Dated(swapped, 0.6, "read month first, since it is no date day first")
        return Dated(None, 0.4, "there is no such date")

    def before(self, later: Dated, near: date | None) -> Dated:
        """As `on`, but parts that are missing are taken from a later date (of a period)."""
        if later.day is None or self.day is None:
            return self.on(near)
        month = self.month or later.day.month
        year = self.year or later.day.year
        day = Written(self.day, month, year).on(near)
        if self.year is None and day.day and day.day > later.day:
            day = Written(self.day, month, year - 1).on(near)
        return day

    def _year_from(self, near: date | None) -> Dated:
        if near is None or self.month is None or self.day is None:
            return Dated(None, 0.4, "the year is not given")
        for year in (near.year, near.year - 1):
            found = _real(year, self.month, self.day)
            if found and found <= near:
                return Dated(found, 0.75, "the year is not given")
        return Dated(None, 0.4, "the year is not given")


class Mention(NamedTuple):
    """A date found in a text, and where."""

    start: int
    end: int
    written: Written


def mentions(text: str, *, birth: bool = False, near: date | None = None) -> list[Mention]:
    """Every date in a text, in order. The fullest way of writing wins where two overlap."""
    found: list[Mention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(match.start(), match.end(), _written(match, birth, near)))
    found.sort()
    return list(_with_bare_days(text, found))


def _with_bare_days(text: str, found: list[Mention]) -> Iterator[Mention]:
    end = 0
    for mention in found:
        bare = _BARE_DAY.search(text[end : mention.start])
        if bare and mention.written.day is not None and 1 <= int(bare["day"]) <= 31:
            lone = Written(int(bare["day"]), None, None)
            yield Mention(end + bare.start(), end + bare.end("whole"), lone)
        yield mention
        end = mention.end


def _written(match: re.Match[str], birth: bool, near: date | None) -> Written:
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _SHORT[month[:3].lower()]
    year = (parts.get("year") or "").lstrip("'")
    day = parts.get("day")
    return Written(
        int(day) if day else None,
        number,
        _century(int(year), birth, near) if len(year) == 2 else int(year) if year else None,
        short=len(year) == 2,
    )


def _century(year: int, birth: bool, near: date | None) -> int:
    """A two-digit year in full: births lie in the past, other dates near the present."""
    latest = _LATEST_YEAR if near is None else near.year - 2000 + (0 if birth else 10)
    if birth and near is not None:
        latest += 1  # an expected or mistyped birth of next year is still this century
    return 2000 + year if year <= latest else 1900 + year


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
