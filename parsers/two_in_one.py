"""One answer that holds two: 'Name and designation', 'Telephone and e-mail', 'Signed and dated'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from parsers.asked import Asked
from parsers.reading import Run
from parsers.typed import Context, typed
from parsers.vocabulary import Field
from parsers.vocabulary_taught import keys_of
from triage.evidence import Answer

_SHAPED = {"email", "phone", "postcode", "nhs number", "date", "birth"}
"""Types whose values are known by their shape, wherever in a text they stand."""
_BETWEEN = ("\n", ", ", " - ", " – ", "; ", " / ", " (")
_MOST = 0.9
"""Where one answer ends and the other begins is never sure enough to ask nobody."""


def two_answers(
    questions: list[Asked], answers: Mapping[str, Answer], context: Context
) -> dict[str, Answer]:
    """Both answers of the question that asks two at once; empty if none of these does."""
    held = next((q for q in questions if q.found and q.found.field.also and not q.blank), None)
    if held is None or held.found is None:
        return {}
    field = held.found.field
    answer = answers[field.key]
    second = keys_of(field.group)[field.also]
    if second in _SHAPED:
        told = _by_shape(field, second, answer, context)
    else:
        told = _by_sign(field, answer)
    return {key: one for key, one in told.items() if key == field.key or key not in answers}


def _by_sign(field: Field, answer: Answer) -> dict[str, Answer]:
    """Parted by a comma, a dash or a line."""
    sure = min(answer.confidence, _MOST)
    for separator in _BETWEEN:
        name, parted, role = answer.text.partition(separator)
        if parted and name.strip() and role.strip():
            first = replace(answer, value=" ".join(name.split()), confidence=sure)
            job = replace(answer, value=" ".join(role.strip(" )").split()), confidence=sure)
            return {field.key: first, field.also: job}
    return {field.key: replace(answer, confidence=sure)}


def _by_shape(field: Field, second: str, answer: Answer, context: Context) -> dict[str, Answer]:
    """The second is known by its shape; an address keeps its postcode, a name no number."""
    other = replace(field, key=field.also, type=second, choices={}, part="", also="")
    pieces = [*_pieces(answer.text), answer.text]
    read = [(typed(other, (Run(piece),), context), piece) for piece in pieces]
    found, piece = max(read, key=lambda one: one[0].sure if one[0].value is not None else 0)
    if found.value is None:
        return {field.key: answer}
    told = Answer(found.value, answer.text, min(found.sure, _MOST), answer.evidence, found.doubt)
    if field.type in _SHAPED or field.type == "address" or piece == answer.text:
        return {field.key: answer, field.also: told}
    left = answer.text.replace(piece, " ", 1).strip(" \n,;/()-–")
    first = typed(field, (Run(left),), context)
    sure = min(first.sure, answer.confidence, _MOST)
    return {field.key: replace(answer, value=first.value, confidence=sure), field.also: told}


def _pieces(text: str) -> list[str]:
    """What begins with the first digit, then the parts between signs."""
    digit = re.search(r"\d", text)
    parts = re.split("|".join(re.escape(sign) for sign in _BETWEEN), text)
    numbered = [text[digit.start() :]] if digit and digit.start() else []
    return [*numbered, *(part.strip(" )") for part in parts if part.strip(" )"))]
