"""A document as read, in the JSON of `tscp read FILE --json`."""

from __future__ import annotations

from typing import Any

from parsers.outcome import DocumentRead
from triage.evidence import Answer, Evidence
from triage.sin_form import GROUPS, Row
from triage.values.plain import plain_value


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
            {"label": item.label, "text": item.text, "evidence": evidence_as_json(item.evidence)}
            for item in (form.unmapped if form else ())
        ],
        "problems": [p.sentence() for p in ((read.problem,) if read.problem else read.notes)],
        "others": [],
        "recognised_as": read.recognised_as or None,
    }


def _row(row: Row) -> dict[str, Any]:
    return {key: answer_as_json(answer) for key, answer in row.items()}


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """One answer with its evidence, and the doubt where there is one."""
    told = {
        "value": plain_value(answer.value),
        "text": answer.text,
        "confidence": answer.confidence,
        "evidence": evidence_as_json(answer.evidence),
    }
    return {**told, "doubt": answer.doubt} if answer.doubt else told


def evidence_as_json(evidence: Evidence) -> dict[str, Any]:
    """Where an answer stands."""
    return {
        "page": evidence.page,
        "cell": evidence.cell,
        "box": list(evidence.box) if evidence.box else None,
        "method": evidence.method,
    }
