"""The one date parser: what a British form says about when.

Day first, always. A date that only makes sense month first is read so, with a doubt. A date
without its year takes it from `near` (the day of referral), with less confidence.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from triage.values.ages import parse_age
from triage.values.blank import says_nothing
from triage.values.calendar_words import Mention, Written, mentions
from triage.values.clock_times import Clock, take_time
from triage.values.when import Age, Day, Period, Roughly, When


class Parsed(NamedTuple):
    """A value, how sure it is (0..1), and why not surer ('' when there is no doubt)."""

    value: When | None
    confidence: float
    doubt: str


NOT_A_DATE = "no date could be read in this answer"
NO_YEAR = "the year is not given"
OLDEST_CHILD = 25  # the panel hears of care leavers up to 24
_HEDGES = re.compile(
    r"\b(approx(?:imately|\.)?|about|around|circa|ca?\.(?=\s*\d)|roughly|estimated|thought to be|"
    r"on or (?:around|about|before|after)|early|mid|middle|late|beginning|start of|end of|"
    r"week (?:of|commencing|beginning|ending)|w/[ce]|before|prior to|after|since|sometime|"
    r"some time|possibly|probably|not sure|unsure|unclear|unknown|not known|spring|summer|"
    r"autumn|winter|first half|second half|over the weekend)\b|\?|~",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^\W*(?:-|to|until|till|through|and|&|/|up to|or|,)\W*$", re.IGNORECASE)
_EITHER = re.compile(r"^\W*(?:or|and|&|,)\W*$", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(on|the|of|at|from|between|and|to|date|dated|was|is|it|in|born|dob|day|approximately|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|"
    r"sat|sun)\b",
    re.IGNORECASE,
)
_TEENS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
_FIRST_NINE = "first second third fourth fifth sixth seventh eighth ninth"
_ORDINALS = [
    *(f"{_FIRST_NINE} tenth {_TEENS} nineteenth twentieth".split()),
    *(f"twenty-{unit}" for unit in _FIRST_NINE.split()),
    *("thirtieth", "thirty-first"),
]
_IN_WORDS = re.compile(
    rf"\b(?<!-)({'|'.join(reversed(_ORDINALS))})(?=\s+(?:day\s+)?of\s+[a-z]{{3}})", re.IGNORECASE
)
_UPRIGHT = re.compile(r"(?<=\d)\s*[|\\]\s*(?=\d)")
# What a scan, or a hurried hand, makes of '12/03/2026'.
_MISREAD = re.compile(
    r"(?<![\w/])[\dOoIlSB]{1,2}([/.\-])[\dOoIlSB]{1,2}\1(?:[\dOoIlSB]{2}){1,2}(?![\w/])"
)
_AS_DIGITS = str.maketrans("OoIlSB", "001158")
LETTERS_IN_IT = "letters stand where digits should"
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_when(text: str, *, birth: bool = False, near: date | None = None) -> Parsed:
    """When a text says something was or will be.

    `birth`: ages are accepted, and a two-digit year never lies in the future.
    """
    cleaned = _clean(text)
    if says_nothing(cleaned):
        return Parsed(None, 1.0, "")
    if birth and (age := parse_age(cleaned)):
        return Parsed(age, 0.97, "")
    if birth and re.match(r"^(?:not yet born|unborn|pre-?birth)\b", cleaned, re.IGNORECASE):
        return Parsed(None, 0.97, "not yet born")
    if birth and cleaned.isdigit() and int(cleaned) < OLDEST_CHILD:
        return Parsed(Age(int(cleaned), "years"), 0.7, "a bare number, taken for years of age")
    mended = _MISREAD.sub(lambda match: match[0].translate(_AS_DIGITS), cleaned)
    if mended != cleaned:
        read = _read(mended, birth, near)
        return Parsed(read.value, min(read.confidence, 0.8), read.doubt or LETTERS_IN_IT)
    return _read(cleaned, birth, near)


def _read(cleaned: str, birth: bool, near: date | None) -> Parsed:
    rest, clock = take_time(cleaned)
    found = mentions(rest, birth=birth, near=near)
    if not found:
        return _without_date(cleaned)
    if len(found) >= 2 and (both := _span(rest, found, near)):
        return both
    return _single(cleaned, rest, found, clock, near)


def _clean(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"[‐‑‒–—−]", "-", folded)
    folded = _IN_WORDS.sub(lambda match: f"{_ORDINALS.index(match[0].lower()) + 1}", folded)
    return re.sub(r"\s+", " ", _UPRIGHT.sub("/", folded)).strip()


def _without_date(text: str) -> Parsed:
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    if year or re.search(r"\b(spring|summer|autumn|winter|christmas|easter)\b", text, re.I):
        return Parsed(Roughly(text), 0.9 if year else 0.6, "" if year else "not a calendar date")
    return Parsed(None, 0.4, NOT_A_DATE)


def _span(text: str, found: list[Mention], near: date | None) -> Parsed | None:
    """Two dates joined by 'to', 'and' or a dash; None when they are not joined."""
    one, two = found[0], found[1]
    between = _WEEKDAY.sub("", text[one.end : two.start])
    if not _JOINED.match(between):
        return None
    last = two.written.on(near)
    first = one.written.before(last, near)
    if first.day is None or last.day is None:
        return _roughly(text, two.written, near)
    doubt = first.doubt or last.doubt
    if first.day > last.day:
        return Parsed(None, 0.4, "the period ends before it begins")
    if first.day == last.day:
        return Parsed(Day(last.day), 0.9, doubt)
    if _HEDGES.search(text[: one.start]) and "between" not in text.lower():
        return _roughly(text, one.written, near)
    sure = 0.97
    if _EITHER.match(between) and "between" not in text.lower():
        sure, doubt = 0.75, doubt or "more than one day is given"
    if len(found) > 2 or _leftover(text, found[:2]):
        sure = min(sure, 0.85)
    return Parsed(Period(first.day, last.day), sure if not doubt else min(sure, 0.75), doubt)


def _roughly(text: str, written: Written, near: date | None) -> Parsed:
    """Approximate, with its month where one is named."""
    value = Roughly(text, written.month_of_year(near))
    return Parsed(value, 0.97, "") if written.year else Parsed(value, 0.85, NO_YEAR)


def _single(
    cleaned: str, rest: str, found: list[Mention], clock: Clock | None, near: date | None
) -> Parsed:
    """One date (the first, should there be several that are not a span)."""
    mention = found[0]
    day, sure, doubt = mention.written.on(near)
    if mention.written.day is None:
        return _roughly(cleaned, mention.written, near)
    if _hedged(rest, mention):
        month = f"{day:%Y-%m}" if day else None
        return Parsed(Roughly(cleaned, month), min(sure, 0.95), doubt)
    if day is None:
        return Parsed(None, 0.4, doubt)
    if (said := _WEEKDAY.search(rest)) and _WEEKDAYS[day.weekday()] != said[1].lower():
        sure, doubt = min(sure, 0.8), doubt or "the weekday and the date do not agree"
    if len(found) > 1:
        sure, doubt = min(sure, 0.6), doubt or "more than one date is given"
    elif _leftover(rest, found):
        sure = min(sure, 0.9)
    return Parsed(Day(day, clock.at if clock else None), sure, doubt)


def _hedged(text: str, mention: Mention) -> bool:
    """Whether a word such as 'approx' speaks of this date (and stands near it)."""
    before, after = text[: mention.start], text[mention.end :]
    return bool(_HEDGES.search(before[-40:]) or re.match(r"^.{0,3}" + _HEDGES.pattern, after, re.I))


def _leftover(text: str, found: list[Mention]) -> bool:
    """Words beside the date that it does not account for."""
    for mention in reversed(found):
        text = text[: mention.start] + " " + text[mention.end :]
    return bool(re.search(r"[A-Za-z0-9]", _SPOKEN.sub(" ", text)))
