"""Is it the same child, and the same referral? Compared without ever merging anything.

A child is surely the same by NHS number, or by name with date of birth. Name alone, or a date
of birth with day and month swapped, is only worth showing to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from triage.case import Case
from triage.current import answered, known_forms
from triage.sin_form import Row, SinForm
from triage.values.names import normalise, plain_letters
from triage.values.when import first_day

MARKS = r"['\u2018\u2019\u02bc`\u00b4]"
GAP = r"[\s/.,\\-]{1,3}"
_NUMBER, _YEAR = r"(?P<day>0?\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4}|'?\d\d)"
_MONTH, _WORD = r"(?P<month>0?\d{1,2}|[a-z]{3,})", r"(?P<month>[a-z]{3,})"
_WAYS = tuple(
    # Looked for at every place: a date may begin within what looked like another.
    re.compile(rf"(?<!\d)(?<!\d[/.-])(?={way}(?![\d/]))")
    for way in (
        rf"{_NUMBER}{GAP}(?:of\s+)?{_MONTH}{GAP}{_YEAR}",
        rf"{_WORD}{GAP}(?:the\s+)?{_NUMBER}{GAP}{_YEAR}",
        rf"(?P<year>\d{{4}}){GAP}{_MONTH}{GAP}(?P<day>0?\d{{1,2}})",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})",
    )
)
_MONTHS = {date(2000, n, 1).strftime("%b").lower(): n for n in range(1, 13)}
SURE = 0.9
"""From this score on the children are taken to be the same for filing."""


@dataclass(frozen=True, slots=True)
class ChildKeys:
    """What a child is found by. `name` is normalised; '' or None where not known."""

    name: str
    born: date | None
    nhs_number: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two children are, 0..1, and by what; the reason names no child."""

    score: float
    why: str


NO_LIKENESS = Likeness(0.0, "")


def keys_of(child: Row) -> ChildKeys:
    """The keys of one child of a form."""
    return ChildKeys(
        name=normalise(_text(child, "child_name")),
        born=first_day(child["date_of_birth"].value) if "date_of_birth" in child else None,
        nhs_number=_nhs_number(_text(child, "nhs_number")),
    )


def _nhs_number(text: str) -> str:
    """Ten digits that may tell a child from others: not a part of a number, not 0000000000."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == 10 and len(set(digits)) > 1 else ""


def _text(row: Row, key: str) -> str:
    answer = row.get(key)
    return answer.value if answer and isinstance(answer.value, str) else ""


def children_keys(form: SinForm) -> list[ChildKeys]:
    """The keys of every child of a form."""
    return [keys_of(child) for child in form.children]


def keys_of_case(case: Case) -> list[ChildKeys]:
    """The keys of every child of a case: as staff corrected them, and as the papers have them."""
    return list(dict.fromkeys(k for form in known_forms(case) for k in children_keys(form)))


def compare(one: ChildKeys, other: ChildKeys) -> Likeness:
    """How alike two children are; two different NHS numbers are two children."""
    names = bool(one.name) and _sorted(one.name) == _sorted(other.name)
    born = one.born is not None and one.born == other.born
    if one.nhs_number and other.nhs_number:
        if one.nhs_number == other.nhs_number:
            return Likeness(1.0, "the same NHS number")
        return Likeness(0.5, "the same name and date of birth") if names and born else NO_LIKENESS
    if names and born:
        return Likeness(0.97, "the same name and date of birth")
    if names and _swapped(one.born, other.born):
        return Likeness(0.7, "the same name, day and month of birth swapped")
    if names and (one.born is None or other.born is None):
        return Likeness(0.6, "the same name, a date of birth is not known")
    if born and one.name and other.name and set(one.name.split()) & set(other.name.split()):
        return Likeness(0.6, "the same date of birth and part of the name")
    return NO_LIKENESS


def _swapped(one: date | None, other: date | None) -> bool:
    if one is None or other is None or one.year != other.year:
        return False
    return (one.day, one.month) == (other.month, other.day)


def compare_children(one: SinForm, other: SinForm) -> Likeness:
    """The greatest likeness of any child of one form with any of the other."""
    pairs = [compare(a, b) for a in children_keys(one) for b in children_keys(other)]
    return max(pairs, key=lambda pair: pair.score, default=NO_LIKENESS)


def same_referrer(one: SinForm, other: SinForm) -> bool:
    """The same person filled both forms: by e-mail address or name, else agency and date."""
    address, person = _agree(one, other, "referrer_email"), _agree(one, other, "referrer_name")
    agency, day = _agree(one, other, "referrer_agency"), _agree(one, other, "referral_date")
    if address or (person and agency is not False):
        return True
    if address is False or person is False:
        return False
    return bool(agency and day)


def _agree(one: SinForm, other: SinForm, key: str) -> bool | None:
    """Whether two forms give the same answer; None where one gives none."""
    first, second = one.answers.get(key), other.answers.get(key)
    if first is None or second is None or not (answered(first) and answered(second)):
        return None
    if isinstance(first.value, str) and isinstance(second.value, str):
        return normalise(first.value) == normalise(second.value)
    return first.value == second.value


def same_names(one: SinForm, other: SinForm) -> bool:
    """A child of each form has the same name, whatever else was corrected."""
    first, second = ({_sorted(k.name) for k in children_keys(f) if k.name} for f in (one, other))
    return bool(first & second)


def _sorted(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.split()))


def days_apart(one: SinForm, other: SinForm) -> int | None:
    """Days between the incidents of two forms; None where one gives no day."""
    days = [
        first_day(form.answers["incident_date"].value)
        for form in (one, other)
        if "incident_date" in form.answers
    ]
    if len(days) < 2 or days[0] is None or days[1] is None:
        return None
    return abs((days[0] - days[1]).days)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text prepared once, to look for many children in it."""

    lower: str
    digits: str
    words: frozenset[str]


def searchable(text: str) -> Searchable:
    """Prepares a text: in lower case, with spaces inside numbers closed, and as folded words."""
    closed = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    plain = plain_letters(re.sub(MARKS, "", text))
    # O'Brien, O Brien, Mac Donald and MacDonald are one name in many hands.
    joined = re.sub(r"\b(o|mac|mc) (?=[a-z]{2})", r"\1", plain)
    words = frozenset(re.split(r"[^a-z0-9]+", f"{plain} {joined}"))
    return Searchable(text.lower(), closed, words)


def named_in(text: Searchable, keys: ChildKeys) -> str:
    """By what a child is named in a text: NHS number, or name with date of birth; '' if not."""
    if keys.nhs_number and keys.nhs_number in text.digits:
        return "the child's NHS number"
    if not keys.name or keys.born is None or not set(keys.name.split()) <= text.words:
        return ""
    return "the child's name and date of birth" if says(text.lower, keys.born) else ""


def says(text: str, day: date) -> bool:
    """Whether a text in lower case gives this day, in any way an English e-mail writes one."""
    said = _days(text)
    return any((day.day, day.month, year) in said for year in (f"{day:%Y}", f"{day:%y}"))


@lru_cache(maxsize=8)
def _days(text: str) -> frozenset[tuple[int, int, str]]:
    """Day, month and year (four digits or two) of all that may be a date in a text."""
    found = [one.groupdict() for way in _WAYS for one in way.finditer(text)]
    return frozenset(
        (int(one["day"]), _month(one["month"]), one["year"].lstrip("'")) for one in found
    )


def _month(said: str) -> int:
    return int(said) if said.isdigit() else _MONTHS.get(said[:3], 0)
