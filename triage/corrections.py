"""Corrections by staff: which row of the case each is about, and the answers that follow.

A correction stands beside what was read and before it in every view. It is bound to its row by
what the row was known by, never by its number alone, so that it stays with its child.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from triage.case import Correction
from triage.evidence import Answer, Corrected, Evidence, Value
from triage.plain_words import day_in_words
from triage.rows import NHS_NUMBER, Known, known_by_values, likeness
from triage.shown import shown_value
from triage.sin_form import Row
from triage.working_days import london_day

GONE = "no paper of the case tells of this row any more"


class Path(NamedTuple):
    """'children.0.date_of_birth' in its parts; group '' and row 0 for what is asked once."""

    group: str
    row: int
    key: str


def path_of(text: str) -> Path:
    """The parts of a path that is sound."""
    group, _, rest = text.partition(".")
    row, _, key = rest.partition(".")
    return Path(group, int(row), key) if rest else Path("", 0, text)


def row_of(correction: Correction, known: Sequence[Known]) -> int | None:
    """The number of the row a correction is about, among rows known so; None if not there.

    A row that nothing names is found by its number, as long as nothing names it.
    """
    path = path_of(correction.path)
    wanted = known_by_values(_told_by(correction, path), path.group)
    if correction.adds and path.row == len(known):
        return None
    if "name" not in wanted and NHS_NUMBER not in wanted:
        there = path.row < len(known) and "name" not in known[path.row]
        return path.row if there else None
    ranked = [(likeness(row, wanted), n == path.row, -n) for n, row in enumerate(known)]
    best = max(ranked, default=(0, False, 0))
    return -best[2] if best[0] else None


def _told_by(correction: Correction, path: Path) -> Mapping[str, Value]:
    if correction.adds and correction.value is not None:
        return {path.key: correction.value}
    return correction.row


def named_by(correction: Correction) -> Known:
    """What its row is known by through the correction itself, besides what was read."""
    path = path_of(correction.path)
    value = {} if correction.value is None else {path.key: correction.value}
    return known_by_values({**correction.row, **value}, path.group)


def as_remembered(correction: Correction) -> Row:
    """A row no paper tells of any more, as it was known when it was corrected."""
    where = _evidence(correction)
    return {
        key: Answer(value, shown_value(value), 0.5, where, GONE)
        for key, value in correction.row.items()
    }


def with_corrections(row: Row, corrections: Sequence[Correction]) -> Row:
    """A row with the last word of staff on each answer; one taken back leaves what was read."""
    last = {path_of(correction.path).key: correction for correction in corrections}
    said = {
        key: _answer(correction, row.get(key))
        for key, correction in last.items()
        if not correction.withdrawn
    }
    return {**row, **said} if said else row


def _answer(correction: Correction, read: Answer | None) -> Corrected:
    return Corrected(
        correction.value,
        correction.text,
        1.0,
        _evidence(correction),
        was=read,
        by=correction.by,
        at=correction.at,
        why=correction.why,
        disputed=_disputed(correction, read),
    )


def _evidence(correction: Correction) -> Evidence:
    day = day_in_words(london_day(correction.at))
    return Evidence(cell=f"corrected by {correction.by} on {day}", method="corrected")


def _disputed(correction: Correction, read: Answer | None) -> bool:
    """The papers say something that staff did not know of, and it is not what staff say."""
    if read is None or read.value in (None, "", ()):
        return False
    known = (folded(correction.over), folded(correction.value))
    return folded(read.value) not in known


def folded(value: object) -> object:
    """A value for comparing: white space and case of a text do not matter."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
