"""A later form never silently lowers what an earlier one told of the risk."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import Case
from triage.flags.flag import Flag
from triage.lowered import ON_THE_HARM, lowered_answers
from triage.plain_words import question
from triage.today import Today
from triage.working_days import london_day

HELD = "a later form says less than an earlier one; the earlier counts until it is corrected"
LESS = (
    "a later form says less than an earlier one; no clock ends by it until the answer is "
    "corrected or confirmed"
)


def lowered(case: Case, today: Today) -> Sequence[Flag]:
    """A form of the referrer's takes back what an earlier one said; a person settles it."""
    return [
        Flag(
            "answers disagree",
            f"{question(key)}: {LESS if key in ON_THE_HARM else HELD}",
            london_day(at),
        )
        for key, at in lowered_answers(case).items()
    ]
