"""A document as read, in the JSON of `tscp read FILE --json`."""

from __future__ import annotations

from typing import Any

from parsers.outcome import DocumentRead
from triage.evidence import Answer, Evidence, Value
from triage.sin_form import GROUPS, Row
from triage.values.when import Age, Day, Period, Roughly


def as_json(read: DocumentRead, document_name: str) -> dict[str, Any]:
    """The shape other programs rely on: keys are added, never renamed."""
    form = read.form
    rows = {group: [_row(row) for row in getattr(form, group, ())] for group in GROUPS}
    return {
        "status": read.status,
        "reason": read.reason,
        "form": form.form if form else None,
        "document": document_name,
        "answers": _row(form.answers) if form else {},
        **rows,
        "unmapped": [
            {"label": item.label, "text": item.text, "evidence": _evidence(item.evidence)}
            for item in (form.unmapped if form else ())
        ],
        "problems": [read.problem.sentence()] if read.problem else [],
        "others": [],
        "recognised_as": read.recognised_as or None,
    }


def _row(row: Row) -> dict[str, Any]:
    return {key: _answer(answer) for key, answer in row.items()}


def _answer(answer: Answer) -> dict[str, Any]:
    told = {
        "value": value_as_json(answer.value),
        "text": answer.text,
        "confidence": answer.confidence,
        "evidence": _evidence(answer.evidence),
    }
    return {**told, "doubt": answer.doubt} if answer.doubt else told


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "page": evidence.page,
        "cell": evidence.cell,
        "box": list(evidence.box) if evidence.box else None,
        "method": evidence.method,
    }


def value_as_json(value: Value | None) -> Any:
    """A canonical value as the interface writes it."""
    if isinstance(value, Day):
        return value.on.isoformat() + (f"T{value.at}" if value.at else "")
    if isinstance(value, Period):
        return {"from": value.first.isoformat(), "to": value.last.isoformat()}
    if isinstance(value, Roughly):
        return {"approx": value.approx, **({"month": value.month} if value.month else {})}
    if isinstance(value, Age):
        return {"age": {value.unit: value.count}}
    return list(value) if isinstance(value, tuple) else value
