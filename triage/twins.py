"""Several forms in one message: which are one form sent twice (as Word and as PDF)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.current import answered
from triage.identity import compare_children
from triage.papers import Paper
from triage.plain_words import question
from triage.sin_form import SinForm

SAME = 0.9
"""From this likeness on two forms in one message are about the same child."""


@dataclass(frozen=True, slots=True)
class Copies:
    """One form and its copies in the same message; `disagree` names differing questions."""

    form: SinForm
    papers: tuple[Paper, ...]
    disagree: tuple[str, ...] = ()


def forms_of(papers: Sequence[Paper]) -> list[Copies]:
    """The forms of one message, copies joined, in the order they lie in it.

    The fullest copy speaks for all; where a copy says otherwise, the question is named.
    """
    groups: list[list[Paper]] = []
    for paper in (p for p in papers if p.form is not None):
        same = next((g for g in groups if _copy(g[0].form, paper.form)), None)
        if same is None:
            groups.append([paper])
        else:
            same.append(paper)
    return [_joined(group) for group in groups]


def _copy(one: SinForm | None, other: SinForm | None) -> bool:
    if one is None or other is None:
        return False
    if one.children and other.children:
        return compare_children(one, other).score >= SAME
    return _texts(one) == _texts(other)


def _joined(group: Sequence[Paper]) -> Copies:
    forms = [paper.form for paper in group if paper.form is not None]
    best = max(forms, key=lambda form: len(_texts(form)))
    others = [form for form in forms if form is not best]
    return Copies(best, tuple(group), tuple(sorted({q for o in others for q in _differ(best, o)})))


def _texts(form: SinForm) -> dict[str, object]:
    return {path: a.value for path, a in form.every_answer() if answered(a)}


def _differ(one: SinForm, other: SinForm) -> list[str]:
    first, second = _texts(one), _texts(other)
    return [
        question(path)
        for path in first.keys() & second.keys()
        if _flat(first[path]) != _flat(second[path])
    ]


def _flat(value: object) -> object:
    """Layout of white space and case differ between Word and PDF; they are no disagreement."""
    return "".join(value.split()).casefold() if isinstance(value, str) else value
