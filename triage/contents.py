"""What a mail without a form tells: a contribution, a nil return, or only correspondence.

When in doubt it is correspondence: then the agency is still asked, whereas a contribution
wrongly counted would end the asking. Silence and thanks are never 'not known to us'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from triage.papers import Paper

Told = Literal["received", "not known to us"]

SERVICES = "service|agency|team|trust|practice|school|records|systems?|organisation|department"
SUBJECTS = rf"(?:us|(?:our|this|the) (?:\w+ )?(?:{SERVICES})|any of our \w+)"
NOT_A_QUESTION = r"(?!\s+(?:who|whether|if|what|when|why|how))"
NIL = re.compile(
    r"\bnil returns?\b"
    rf"|\b(?:not|never(?: been)?|un)\s?known to {SUBJECTS}{NOT_A_QUESTION}"
    r"|\b(?:no|not? (?:any|have any)|without any|nothing|never had any) "
    r"(?!further|recent|more|other|ongoing|current)(?:\w+ ){0,3}"
    r"(?:record|trace|involvement|contact|information held|dealings)s?\b"
    r"|\bnot (?:been )?(?:involved with|open to|registered with)\b"
    r"|\b(?:unable to|could not|cannot|can ?not) (?:find|locate|trace) (?:any|a) "
    r"(?:record|trace|file)"
    r"|\bnothing (?:is )?known\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|whether|unless|until|in case)\b[^.!?\n]*$", re.IGNORECASE)
RESERVE = re.compile(
    r"\b(?:however|although|apart from|except|other than"
    r"|but (?:the|we|his|her|mother|father|they))\b",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(?:will|shall|aim to|hope to|going to|'ll|\u2019ll) (?:\w+ ){0,3}"
    r"(?:send|reply|respond|provide|forward|submit|return|get back|come back|be in touch|follow)\b"
    r"|\b(?:to follow|out of the office|more time|an extension)\b",
    re.IGNORECASE,
)
KNEW = (
    r"\bwe (?:have known|hold|held|saw|have seen|visited|were involved|have been involved"
    r"|attended|first|last|received|had (?!no|not))\b"
)
TELLS = re.compile(
    r"\bour (?:involvement|records?|contact|information|contribution|summary|chronology|response)\b"
    rf"|{KNEW}"
    r"|\b(?:was|were|is|are|has been|have been) (?:known to|open to|seen|registered|referred"
    r"|visited|involved|under|on roll)\b"
    r"|\b(?:attended|presented|last seen|case closed)\b",
    re.IGNORECASE,
)
ENOUGH_WORDS = 15
NIL_AT_MOST = 90


def what_it_tells(body: str, papers: Sequence[Paper]) -> Told | None:
    """What the new text of a mail and its papers tell of an agency's involvement."""
    if any(p.state == "not-a-form" and p.recognised_as != "minutes" for p in papers):
        return "received"
    words = body.split()
    nil = NIL.search(body)
    if nil and len(words) <= NIL_AT_MOST and _unreserved(body, nil):
        return "not known to us"
    if PROMISE.search(body) or len(words) < ENOUGH_WORDS:
        return None
    return "received" if TELLS.search(body) else None


def _unreserved(body: str, nil: re.Match[str]) -> bool:
    """No condition before it ('if she is not known to us …'), no telling, no 'but' after it."""
    before, after = body[: nil.start()], body[nil.end() :]
    told = re.search(KNEW, before, re.IGNORECASE)
    return not CONDITION.search(before) and not told and not RESERVE.search(after)
