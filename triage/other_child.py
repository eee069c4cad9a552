"""Does a text tell of another child than the case's, or of a death the case does not know?

A mail may answer a message of a case, or quote its reference, and yet be about another child:
then it is never filed by itself. A date of birth or NHS number that belongs to nobody on the
case says so, where no child of the case is named beside it.
"""

from __future__ import annotations

import re
from datetime import date

from triage.case import Case
from triage.current import current_form
from triage.evidence import Answer
from triage.identity import Searchable, keys_of_case, named_in, says, searchable
from triage.values.when import first_day

BIRTH = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|born(?: on)?)(?![a-z])[\s:=(\t-]{0,6}"
    r"(?:the )?(\d{1,2}(?:st|nd|rd|th)?(?:[\s/.,-]|of){1,4}(?:\d{1,2}|[a-z]{3,9})[\s/.,-]{1,3}'?"
    r"(\d{4}|\d{2})\b)",
    re.IGNORECASE,
)
CHILD = re.compile(
    r"^\W*(?:the |full )?(?:name of (?:the )?child|child(?:['\u2019]s)?(?: (?:full )?name)?)"
    r"\s*[:\t]\s*([a-z][^\n]{2,80})$",
    re.IGNORECASE | re.MULTILINE,
)
AGED = re.compile(
    r"\b([A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){1,2}),? (?:[Aa]ged?:? (?:only )?(\d{1,2})\b|"
    r"(?:is |\()(\d{1,2})(?:\)| ?(?:years?|yrs?|months?|weeks?|days?|y/?o)\b))"
)
"""'Forename Surname, aged 6,' and 'Forename Surname (6 years)'."""
NHS = re.compile(r"\bnhs\b[\s\w.:#]{0,12}?[\s:.]((?:\d[ -]?){9}\d)\b", re.IGNORECASE)
DIED = re.compile(
    r"\b(?:died|passed away|dead|deceased|killed|death of|fatally|fatal)\b", re.IGNORECASE
)
OLDEST = 25
"""Years: whoever was born longer ago is no child or care leaver of this process."""
SHORTEST_NAME = 3

ANOTHER = "it seems to tell of a child who is not on the case"
A_DEATH = "it tells of a death, and the case's answers do not"


def tells_of_another(text: str, case: Case) -> bool:
    """A child's name by its label or with its age, or a date of birth or NHS number, that nobody on
    the case has, and nowhere a child of the case by its full name."""
    words = searchable(text)
    known = {keys.nhs_number for keys in keys_of_case(case) if keys.nhs_number}
    numbers = {re.sub(r"\D", "", m[1]) for m in NHS.finditer(text)}
    foreign = [m for m in BIRTH.finditer(text) if _of_nobody(m[1], m[2], case)]
    labelled = [m for m in CHILD.finditer(text) if not mentions(m[1], case)]
    aged = [m for m in AGED.finditer(text) if _a_stranger(m[1], int(m[2] or m[3]), case)]
    if not (foreign or labelled or aged) and not (numbers and known and not numbers & known):
        return False
    return not _names_a_child(words, case)


def tells_of_a_death(text: str, case: Case) -> bool:
    """Words of a death, where the case's outcome is another: a child may have died."""
    outcome = current_form(case).answers.get("outcome_for_child")
    return bool(DIED.search(text)) and (outcome is None or outcome.value != "death")


def gives_its_full_name(text: str, case: Case) -> bool:
    """A child of the case is named in full, or by date of birth or NHS number."""
    return _names_a_child(searchable(text), case)


def mentions(text: str, case: Case) -> bool:
    """Any name of a child of the case stands in it, be it only the surname."""
    names = {name for keys in keys_of_case(case) for name in keys.name.split()}
    long = {name for name in names if len(name) >= SHORTEST_NAME and name != "baby"}
    return bool(long & searchable(text).words) or gives_its_full_name(text, case)


def _names_a_child(words: Searchable, case: Case) -> bool:
    return any(
        named_in(words, keys) or (keys.name and set(keys.name.split()) <= words.words)
        for keys in keys_of_case(case)
    )


def _of_nobody(written: str, year: str, case: Case) -> bool:
    """A birthday of no child and no relative on the case, of somebody young enough."""
    full = int(year) if len(year) == 4 else 2000 + int(year)
    if full > case.received_at.year:
        full -= 100
    if case.received_at.year - full > OLDEST:
        return False
    return not any(says(written.lower(), day) for day in _birthdays(case))


def _a_stranger(name: str, age: int, case: Case) -> bool:
    """Somebody young enough whose name, or part of it, is nobody's on the case."""
    family = [row.get("name") for row in current_form(case).family]
    known = {word for told in family if told for word in searchable(told.text).words}
    return age <= OLDEST and not mentions(name, case) and not known & searchable(name).words


def _birthdays(case: Case) -> list[date]:
    family = [row.get("date_of_birth") for row in current_form(case).family]
    days = [keys.born for keys in keys_of_case(case)] + [_day(answer) for answer in family]
    return [day for day in days if day is not None]


def _day(answer: Answer | None) -> date | None:
    return first_day(answer.value) if answer is not None else None
