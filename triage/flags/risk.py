"""No form silently lowers what another told of the risk."""

from __future__ import annotations

from collections.abc import Sequence

from triage.beside import said_beside
from triage.case import Case
from triage.flags.flag import Flag
from triage.lowered import GRAVITY, ON_THE_HARM, lowered_answers
from triage.plain_words import question
from triage.sin_form import REQUIRED
from triage.today import Today
from triage.working_days import london_day

HELD = "a later form says less than an earlier one; the earlier counts until it is corrected"
LESS = (
    "a later form says less than an earlier one; no clock ends by it until the answer is "
    "corrected or confirmed"
)

OTHERWISE = "another agency's form says otherwise; both answers stand until one is confirmed"


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


def said_otherwise(case: Case, today: Today) -> Sequence[Flag]:
    """Another agency answers a required or a grave question otherwise; the answers stand beside."""
    came = {
        key: min((b.at for b in others if not b.settled), default=None)
        for key, others in said_beside(case).items()
        if key in REQUIRED or key in GRAVITY
    }
    return [
        Flag("answers disagree", f"{question(key)}: {OTHERWISE}", london_day(at))
        for key, at in came.items()
        if at is not None
    ]
