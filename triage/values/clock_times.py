"""A time of day beside a date: 'at 14:30', '2.30pm', '1430hrs', 'noon'."""

from __future__ import annotations

import re
from typing import NamedTuple


class Clock(NamedTuple):
    """A time of day, as HH:MM."""

    at: str


_APPROX = r"(?:(?:approx(?:imately|\.)?|about|around|circa|c\.|~)\s*)?"
_TIMES = (
    re.compile(
        rf"(?:\bat\s+|@\s*)?{_APPROX}\b(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s*"
        r"(?P<half>[ap])\.?\s?m\b\.?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\bat\s+|@\s*|T)?{_APPROX}(?<!\d)(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
        r"(?::[0-5]\d(?:\.\d+)?)?\s*(?:hrs|hours|h|Z)?(?![\d:])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\bat\s+|@\s*)?{_APPROX}\b(?P<h>[01]\d|2[0-3])[.]?(?P<m>[0-5]\d)\s*(?:hrs|hours|h)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\bat\s+|@\s*){_APPROX}(?P<h>[01]?\d|2[0-3])[.:]?(?P<m>[0-5]\d)\b(?![./-]\d)",
        re.IGNORECASE,
    ),
)
_NAMED = re.compile(r"(?:\bat\s+)?\b(?P<name>noon|midday|midnight)\b", re.IGNORECASE)


def take_time(text: str) -> tuple[str, Clock | None]:
    """The text without its times of day, and the first of them."""
    first: Clock | None = None
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            clock = _clock(match)
            first = first or clock
        text = pattern.sub(" ", text)
    if named := _NAMED.search(text):
        first = first or Clock("00:00" if named["name"].lower() == "midnight" else "12:00")
        text = _NAMED.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" ,;"), first


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = (match.groupdict().get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(f"{hour:02d}:{minute:02d}") if hour < 24 else None
