"""The questions of one row (or of the form's single questions) -> one answer a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from parsers.asked import BY_LABEL, MORE, Asked
from parsers.confidence import doubted, legibility, sureness
from parsers.misfit import misfit
from parsers.people import block_of
from parsers.texts import joined
from parsers.two_in_one import two_answers
from parsers.typed import Context, typed
from triage.evidence import Answer
from triage.values.choices import GENDERS

_LEGIBLE = 0.95
PERHAPS_GUIDANCE = "this stands beside the question and may be the form's own guidance"


class Kept(NamedTuple):
    """Answers by key; the questions left over; and whose block it was, if a relative's."""

    answers: Mapping[str, Answer]
    left: tuple[Asked, ...] = ()
    kin: str = ""


def answers_of(asked: Iterable[Asked], context: Context) -> Kept:
    """One answer a key. Of two that differ the surer counts, and the other is left over."""
    by_key: dict[str, list[Asked]] = defaultdict(list)
    kin = ""
    for question in asked:
        assert question.found is not None
        by_key[question.found.field.key].append(question)
        block = block_of(question.block)
        kin = kin or (block.relationship if block else "")
    answers: dict[str, Answer] = {}
    left: list[Asked] = []
    for key, questions in by_key.items():
        answer, over = _one(questions, context)
        answers[key] = answer
        left += over
        answers |= two_answers(questions, answers, context)
    return Kept(answers, tuple(left), kin)


def _one(questions: list[Asked], context: Context) -> tuple[Answer, list[Asked]]:
    """The answer to a key that may be asked in parts, go on in further rows, or come twice."""
    filled = [question for question in questions if not question.blank]
    if not filled:
        return _answer(questions[0], context), []
    parts = [question for question in filled if question.found and question.found.field.part]
    if parts:
        return _from_parts(parts, context), [q for q in filled if q not in parts]
    first = max(filled, key=lambda question: question.found.sure if question.found else 0)
    more = [q for q in filled if q is not first and _goes_on(first, q)]
    if more:
        first = replace(first, answer=joined([q.answer for q in (first, *more)], "\n"))
    others = [q for q in filled if q is not first and q not in more and q.label is not first.label]
    answer = _answer(first, context)
    different = [q for q in others if _answer(q, context).value not in (answer.value, None)]
    if different:
        answer = doubted(answer, 0.8, "asked twice, and answered differently")
    return answer, different


def _goes_on(first: Asked, other: Asked) -> bool:
    """The same question in a further row of the same entry, or continued below."""
    same = first.label == other.label and first.row == other.row
    return same and (first.row is not None or other.how == MORE)


def _answer(question: Asked, context: Context) -> Answer:
    assert question.found is not None
    value = typed(question.found.field, question.answer, context)
    sure = sureness(question, value)
    doubt = PERHAPS_GUIDANCE if question.how == BY_LABEL else value.doubt
    if not doubt and legibility(question.answer) < _LEGIBLE:
        doubt = "it is not clear to read in the picture"
    answer = Answer(value.value, value.text, sure, question.evidence, doubt)
    field, words = question.found.field, context.words
    as_written = value.value is not None and not (field.type == "gender" and value.value in GENDERS)
    against = misfit(field, value.text, words) if words and as_written else None
    return doubted(answer, *against) if against else answer


def _from_parts(parts: list[Asked], context: Context) -> Answer:
    """'Smith' under surname and 'Ann' under forename are one name."""
    order = {"forename": 0, "surname": 1}
    read = sorted(
        ((order.get(q.found.field.part, 2), _answer(q, context)) for q in parts if q.found),
        key=lambda pair: pair[0],
    )
    told = [answer for _, answer in read if answer.value]
    if not told:
        return read[0][1]
    words = " ".join(str(answer.value) for answer in told)
    text = " ".join(answer.text for answer in told)
    sure = min(answer.confidence for answer in told)
    both = len(told) > 1
    return Answer(words, text, sure if both else min(sure, 0.85), told[0].evidence, "")
