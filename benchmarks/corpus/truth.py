"""What a perfect reader would make of a form, in the shapes of the interface.

    {"status": "form", "layout": …, "wording": …, "format": …, "seed": …, "habits": […],
     "answers": {key: ANSWER}, "children": [{key: ANSWER}], "family": […], "agencies": […],
     "events": […], "unmapped": [{"label", "text"}]}

ANSWER: `value` as the interface says (None: nothing was answered), `text` as typed, `accept`
other right values, `optional` whether silence costs nothing, `ticks` {value: ticked} where the
form prints choices.
"""

from __future__ import annotations

from typing import Any

from benchmarks.corpus.form import Form, Question, Row

GROUPS = ("children", "family", "agencies", "events")
APART = ("extra", "office")
Json = dict[str, Any]


def truth_of(form: Form) -> Json:
    """The truth about a form; add layout, format and seed outside."""
    found: Json = {
        "status": "form",
        "wording": form.wording,
        "habits": list(form.habits),
        "answers": {},
        **{group: [] for group in GROUPS},
    }
    for section in form.sections:
        found["answers"] |= _row(section.questions)
        if section.group:
            found[section.group] += [_row(row) for row in section.rows]
    if form.version:
        version = {"value": form.version, "text": form.version, "accept": [], "optional": True}
        found["answers"]["form_version"] = version
    apart = [q for q in form.questions() if q.key in APART and q.text]
    found["unmapped"] = [{"label": q.label, "text": q.text} for q in apart]
    return found


def _row(row: Row) -> Json:
    return {q.key: _answer(q) for q in row if q.key not in APART}


def _answer(question: Question) -> Json:
    answer = question.answer
    told: Json = {"value": answer.value, "text": question.text}
    told |= {"accept": list(answer.accept), "optional": answer.optional}
    if question.options:
        told["ticks"] = {option.value: option.ticked for option in question.options}
    return told
