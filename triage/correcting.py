"""A correction about to be made: is there such an answer, and what will its fact say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from triage.case import Case, Correction
from triage.corrections import Path, path_of
from triage.current import current_form
from triage.evidence import Answer, Corrected, Value
from triage.plain_words import counted, question
from triage.problem import Problem
from triage.rows import BORN, NAMED_BY, NHS_NUMBER
from triage.sin_form import ANSWERS, GROUPS, Row

NOT_GIVEN = "-"
ONE_OF = {"children": "child", "family": "family row", "agencies": "agency", "events": "event"}
EXAMPLES = "such as la_aware_date or children.0.date_of_birth; see `tscp case REF --json`"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an answer: its value (None: not given), as typed, when, who, why."""

    value: Value | None
    text: str
    at: datetime
    by: str
    why: str


def sound_path(text: str) -> Path | Problem:
    """The parts of a path, if the form has such a question."""
    group, _, rest = text.partition(".")
    number, _, key = rest.partition(".")
    if not rest and group in ANSWERS:
        return Path("", 0, group)
    if group in GROUPS and number.isdecimal() and len(number) < 4 and key in GROUPS[group]:
        return Path(group, int(number), key)
    return Problem(f"no answer '{text}'", what_to_do=_meant(group, rest, text))


def _meant(group: str, rest: str, text: str) -> str:
    """What would be right, as near as it can be guessed."""
    key = rest.rpartition(".")[2] if group in GROUPS else text
    if group in GROUPS and key in GROUPS[group]:
        return f"say which, {group}.0.{key} for the first {ONE_OF[group]}"
    homes = [name for name, keys in GROUPS.items() if text in keys]
    if homes:
        return f"say whose, such as {' or '.join(f'{home}.0.{text}' for home in homes)}"
    keys = GROUPS.get(group, ANSWERS)
    near = get_close_matches(key, list(keys), 1)
    there = f"{group}.0.{near[0]}" if near and group in GROUPS else "".join(near)
    return f"perhaps {there}" if near else EXAMPLES


def correction(case: Case, path: str, said: Said) -> Correction | Problem:
    """The fact that an answer is so; a further row begins with what names it."""
    group, number, key = path_of(path)
    form = current_form(case)
    if not group:
        return _fact(path, said, form.answers.get(key), {})
    rows: tuple[Row, ...] = getattr(form, group)
    if number < len(rows):
        return _fact(path, said, rows[number].get(key), rows[number])
    if number > len(rows) or key != NAMED_BY[group] or said.value is None:
        return _no_row(group, len(rows))
    return _fact(path, said, None, {}, adds=True)


def withdrawal(case: Case, path: str, said: Said) -> Correction | Problem:
    """The fact that what staff said of an answer counts no more; the papers' answer is back."""
    group, number, key = path_of(path)
    form = current_form(case)
    rows: tuple[Row, ...] = getattr(form, group) if group else (form.answers,)
    row = rows[number] if number < len(rows) else {}
    answer = row.get(key)
    if not isinstance(answer, Corrected):
        what = f"{question(path)} is not corrected"
        return Problem(what, what_to_do="there is nothing to withdraw")
    return _fact(path, said, answer, row if group else {}, withdrawn=True)


def _fact(
    path: str,
    said: Said,
    answer: Answer | None,
    row: Row,
    adds: bool = False,
    withdrawn: bool = False,
) -> Correction:
    read = answer.was if isinstance(answer, Corrected) else answer
    known = (*NAMED_BY.values(), BORN, NHS_NUMBER)
    values = {key: row[key].value for key in known if key in row}
    return Correction(
        path,
        said.value,
        said.text,
        said.at,
        said.by,
        said.why,
        {key: value for key, value in values.items() if value is not None},
        adds,
        read.value if read is not None else None,
        withdrawn,
    )


def _no_row(group: str, there: int) -> Problem:
    one = ONE_OF[group]
    many = "children" if one == "child" else "agencies" if one == "agency" else f"{one}s"
    has = counted(there, one) if there == 1 else f"{there} {many}"
    further = f"a further {one} begins with {group}.{there}.{NAMED_BY[group]}"
    return Problem(f"the case has {has}", what_to_do=further)
