"""What the answers suggest about notifying the National Panel; people decide.

Source: Children Act 2004 s16C(1): abuse or neglect is known or suspected, and the child died
or was seriously harmed. The death of a looked-after child or care leaver is always reported
(Working Together, ch. 5). Our words are 'answers suggest', never 'criteria met'.
"""

from __future__ import annotations

from typing import Literal

from triage.evidence import Answer
from triage.sin_form import SinForm

Suggestion = Literal["notification", "open", "no notification"]


def sure_value(answer: Answer | None, ask_below: float) -> object:
    """The value where it was read surely enough to build on, else None."""
    return answer.value if answer is not None and answer.confidence >= ask_below else None


def legal_statuses(form: SinForm) -> frozenset[str]:
    """Every legal status given for any child of the form."""
    found: set[str] = set()
    for child in form.children:
        answer = child.get("legal_status")
        value = answer.value if answer else None
        found.update((value,) if isinstance(value, str) else ())
        found.update(value if isinstance(value, tuple) else ())
    return frozenset(found)


def death_in_care(form: SinForm) -> bool:
    """A looked-after child or care leaver has died, as far as the answers say."""
    outcome = form.answers.get("outcome_for_child")
    cared_for = legal_statuses(form) & {"looked after", "care leaver"}
    return bool(cared_for) and outcome is not None and outcome.value == "death"


def suggestion(form: SinForm, ask_below: float) -> Suggestion:
    """What the answers suggest. A 'no' counts only when it was read surely: else it is open."""
    outcome = form.answers.get("outcome_for_child")
    abuse = form.answers.get("abuse_or_neglect")
    said_outcome, said_abuse = outcome and outcome.value, abuse and abuse.value
    if death_in_care(form):
        return "notification"
    if said_outcome in ("death", "serious harm") and said_abuse in ("known", "suspected"):
        return "notification"
    if sure_value(outcome, ask_below) == "near miss" or sure_value(abuse, ask_below) == "no":
        return "no notification"
    return "open"
