"""Plain labels after a telling one: 'Signature' then 'Date', 'Safeguarding Lead' then 'Name'.

A form may ask for a signature or the safeguarding lead under the heading of something else. A
plain label that follows at once is then understood as part of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.asked import Asked, said
from parsers.meaning import EXACT, HERE, PATTERN, Found, meaning
from parsers.vocabulary import Vocabulary

_TELLING = ("signature", "lead", "referrer")
_TITLE = re.compile(r"title", re.IGNORECASE)
_MR = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|rev|sir)\.?", re.IGNORECASE)
_OF_EITHER = ("referrer_role", "referrer_agency", "referral_date")
_UNSURE = 0.9  # 'Position' right under the safeguarding lead's name may be the lead's
_NEAR = 3  # questions after the telling one
_TOGETHER = 0.9
_FOLLOWS = re.compile(
    r"\W*(?:if (?:yes|so|you have)\b|date|when|name|who|whom|with whom|ref|reference|number|no\b|"
    r"on what date|what date)",
    re.IGNORECASE,
)
_NEXT, _LATER = 0.97, 0.92


def in_turn(words: Vocabulary, asked: Iterable[Asked]) -> Iterator[Asked]:
    """The questions, the plain ones that follow a telling label understood by it."""
    part, since = "", 0
    before: Asked | None = None
    seen: set[tuple[str, str]] = set()
    for question in asked:
        since += 1
        if _TITLE.fullmatch(question.label.strip(" :*")) and _MR.fullmatch(said(question.answer)):
            question = replace(question, found=None)
        if question.found and question.found.how == EXACT:
            part, since = question.found.field.section, 0
        elif part in _TELLING and since <= _NEAR and _plain(words, question, part):
            question = _understood(words, question, part, since, seen)
        question = _followed_up(words, before, question)
        before = question
        if question.found:
            seen.add((question.section, question.found.field.key))
        yield question


def _followed_up(words: Vocabulary, before: Asked | None, question: Asked) -> Asked:
    """'Date notified' right after 'Has the Panel been notified?': understood read together."""
    if before is None or before.found is None or before.found.field.type != "yes/no":
        return question
    home = before.found.field.section
    once = question.row is None and before.found.field.group == "answers"
    known = question.found is not None and question.found.field.section == home
    if known or not once or question.section != before.section:
        return question
    if not _FOLLOWS.match(question.label):
        return question
    meant = meaning(words, f"{before.label.strip(' :?*')} {question.label}", before.found.home)
    if meant is None or meant.field is before.found.field or meant.field.section != home:
        return question
    return replace(question, found=Found(meant.field, min(meant.sure, _TOGETHER), PATTERN))


def _plain(words: Vocabulary, question: Asked, part: str) -> bool:
    """Asked once, elsewhere than in its own part, and in no part that others fill in."""
    section = words.section(question.section)
    unread = section is not None and section.group != "answers"
    once = question.row is None and not question.block
    return once and question.section != part and (not unread or question.found is None)


def _understood(
    words: Vocabulary, question: Asked, part: str, since: int, seen: set[tuple[str, str]]
) -> Asked:
    """A label that means nothing here, or what was asked here already, means its part's."""
    found = question.found
    again = found is not None and found.how == HERE
    again = again and found is not None and (question.section, found.field.key) in seen
    section = words.section(question.section)
    if found and not again and part == "lead" and since == 1 and found.field.key in _OF_EITHER:
        return replace(question, sure=question.sure * _UNSURE)
    if (found is not None and not again) or (section and section.group == "unread"):
        return question
    meant = meaning(words, question.label, part)
    if meant is None or meant.how != HERE or meant.field.section != part:
        return replace(question, found=None) if again else question
    sure = _NEXT if since == 1 else _LATER
    return replace(question, found=Found(meant.field, sure, HERE), section=part)
