"""Staff say what an answer is; it stands before what was read, which stays beside it."""

from __future__ import annotations

from datetime import datetime

from triage.case import Case, Correction
from triage.correcting import NOT_GIVEN, Said, correction, sound_path, withdrawal
from triage.corrections import Path
from triage.evidence import Value
from triage.problem import Problem
from triage.today import Today
from tscp.acts.change import change
from tscp.acts.desk import Desk, Refused


def correct(
    desk: Desk,
    reference: str,
    user: str,
    key: str,
    text: str,
    why: str = "",
    seen: int | None = None,
) -> Case:
    """Corrects an answer, or confirms one that was read unsurely.

    `key` is a path ('la_aware_date', 'children.0.date_of_birth'; the number after the last row
    with what names it adds a row), `text` the answer as one would write it on a form; '-' says
    that it is not given. Raises Refused with what would be right.
    """
    path = _sound(key)
    value = _value(desk, path, text.strip())

    def facts(case: Case, _today: Today, now: datetime) -> list[Correction]:
        return [_made(correction(case, key, Said(value, text.strip(), now, user, why)))]

    return change(desk, reference, user, f"corrected: {key}", facts, seen)


def withdraw_correction(
    desk: Desk, reference: str, user: str, key: str, why: str = "", seen: int | None = None
) -> Case:
    """Takes back what staff said of an answer: what was read counts again. Raises Refused."""
    _sound(key)

    def facts(case: Case, _today: Today, now: datetime) -> list[Correction]:
        return [_made(withdrawal(case, key, Said(None, "", now, user, why)))]

    return change(desk, reference, user, f"correction withdrawn: {key}", facts, seen)


def _sound(key: str) -> Path:
    path = sound_path(key)
    if isinstance(path, Problem):
        raise Refused(path.sentence())
    return path


def _value(desk: Desk, path: Path, text: str) -> Value | None:
    if not text:
        raise Refused("say what is right; '-' says that it is not given")
    value = None if text == NOT_GIVEN else desk.answer_by_hand(path.group, path.key, text)
    if isinstance(value, Problem):
        raise Refused(value.sentence())
    return value


def _made(fact: Correction | Problem) -> Correction:
    if isinstance(fact, Problem):
        raise Refused(fact.sentence())
    return fact
