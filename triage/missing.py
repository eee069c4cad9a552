"""What is missing on a case as text to be sent: plain questions, the reference, and no name."""

from __future__ import annotations

from collections.abc import Iterator

from triage.case import Case
from triage.contributions import Contribution, contributions
from triage.flags.form import missing_answers, uncertain_paths
from triage.flags.mail import brought_by_mail
from triage.plain_words import day_in_words, question
from triage.today import Today

ASK = {
    "referrer_name": "Who is making the referral?",
    "referrer_agency": "Which agency is making the referral?",
    "referrer_email": "At which e-mail address can the referrer be reached?",
    "referral_date": "On which day was the referral made?",
    "safeguarding_lead_consulted": (
        "Was a Safeguarding Lead or Senior Manager consulted? If so, who, and on which day?"
    ),
    "incident_date": "On which day did the incident happen?",
    "la_aware_date": "On which day did the local authority become aware of the incident?",
    "outcome_for_child": "What was the outcome for the child (death, serious harm, other)?",
    "abuse_or_neglect": "Is abuse or neglect known or suspected?",
    "incident_summary": "What happened? Please give a summary of the incident.",
    "reason_for_referral": "Why is this being referred to the partnership?",
    "child_name": "What is the child's name?",
    "date_of_birth": "What is the child's date of birth (or due date, if unborn)?",
}
"""A question for every answer needed for triage (sin_form.REQUIRED, and of each child)."""
AGAIN = {
    "attachment unreadable": (
        "An attachment could not be read: please send it again as Word or PDF."
    ),
    "protected mail": (
        "An attachment is protected: please send it again without a password, or tell us the "
        "password by telephone."
    ),
}
NOTHING_MISSING = "Nothing that is needed for triage is missing."
NOTHING_OUTSTANDING = "No contribution is outstanding."


def missing_text(case: Case, today: Today) -> str:
    """What to ask the referrer: answers that are missing or uncertain, and what was unreadable."""
    missing = [_asked(path) for path in missing_answers(case)]
    unsure = [_asked(path) for path in uncertain_paths(case, today)]
    flags = {flag.name for flag in brought_by_mail(case, today)}
    again = [words for name, words in AGAIN.items() if name in flags]
    parts = [
        _listed("We still need these answers:", missing),
        _listed("Please confirm these answers, which could not be read with certainty:", unsure),
        _listed("", again),
    ]
    body = "\n\n".join(part for part in parts if part)
    return _text(case, body) if body else NOTHING_MISSING


def outstanding_text(case: Case, today: Today) -> str:
    """Whose contribution has not come yet, since when it is asked for, and by when it was due."""
    waiting = [item for item in contributions(case) if item.outstanding]
    if not waiting:
        return NOTHING_OUTSTANDING
    return _text(case, _listed("Contributions not yet received:", _agencies(waiting, today)))


def _agencies(waiting: list[Contribution], today: Today) -> Iterator[str]:
    for item in waiting:
        asked = f"requested on {day_in_words(item.requested_on)}" if item.requested_on else ""
        due = f", {'was ' * item.overdue(today.on)}due on {day_in_words(item.due_on)}"
        when = f"{asked}{due if item.due_on else ''}" if asked else "not yet requested"
        yield f"{today.register.name(item.agency)}: {when}"


def _asked(path: str) -> str:
    """The question of a path; which child, where it is not the first."""
    rest = path.partition(".")[2]
    number, _, key = rest.partition(".")
    asked = ASK.get(key or path) or f"{question(path)}?"
    return f"Child {int(number) + 1} on the form: {asked}" if rest and number != "0" else asked


def _listed(heading: str, items: Iterator[str] | list[str]) -> str:
    lines = [f"- {item}" for item in items]
    return "\n".join([*([heading] if heading else []), *lines]) if lines else ""


def _text(case: Case, body: str) -> str:
    return f"Our reference: {case.reference}\n\n{body}\n"
