"""Mail that belongs to no case by itself: to a person, or ignored, always with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from triage.case import Case, MessageKind
from triage.contents import contributes
from triage.correspondence import Correspondence
from triage.matching import Match
from triage.other_child import A_DEATH, ANOTHER, tells_of_a_death, tells_of_another
from triage.papers import LIKE_A_FORM, Paper
from triage.problem import Problem
from triage.today import Today

Unfiled = tuple[Literal["needs a person", "ignored"], MessageKind, str]

IGNORED = {
    "automatic reply": "an automatic reply; it names no case of ours",
    "newsletter": "a newsletter or list mail",
}
OFFERED = "sent by a machine; which case of ours it answers is not certain"
TO_A_PERSON = {
    "bounce": "a message could not be delivered; see in it which, and to whom",
    "calendar": "a calendar message without a case; accept or decline it in the mailbox",
}


def ignored_or_person(
    mail: Correspondence,
    papers: Sequence[Paper],
    problems: Sequence[Problem],
    match: Match,
    case: Case | None,
    today: Today,
) -> Unfiled | None:
    """What becomes of mail without a form; None where it is filed to its case."""
    unread = _unread(papers, case)
    if unread is not None:
        kind: MessageKind = "unreadable" if unread.state == "unreadable" else "other"
        return "needs a person", kind, _with_hint(_unread_reason(unread), match)
    if problems:
        return "needs a person", "unreadable", _with_hint(problems[0].sentence(), match)
    if case is not None:
        doubt = _about_another(mail, papers, case)
        return ("needs a person", "correspondence", _with_hint(doubt, match)) if doubt else None
    if mail.kind in IGNORED:
        reason = OFFERED if match.offered else IGNORED[mail.kind]
        return "ignored", mail.kind, reason  # type: ignore[return-value]
    if mail.kind in TO_A_PERSON:
        return "needs a person", mail.kind, TO_A_PERSON[mail.kind]  # type: ignore[return-value]
    if mail.sender in today.own_addresses:
        return "needs a person", "ours", f"sent from our own address; {match.why}"
    if match.offered:
        return "needs a person", match.kind, match.why
    return "needs a person", "other", _nothing_found(papers, match)


def _unread(papers: Sequence[Paper], case: Case | None) -> Paper | None:
    """What keeps a mail from its case: what looks like a form always, another document that
    could not be read unless the mail's others are a contribution."""
    unread = [p for p in papers if p.problem is not None and p.form is None]
    unread.sort(key=lambda paper: paper.recognised_as != LIKE_A_FORM)
    if not unread or unread[0].recognised_as == LIKE_A_FORM:
        return unread[0] if unread else None
    told = case is not None and any(contributes(paper, case) for paper in papers)
    return None if told else unread[0]


def _about_another(mail: Correspondence, papers: Sequence[Paper], case: Case) -> str:
    """Why mail of a case may be about another child or news of a death; '' where nothing says so.

    What machines send says what they answer, in words of their own.
    """
    if mail.kind != "ordinary":
        return ""
    if tells_of_another(mail.body, case) or tells_of_another(mail.attached_text, case):
        return ANOTHER
    other = next((p for p in papers if p.text and tells_of_another(p.text, case)), None)
    if other is not None:
        return f"{other.name}: {ANOTHER}"
    if tells_of_a_death(mail.body, case):
        return A_DEATH
    # An account of the case may tell of a grandmother's death; what is none may be of any child.
    strange = [p for p in papers if p.state == "not-a-form" and not contributes(p, case)]
    died = next((p for p in strange if tells_of_a_death(p.text, case)), None)
    return f"{died.name}: {A_DEATH}" if died is not None else ""


def _unread_reason(paper: Paper) -> str:
    reason = paper.problem.sentence() if paper.problem else paper.reason
    return f"{paper.name}: {reason}"


def _with_hint(reason: str, match: Match) -> str:
    known = (match.reference,) if match.reference else match.offered
    return f"{reason} (it seems to belong to {' or '.join(known)})" if known else reason


def _nothing_found(papers: Sequence[Paper], match: Match) -> str:
    for paper in papers:
        if paper.state in ("blank", "not-a-form") and paper.reason:
            return f"{paper.name}: {paper.reason}"
    return match.why
