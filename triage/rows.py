"""Which rows of two forms are the same child, relative, agency or event.

Rows are told apart by what they are known by: a name, and for people their date of birth and
NHS number. A row may be known by several names: as it was read, as a later form wrote it, as
staff corrected it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from triage.evidence import Answer, Value
from triage.sin_form import Row
from triage.values.names import normalise
from triage.values.when import Day

NAMED_BY: Mapping[str, str] = {
    "children": "child_name",
    "family": "name",
    "agencies": "agency",
    "events": "event",
}
"""Group -> the key that names a row of it."""
BORN, NHS_NUMBER = "date_of_birth", "nhs_number"

Known = Mapping[str, frozenset[str]]
"""What a row is known by: 'name', date of birth and NHS number, each with all that was said."""


def known_by(row: Row, group: str) -> Known:
    """What a row of a form is known by; a name that gives no value counts as typed."""
    values = {key: _value(key, answer) for key, answer in row.items()}
    return known_by_values({key: value for key, value in values.items() if value}, group)


def _value(key: str, answer: Answer) -> Value | None:
    named = key in NAMED_BY.values()
    return answer.text if named and not isinstance(answer.value, str) else answer.value


def known_by_values(values: Mapping[str, Value], group: str) -> Known:
    """As `known_by`, from bare values by key."""
    name, born, number = (values.get(key) for key in (NAMED_BY[group], BORN, NHS_NUMBER))
    digits = re.sub(r"\D", "", number) if isinstance(number, str) else ""
    said = {
        "name": normalise(name) if isinstance(name, str) else "",
        BORN: born.on.isoformat() if isinstance(born, Day) else "",
        NHS_NUMBER: digits if len(digits) == 10 else "",
    }
    return {key: frozenset((word,)) for key, word in said.items() if word}


def both(one: Known, other: Known) -> Known:
    """All that a row is known by, from two tellings of it."""
    keys = one.keys() | other.keys()
    return {key: one.get(key, frozenset()) | other.get(key, frozenset()) for key in keys}


def likeness(one: Known, other: Known) -> int:
    """3: name and number or birthday agree; 2: the number does; 1: the name does; 0: neither."""
    name, born, number = (_agree(one, other, key) for key in ("name", BORN, NHS_NUMBER))
    if name and (number or (born and number is None)):
        return 3
    return 2 if number else int(bool(name))


def _agree(one: Known, other: Known, key: str) -> bool | None:
    """Whether two rows share what they are known by; None where one of them says nothing."""
    return bool(one[key] & other[key]) if key in one and key in other else None


def two_people(one: Known, other: Known) -> bool:
    """Surely not the same child: another number, or another birthday and no name in common."""
    number, born = _agree(one, other, NHS_NUMBER), _agree(one, other, BORN)
    if number is not None:
        return not number
    words, others = (set(" ".join(row.get("name", ())).split()) for row in (one, other))
    return born is False and bool(words and others) and not words & others


def places(old: Sequence[Known], new: Sequence[Known]) -> dict[int, int]:
    """New row's number -> the number of the old row that is the same; the surest first.

    No old row is taken twice: twins called alike stay two.
    """
    found: dict[int, int] = {}
    for least in (3, 2, 1):
        for number, row in enumerate(new):
            taken = found.values()
            if number not in found:
                free = [p for p, known in enumerate(old) if p not in taken and known]
                alike = [p for p in free if likeness(old[p], row) >= least]
                # Of two, the one that was never called otherwise.
                same = min(alike, key=lambda p: len(old[p].get("name", ())), default=None)
                found |= {} if same is None else {number: same}
    return found


def in_order(
    old: Sequence[Known], new: Sequence[Known], found: Mapping[int, int], told: Sequence[int]
) -> dict[int, int]:
    """`found` with the rows left over paired in order: children told of under another name.

    `told` are the numbers of the old rows that may be paired so.
    """
    rest_old = [place for place in told if place not in found.values()]
    rest_new = [number for number in range(len(new)) if number not in found]
    pairs = zip(rest_new, rest_old, strict=False)
    return {**found, **{n: p for n, p in pairs if not two_people(old[p], new[n])}}
