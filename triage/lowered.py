"""A form that says less of the harm than an earlier one, or than another agency's copy: nothing
rests on it until a person has corrected or confirmed the answer (decision 4: no clock is ended
silently)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from triage.beside import said_beside
from triage.case import Case
from triage.criteria import Suggestion, suggestion
from triage.current import current_form
from triage.evidence import Corrected

GRAVITY: Mapping[str, Mapping[str, int]] = {
    "other_children_at_risk": {"yes": 1, "conflict": 1},
    "outcome_for_child": {"death": 2, "serious harm": 1},
    "abuse_or_neglect": {"known": 1, "suspected": 1},
}
"""Answers by how grave they are; any other is 0."""
ON_THE_HARM = frozenset(("outcome_for_child", "abuse_or_neglect"))


def lowered_answers(case: Case) -> dict[str, datetime]:
    """The keys whose latest form says less than an earlier one, and when (UTC) that came.

    Not those of which a person said what is right. Another agency's copy lowers nothing.
    """
    now = current_form(case).answers
    came = {key: _lowered_at(case, key) for key in GRAVITY}
    return {
        key: at
        for key, at in came.items()
        if at is not None and not isinstance(now.get(key), Corrected)
    }


def graver_beside(case: Case) -> dict[str, datetime]:
    """The keys of which another agency says something graver, and when (UTC) that came.

    Not those that staff have answered since.
    """
    now, found = current_form(case).answers, dict[str, datetime]()
    for key, others in said_beside(case).items():
        answer, grave = now.get(key), GRAVITY.get(key, {})
        least = grave.get(str(answer.value), 0) if answer is not None else 0
        came = [b.at for b in others if grave.get(str(b.answer.value), 0) > least and not b.settled]
        found |= {key: min(came)} if came else {}
    return found


def suggested(case: Case, ask_below: float) -> Suggestion:
    """What the case's answers suggest; 'open' where a graver answer speaks for it."""
    found = suggestion(current_form(case), ask_below)
    graver = lowered_answers(case).keys() | graver_beside(case).keys()
    if found == "no notification" and ON_THE_HARM & graver:
        return "open"
    return found


def _lowered_at(case: Case, key: str) -> datetime | None:
    gravest, lowered = 0, None
    for mail in case.mails:
        answer = mail.form.answers.get(key) if mail.form is not None else None
        if answer is None or answer.value is None or mail.kind == "contribution":
            continue
        said = GRAVITY[key].get(str(answer.value), 0)
        lowered = mail.at if said < gravest else None
        gravest = max(gravest, said)
    return lowered
