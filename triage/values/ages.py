"""Ages given in place of a date of birth: '4 yrs', 'aged 6 months old', '3/12', '10 days'."""

from __future__ import annotations

import re

from triage.values.when import Age

_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
        ],
        start=1,
    )
}
_NUMBER = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
_UNIT = r"(?P<unit>years?|yrs?|y\.?o\.?|y|months?|mths?|mnths?|mo|m|weeks?|wks?|wk|w|days?|d)"
_LEAD = r"(?:(?:child|baby|infant)\s+)?(?:is\s+)?(?:aged?|age:)?\s*(?:of\s+)?"
_HEDGE = r"(?:(?:approx(?:imately|\.)?|about|around|circa|c\.?|roughly|nearly|almost|est\.?|~)\s*)?"
_OLD = r"(?:\s*[-\s]?\s*(?:old|of\s+age))?(?:\s*(?:at\s+(?:the\s+)?time.*|\(?approx.*|\(dob.*))?"
_MORE = r"(?:\s*(?:,|and|&)?\s*(?P<more>\d{1,2})\s*(?P<less>months?|mths?|mo|m|weeks?|wks?|days?))?"
_AGE = re.compile(
    rf"^\W*{_LEAD}{_HEDGE}{_LEAD}{_NUMBER}\s*-?\s*{_UNIT}\.?{_MORE}{_OLD}\W*$", re.IGNORECASE
)
# Doctors write months as twelfths, weeks as fifty-seconds, days as sevenths.
_TWELFTHS = re.compile(r"^\W*(?:aged?\s*)?(\d{1,2})\s*/\s*(12|52|7)(?:\s*old)?\W*$", re.IGNORECASE)
_FRACTIONS = {"12": "months", "52": "weeks", "7": "days"}
_HALVES = re.compile(
    rf"^\W*{_LEAD}{_HEDGE}(\d{{1,2}})\s*(?:\.5|½|1/2|and a half)\s*(?:years?|yrs?|y){_OLD}\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^\W*aged?:?\s*{_HEDGE}(\d{{1,2}}){_OLD}\W*$", re.IGNORECASE)


def parse_age(text: str) -> Age | None:
    """The age a text gives and nothing else, in the unit it is told in; None if it is no age.

    'Four years and two months' is four years: nobody counts a child's age in two units.
    A young child's '1 year 3 months' is fifteen months, since months count under two.
    """
    if match := _TWELFTHS.match(text):
        return Age(int(match[1]), _FRACTIONS[match[2]])
    if match := _HALVES.match(text):
        years = int(match[1])
        return Age(years * 12 + 6, "months") if years < 2 else Age(years, "years")
    if match := _BARE.match(text):
        return Age(int(match[1]), "years")
    match = _AGE.match(text)
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else _WORDS[match["count"].lower()]
    unit = _UNITS[match["unit"][0].lower()]
    months = unit == "years" and (match["less"] or "").lower().startswith("m")
    if months and count < 2:
        return Age(count * 12 + int(match["more"]), "months")
    return Age(count, unit)
