"""A later form never silently lowers what an earlier one told of the risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.case import Case
from triage.current import current_form
from triage.evidence import Answer, Corrected
from triage.flags.flag import Flag
from triage.plain_words import question
from triage.today import Today
from triage.working_days import london_day

GRAVITY: Mapping[str, Mapping[str, int]] = {
    "other_children_at_risk": {"yes": 1, "conflict": 1},
    "outcome_for_child": {"death": 2, "serious harm": 1},
    "abuse_or_neglect": {"known": 1, "suspected": 1},
}
"""Answers by how grave they are; any other is 0."""
HELD = "a later form says less than an earlier one; the earlier counts until it is corrected"
LESS = "a later form says less than an earlier one; please check, and correct or confirm it"


def lowered(case: Case, today: Today) -> Sequence[Flag]:
    """A form of the referrer's takes back what an earlier one said; a person settles it."""
    now = current_form(case).answers
    return [flag for key in GRAVITY if not _settled(now.get(key)) for flag in _of(case, key)]


def _of(case: Case, key: str) -> Sequence[Flag]:
    gravest, flags = 0, []
    for mail in case.mails:
        answer = mail.form.answers.get(key) if mail.form is not None else None
        if answer is None or answer.value is None or mail.kind == "contribution":
            continue
        said = GRAVITY[key].get(str(answer.value), 0)
        why = f"{question(key)}: {HELD if key == 'other_children_at_risk' else LESS}"
        flags = [Flag("answers disagree", why, london_day(mail.at))] if said < gravest else []
        gravest = max(gravest, said)
    return flags


def _settled(answer: Answer | None) -> bool:
    """A person said what it is, and the papers have not said otherwise since."""
    return isinstance(answer, Corrected)
