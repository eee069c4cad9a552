"""Mail that belongs to no case by itself: to a person, or ignored, always with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from triage.case import MessageKind
from triage.correspondence import Correspondence
from triage.matching import Match
from triage.papers import Paper
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
    today: Today,
) -> Unfiled | None:
    """What becomes of mail without a form; None where it is filed to match.reference."""
    unread = next((p for p in papers if p.state == "unreadable"), None)
    told = any(p.state == "not-a-form" for p in papers) and match.reference is not None
    if unread is not None and not told:
        return "needs a person", "unreadable", _with_hint(_unread_reason(unread), match)
    if problems:
        return "needs a person", "unreadable", _with_hint(problems[0].sentence(), match)
    if match.reference is not None:
        return None
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


def _unread_reason(paper: Paper) -> str:
    return f"{paper.name}: {paper.reason}"


def _with_hint(reason: str, match: Match) -> str:
    known = (match.reference,) if match.reference else match.offered
    return f"{reason} (it seems to belong to {' or '.join(known)})" if known else reason


def _nothing_found(papers: Sequence[Paper], match: Match) -> str:
    for paper in papers:
        if paper.state in ("blank", "not-a-form") and paper.reason:
            return f"{paper.name}: {paper.reason}"
    return match.why
