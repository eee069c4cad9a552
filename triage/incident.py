"""Is it the same incident? A revised form corrects one; a further incident is a case of its own."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from triage.current import answered
from triage.evidence import Answer
from triage.identity import days_apart
from triage.sin_form import SinForm

FEW_DAYS = 3
"""Days by which the dates of one incident may differ from form to form."""
TOO_FAR = 60
"""Days that no slip of the pen explains, even where the story is the same."""
SURELY = 0.9
"""Read less surely than this, a date proves no other incident."""
SAME_STORY = 85
"""Of 100: from this likeness on two summaries tell of one incident."""
SAYS_ANOTHER = re.compile(
    r"\b(?:second|third|another|separate|further|new|different|subsequent|later)"
    r"(?:,? (?:and )?(?:separate|serious|unrelated|safeguarding))* incident\b",
    re.IGNORECASE,
)


def is_another_incident(form: SinForm, known: SinForm, words: str) -> bool:
    """Whether a form by the same referrer about the same child tells of a further incident.

    It does where the days, surely read, differ by more than a few and its story is not the one
    told before, or where it or its mail (`words`) says so. Some days apart with the same story are
    a date that was corrected.
    """
    apart = days_apart(form, known)
    told, before = _text(form, "incident_summary"), _text(known, "incident_summary")
    said = SAYS_ANOTHER.search(f"{told}\n{_text(form, 'reason_for_referral')}\n{words}")
    if said and apart != 0 and not SAYS_ANOTHER.search(before):
        return True
    if apart is None or apart <= FEW_DAYS or not _surely(form, known):
        return False
    if apart > TOO_FAR:
        return True
    return not (told and before and fuzz.token_set_ratio(told, before) >= SAME_STORY)


def _surely(*forms: SinForm) -> bool:
    return all(form.answers["incident_date"].confidence >= SURELY for form in forms)


def _text(form: SinForm, key: str) -> str:
    answer: Answer | None = form.answers.get(key)
    return answer.text if answer is not None and answered(answer) else ""
