"""What a mail without a form tells: a contribution, a nil return, or only correspondence.

Start reading at what_it_tells(). 'Not known to us' ends the asking and hides what an agency
holds, so it is said only where a short mail says nothing else: a nil phrase about the child or
the family as a whole, a greeting, perhaps where they looked. Silence, thanks, a promise, a
question or a nil about somebody else are never a nil return: then the agency is still asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from triage.case import Case
from triage.other_child import gives_its_full_name, mentions, tells_of_another
from triage.papers import LIKE_A_FORM, Paper

Told = Literal["received", "not known to us"]

THE_WHOLE = re.compile(
    r"\b(?:child(?:ren)?|famil(?:y|ies)|household|subjects?|individuals?|anyone"
    r"|any of (?:them|these)|parents|they|them|she|he|her|him|names)\b(?!['\u2019])",
    re.IGNORECASE,
)
A_PART = re.compile(
    r"\b(?:(?:step)?(?:mother|father)|mum|dad|partner|boyfriend|girlfriend|grand\w+|uncle|aunt"
    r"|sibling|brother|sister|carer|address|surname|letter|e-?mail|press|media|safeguarding records"
    r"|concerns?|risk|victim|suspect|social worker|who|whether|why|how)s?\b",
    re.IGNORECASE,
)
RESERVE = re.compile(
    r"\b(?:but|however|although|though|while|whereas|apart from|except|other than|besides|since"
    r"|until|till|before|after|prior to|previous|current|currently|at present|at the moment|now"
    r"|recent|recently|further|more|ongoing|for long|ourselves|under that|as an?|initial|yet"
    r"|may|might|think|believe|seems?|appears?|perhaps|possibly|probably)\b",
    re.IGNORECASE,
)
NO_RESERVE = re.compile(
    r"\b(?:after|following) (?:a |an |our )?(?:\w+ )?(?:search|check|review|request|letter)\w*\b",
    re.IGNORECASE,
)
OF_US = (
    r"(?:us\b(?! (?:who|whether|if|what|when|why|how)\b)"
    r"|(?:our|this|the|any of our)\b[\w ,&'-]{0,60}"
    r"|(?-i:[A-Z])[\w&'-]*(?: [\w&'-]+){0,6}|probation)"
)
NIL = re.compile(
    r"\bnil[- ]return|\bnothing (?:is )?known\b|\b(?:is|are|was|were|be)? ?unknown to\b"
    rf"|\bnone of\b.{{0,60}}\bknown to\b"
    rf"|\b(?:neither|nor)\b.{{0,80}}\bknown to\b"
    rf"|\b(?:not|n['\u2019]t|never)\b(?: \w+){{0,3}} known to {OF_US}"
    r"|\bno (?:\w+ )?(?:trace|records?|involvement|dealings|contact|information|knowledge)\b"
    r"|\b(?:not|n['\u2019]t|never)\b(?: \w+){0,3} (?:any|a) (?:\w+ )?"
    r"(?:trace|records?|file|involvement|dealings|contact|information)\b"
    r"|\b(?:unable|not able) to (?:find|locate|trace) (?:any|a)\b"
    r"|\bfound nothing\b|\bthere is nothing for\b|\bnever had (?:any|a)\b"
    r"|\b(?:not|never)(?: \w+)? (?:registered|enrolled|on roll) (?:with|at|here)\b"
    r"|\bnever (?:been )?(?:a |an )?(?:patient|pupil|client|tenant|attended)\b",
    re.IGNORECASE,
)
SEARCHED = re.compile(
    r"\b(?:checked|searched|looked|reviewed|search of|checks? (?:of|on|\w*ed|made|done)|all systems"
    r"|can confirm|confirm that)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:(?:dear|hi|hello|good (?:morning|afternoon|day))(?: [\w'-]+){0,3}|thanks|many thanks)"
    r"(?:[,!.:]+\s*|\s*$)|^(?:re:? )?tscp-\d{4}-\d{4,6}[.:,]?\s*",
    re.IGNORECASE,
)
COURTESY = re.compile(
    r"^(?:(?:thanks?|thank you|happy to|please (?:accept|treat|do not hesitate)|i hope|apologies"
    r"|following your|re\b|with reference to|in response to|further to your)\b.*"
    r"|(?:[\w'-]+[,]? ?){0,3})$",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_COURTESY = 15
SIGN_OFF = re.compile(
    r"(?:^|(?<=[.!?\n]))[ \t]*(?:(?:kind|best|warm|many)\s+(?:regards|wishes|thanks)|regards|thanks"
    r"|yours \w+|best wishes|all the best)\b[,. ]*(?:[\w'-]+[,.]?[ \t]*){0,12}(?:\n|$)",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"\b(?:will|shall|aim to|hope to|going to|'ll|\u2019ll) (?:\w+ ){0,3}"
    r"(?:send|reply|respond|provide|forward|submit|return|get back|come back|be in touch|follow)\b"
    r"|\b(?:to follow|out of the office|more time|an extension|need to check)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|\b(?:if|whether|unless|in case)\b|\bplease (?:\w+ )?(?:confirm|send|write|clarify|let)\b",
    re.IGNORECASE,
)
A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[ /.-](?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:in|since|from|until|of|by) (?:(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december) ?)?(?:19|20)\d\d\b"
    r"|\b(?:in|since|until|from|last) (?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b",
    re.IGNORECASE,
)
NO_CONTACT_DAY = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|letter (?:of|dated)|request (?:of|dated)"
    r"|e-?mail (?:of|dated)|dated)[\s:,(]*(?:the )?\d[\w/. -]{4,20}",
    re.IGNORECASE,
)
KNEW = re.compile(
    r"\bwe (?:have known|hold|held|saw|have seen|visited|were involved|have been involved"
    r"|attended|first|last|met|opened|have a)\b"
    r"|\b(?:visited|attended|attendance|attends|presented|conveyed|seen|saw|met|referred|referral"
    r"|disclosed|reported|recorded|logged|noted|supported|assessed|assessment|allocated|closed"
    r"|opened|held|subject to|looked after|on roll|moved into|arrears|complaints?|incidents"
    r"|convict\w*|plan|file|patient since|under our care|was supported|worked with|rang|told"
    r"|declined|up to date|appointments?)\b"
    r"|\bour (?:involvement|contribution|summary|chronology|response)\b"
    r"|\b(?:is|are|was|were|has been|have been) known to\b",
    re.IGNORECASE,
)
REQUESTS = re.compile(
    r"\bplease (?:\w+ )?(?:send|provide|complete|return|submit|share|let us have)\b", re.IGNORECASE
)
ENOUGH_WORDS = 12
NIL_AT_MOST = 90
LONG_LINE = 55
"""Characters from which a line is taken to go on in the next: mail programs wrap at 70 or so."""


def what_it_tells(body: str, papers: Sequence[Paper], case: Case) -> Told | None:
    """What the new text of a mail and its papers tell of an agency's involvement in a case."""
    if any(contributes(paper, case) for paper in papers):
        return "received"
    said = [(sentence, _sort(sentence)) for sentence in _sentences(body)]
    sorts = {sort for _, sort in said}
    if "promise" in sorts:
        return None
    if "nil" in sorts and sorts <= {"nil", "courtesy"} and not _has_content(papers):
        return "not known to us" if len(body.split()) <= NIL_AT_MOST else "received"
    # 'Noted.' above a long signature tells nothing.
    if "tells" not in sorts or sum(len(one.split()) for one, _ in said) < ENOUGH_WORDS:
        return None
    return "received"


def contributes(paper: Paper, case: Case) -> bool:
    """Whether a document is an agency's account: it names the case's child, or is a chronology
    or report by its title. A notice, a disclaimer or our own letter sent back is none."""
    if paper.state != "not-a-form" or paper.recognised_as in ("minutes", LIKE_A_FORM):
        return False
    if tells_of_another(paper.text, case):
        return False
    known = paper.recognised_as in ("chronology", "agency report")
    asks = REQUESTS.search(paper.text) and not gives_its_full_name(paper.text, case)
    return not asks and (known or mentions(paper.text, case))


def _has_content(papers: Sequence[Paper]) -> bool:
    """A document that is no picture in the text: whoever sends one says more than 'nothing'."""
    return any(paper.state in ("not-a-form", "unreadable", "form") for paper in papers)


def _sentences(body: str) -> Iterator[str]:
    """The sentences of a mail without its closing words and whoever signed it."""
    text = body
    closing = next((m for m in SIGN_OFF.finditer(text) if m.start() > 0), None)
    text = text[: closing.start()] if closing else text
    joined = re.sub(rf"(?m)^(.{{{LONG_LINE},}}[^.!?:\n])\n(?=\S)", r"\1 ", text)
    for piece in re.split(r"(?<=[.!?])\s+|\n+|;\s", joined):
        if piece.strip():
            yield piece.strip()


def _sort(sentence: str) -> str:
    """Of what kind a sentence is: nil, tells, promise, asks, courtesy, or open (none of these)."""
    sentence = GREETING.sub("", sentence, count=1)
    if PROMISE.search(sentence):
        return "promise"
    if ASKS.search(sentence):
        return "asks"
    days = A_DAY.search(NO_CONTACT_DAY.sub("", sentence))
    if NIL.search(sentence):
        reserved = RESERVE.search(NO_RESERVE.sub("", sentence))
        if days or reserved:
            told = (days and reserved) or KNEW.search(NIL.sub("", sentence))
            return "tells" if told else "open"
        part = A_PART.search(sentence) and not THE_WHOLE.search(sentence)
        return "open" if part else "nil"
    if days or (KNEW.search(sentence) and not SEARCHED.search(sentence)):
        return "tells"
    polite = SEARCHED.search(sentence) or COURTESY.match(sentence)
    return "courtesy" if polite and len(sentence.split()) <= LONGEST_COURTESY else "open"
