"""Headings that say whose block of questions follows: 'Child 2', 'Mother', 'Sibling 1'."""

from __future__ import annotations

import re
from typing import NamedTuple


class Block(NamedTuple):
    """Whose questions follow: its name ('child 2'), its group, and what was written after it."""

    name: str
    group: str
    rest: str
    relationship: str = ""

    @property
    def counted(self) -> bool:
        """'Child 2', which stands alone on its line only as a heading; 'Mother' may answer."""
        return any(character.isdigit() for character in self.name)


_NUMBER = r"(?:\d{1,2}|[a-f]|one|two|three|four|five|six|i{1,3}|iv)"
_ORDINAL = r"(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)\s+)"
_CHILD = re.compile(
    rf"^(?:details\s+(?:of|for)\s+)?(?:the\s+)?(?:subject\s+|index\s+)?"
    rf"(?P<name>(?:{_ORDINAL})?(?:child(?:\s*/\s*young person)?|baby|young person|twin|infant|"
    rf"unborn(?:\s+(?:child|baby))?)\s*(?:\(?(?:no\.?|number|#)?\s*{_NUMBER}\b\)?)?)"
    r"\s*(?:details)?\s*(?P<rest>[:\-–(].*)?$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    rf"^(?:details\s+of\s+)?(?P<name>(?:{_ORDINAL})?(?:(?P<kin>mother|father|step-?father|"
    r"step-?mother|mother's partner|father's partner|maternal grandmother|paternal grandmother|"
    r"grandmother|grandfather|mum|dad|alleged perpetrator|"
    r"person (?:alleged|suspected|believed) to have caused (?:the )?harm)|"
    r"parent|carer|parent\s*/\s*carer|sibling|brother|sister|"
    r"adult|person|family member|household member|significant (?:other|adult|person)|relative)"
    rf"\s*(?:(?:no\.?|number|#)?\s*{_NUMBER}\b)?)"
    r"(?:'s)?\s*(?:details)?\s*(?P<rest>:.*)?$",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"^(?P<name>agency\s*(?:no\.?|number)?\s*\d{1,2})\s*(?P<rest>:.*)?$", re.I)
_EVENT = re.compile(r"^(?P<name>(?:key )?event\s*(?:no\.?)?\s*\d{1,2})\s*(?P<rest>:.*)?$", re.I)
_THE_CHILD = re.compile(
    r"^(?:the )?(?:subject |index )?(?:child|young person|baby)$", re.IGNORECASE
)
_COUNTED = re.compile(rf"\b{_NUMBER}\)?$|^{_ORDINAL}|^unborn", re.IGNORECASE)

_BEFORE = re.compile(
    r"^(?:(?:section|part|question)\s+)?(?:[A-Z]|Q?\d{1,2}(?:\.\d{1,2})?[a-z]?)"
    r"(?:[.):]|\s+[–—-])\s+(?=\D)|"
    r"^\d{1,2}(?:\.\d{1,2})?[a-z]?\s+(?=child\b)|"
    r"^(?:child(?:'s|ren's|ren)?\s+)?(?:personal\s+)?(?:details|information)[^–:-]{0,40}\s[–:-]\s+",
    re.IGNORECASE,
)
"""What may stand before it: 'B. Child 1', "Child's details – child no. 1"."""


def block_of(text: str) -> Block | None:
    """The block a heading opens, if it is one."""
    told = " ".join(text.replace("’", "'").split()).strip(" *")
    told = _BEFORE.sub("", told)
    if not told or len(told) > 90:
        return None
    if (match := _CHILD.match(told)) and _COUNTED.search(match["name"].strip()):
        return Block(_name(match["name"]), "children", _rest(match["rest"]))
    if match := _PERSON.match(told):
        return Block(_name(match["name"]), "family", _rest(match["rest"]), match["kin"] or "")
    if match := _AGENCY.match(told):
        return Block(_name(match["name"]), "agencies", _rest(match["rest"]))
    if match := _EVENT.match(told):
        return Block(_name(match["name"]), "events", _rest(match["rest"]))
    return None


def person_of(text: str) -> Block | None:
    """Whose column a header opens: as `block_of`, and the child where only one is told of."""
    told = _THE_CHILD.match(" ".join(text.split()).strip(" *:"))
    return Block("child", "children", "") if told else block_of(text)


def _name(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()


def _rest(words: str | None) -> str:
    return (words or "").strip(" :-–()")
