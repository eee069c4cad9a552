"""Where two copies of one form say otherwise: Word and the PDF made from it, or a scan.

Layout is no disagreement. What a machine saw in a picture may be misread: there only an answer
that is sure, and clearly another, counts. Otherwise the digital copy is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from triage.current import answered
from triage.evidence import Answer
from triage.plain_words import question
from triage.rows import in_order, known_by, places
from triage.sin_form import GROUPS, SinForm

_SURE = 0.95
"""From this confidence on an answer seen in a picture may contradict a digital one."""
_MISREAD = 85
"""Texts so alike (per cent) differ by misread letters."""
_MOST = 0.8
"""Share of the answers both give, from which on a picture shows the same form."""
_ENOUGH = 6

Pair = tuple[str, Answer, Answer]


def is_picture(form: SinForm) -> bool:
    """Whether most of a form was recognised in a picture."""
    answers = [answer for _, answer in form.every_answer() if answered(answer)]
    return sum(map(_seen, answers)) * 2 > len(answers)


def differing(form: SinForm, copy: SinForm) -> tuple[str, ...]:
    """The questions, in plain words, that a copy answers otherwise."""
    return tuple(question(path) for path, one, other in _pairs(form, copy) if _differ(one, other))


def pictured(one: SinForm, other: SinForm) -> bool:
    """Whether one of two forms is a picture of the other: nearly all answers and names agree."""
    if is_picture(one) == is_picture(other):
        return False
    pairs = list(_pairs(one, other))
    alike = sum(not _differ(*answers) for _, *answers in pairs)
    names = [answers for path, *answers in pairs if path.endswith("child_name")]
    same = all(fuzz.ratio(*map(_letters, pair)) >= _MISREAD for pair in names)
    return bool(names) and same and len(pairs) >= _ENOUGH and alike >= len(pairs) * _MOST


def _pairs(form: SinForm, copy: SinForm) -> Iterator[Pair]:
    """Every question both answer; rows are paired by whom they are about, not by their place."""
    yield from _in_both("", form.answers, copy.answers)
    for group in GROUPS:
        rows, others = getattr(form, group), getattr(copy, group)
        known, theirs = ([known_by(row, group) for row in those] for those in (rows, others))
        same = in_order(known, theirs, places(known, theirs), range(len(rows)))
        for number, place in sorted(same.items(), key=lambda pair: pair[1]):
            yield from _in_both(f"{group}.{place}.", rows[place], others[number])


def _in_both(path: str, one: Mapping[str, Answer], other: Mapping[str, Answer]) -> Iterator[Pair]:
    for key, answer in one.items():
        if answered(answer) and answered(other.get(key)):
            yield path + key, answer, other[key]


def _differ(one: Answer, other: Answer) -> bool:
    if _letters(one) == _letters(other):
        return False
    seen = [answer for answer in (one, other) if _seen(answer)]
    if not seen:
        return True
    if any(answer.confidence < _SURE for answer in seen):
        return False
    typed = isinstance(one.value, str) and isinstance(other.value, str)
    return not (typed and fuzz.ratio(_letters(one), _letters(other)) >= _MISREAD)


def _letters(answer: Answer) -> str:
    """A value's letters and digits: Word and PDF break, space and hyphenate lines otherwise."""
    value = answer.value
    told = " ".join(sorted(value)) if isinstance(value, tuple) else str(value)
    return "".join(filter(str.isalnum, told)).casefold()


def _seen(answer: Answer) -> bool:
    return answer.evidence.method == "ocr"
