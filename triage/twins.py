"""Several forms in one message: which are one form sent twice (as Word and as PDF)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.copies import differing, is_picture, pictured
from triage.current import answered
from triage.evidence import Answer
from triage.identity import (
    children_keys,
    compare_children,
    days_apart,
    same_names,
    same_referrer,
)
from triage.papers import Paper
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

    The fullest copy speaks for all, but no picture for a digital one; where a copy says
    otherwise, the question is named.
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
    if _two_agencies(one, other):
        return False
    if compare_children(one, other).score >= SAME:
        return True
    if pictured(one, other):
        return True
    if not same_referrer(one, other) or days_apart(one, other):
        return False
    if _names_somebody(one) and _names_somebody(other):
        # The name is one, a birthday or number was read or typed otherwise.
        return same_names(one, other)
    return not differing(one, other)


def _two_agencies(one: SinForm, other: SinForm) -> bool:
    """Two agencies that each referred the child filled a form each, even in one message."""
    first, second = (form.answers.get("referrer_agency") for form in (one, other))
    return answered(first) and answered(second) and _value(first) != _value(second)


def _value(answer: Answer | None) -> object:
    return answer.value if answer is not None else None


def _names_somebody(form: SinForm) -> bool:
    return any(keys.name or keys.nhs_number for keys in children_keys(form))


def _joined(group: Sequence[Paper]) -> Copies:
    forms = [paper.form for paper in group if paper.form is not None]
    fullest = max(map(_told, forms))
    best = max(forms, key=lambda f: (_told(f) * 2 > fullest, not is_picture(f), _told(f)))
    others = [form for form in forms if form is not best]
    return Copies(
        best, tuple(group), tuple(sorted({q for o in others for q in differing(best, o)}))
    )


def _told(form: SinForm) -> int:
    return sum(answered(answer) for _, answer in form.every_answer())
