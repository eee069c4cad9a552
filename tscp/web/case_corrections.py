"""An answer is corrected beside what was read, or a correction is taken back."""

from __future__ import annotations

from typing import Any

from fastapi.responses import Response

from triage.case import Case
from triage.correcting import NOT_GIVEN, sound_path
from triage.corrections import Path
from triage.current import answered, current_form
from triage.evidence import Answer, Corrected
from triage.plain_words import question
from triage.problem import Problem
from triage.shown import shown_value
from triage.sin_form import ANSWERS, GROUPS, Row
from triage.today import Today
from tscp.acts.correct import correct, withdraw_correction
from tscp.acts.desk import Desk
from tscp.web.acting import FRESH, Attempt
from tscp.web.case_form import case_acted, form_page, nowhere
from tscp.web.one_answer import place, whose
from tscp.web.typed import Sent, Unclear
from tscp.web.visit import Here, Visit
from tscp.web.words import sentence

NOT_GIVEN_HINT = "'-' for not given"
"""Said where anything may be typed; the page has a box for it."""
AREAS = frozenset({"narrative", "address"})


def ask(visit: Here, reference: str, key: str = "") -> Response:
    """The answer as it was read, and a field for what is right; `key` is its path."""
    return _page(visit, reference, FRESH, key)


def change(visit: Here, reference: str, typed: Sent) -> Response:
    """Corrects it."""
    key = typed.get("key")

    def act() -> None:
        text = NOT_GIVEN if typed.get("not_given") else typed.get("text")
        if not text:
            raise Unclear("Write what is right, or tick that it is not given", "text")
        correct(visit.desk, reference, visit.name, key, text, typed.get("why"), typed.version)

    return case_acted(
        visit, reference, typed, act, "corrected", lambda a: _page(visit, reference, a, key), "text"
    )


def withdraw(visit: Here, reference: str, typed: Sent) -> Response:
    """Takes the correction back."""
    key = typed.get("key")

    def act() -> None:
        why = typed.get("withdraw_why")
        withdraw_correction(visit.desk, reference, visit.name, key, why, typed.version)

    return case_acted(
        visit,
        reference,
        typed,
        act,
        "withdrawn",
        lambda a: _page(visit, reference, a, key),
        "withdraw_why",
    )


def _page(visit: Visit, reference: str, attempt: Attempt, key: str) -> Response:
    path = sound_path(key)
    if isinstance(path, Problem):
        return nowhere(visit, "The form has no such question.")

    def words(case: Case, today: Today) -> dict[str, Any]:
        answer = _answer(case, path)
        kind = GROUPS[path.group][path.key] if path.group else ANSWERS[path.key]
        read = answer.was if isinstance(answer, Corrected) else answer
        return {
            "key": key,
            "asked": whose(path) + question(path.key),
            "kind": "area" if kind in AREAS else kind,
            "answer": answer,
            "corrected": isinstance(answer, Corrected),
            "read": read,
            "read_at": place(read.evidence) if read else "",
            "read_value": _value(read, kind, today),
            "value": _typable(answer),
            "hint": _hint(visit.desk, path),
            "agencies": [(one.id, one.name, "") for one in today.register.agencies.values()],
        }

    return form_page(visit, reference, "correct.html", attempt, words)


def _answer(case: Case, path: Path) -> Answer | None:
    form = current_form(case)
    rows: tuple[Row, ...] = getattr(form, path.group) if path.group else (form.answers,)
    return rows[path.row].get(path.key) if path.row < len(rows) else None


def _value(answer: Answer | None, kind: str, today: Today) -> str:
    if answer is None or not answered(answer) or answer.value == "conflict":
        return ""
    said = shown_value(answer.value)
    return today.register.name(said) if kind == "agency" else said


def _typable(answer: Answer | None) -> str:
    """The answer as it could be typed, so that confirming it is one press."""
    usable = answer is not None and answered(answer) and answer.value != "conflict"
    return shown_value(answer.value) if usable and answer is not None else ""


def _hint(desk: Desk, path: Path) -> str:
    """What may be typed, in the words of whoever would refuse it."""
    told = desk.answer_by_hand(path.group, path.key, "?")
    hint = told.what_to_do if isinstance(told, Problem) else ""
    return "" if NOT_GIVEN_HINT in hint else sentence(hint)
