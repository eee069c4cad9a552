"""Texts that stand where an answer should and say there is none."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Nothing = Literal["blank", "not applicable", "to come", "not known"]
"""'-', 'N/A', 'TBC' and 'not known': the last two may still become an answer."""

_NOT_APPLICABLE = {
    "na",
    "n/a",
    "n.a",
    "n.a.",
    "not applicable",
    "non applicable",
    "not relevant",
    "n/app",
    "not required",
}
_TO_COME = {
    "tbc",
    "t.b.c",
    "t.b.c.",
    "tba",
    "to be confirmed",
    "to be advised",
    "to follow",
    "awaiting",
    "awaiting confirmation",
    "awaited",
    "pending",
    "not yet confirmed",
    "to be completed",
    "will follow",
}
_NOT_KNOWN = {
    "not known",
    "unknown",
    "nk",
    "n/k",
    "n.k",
    "n.k.",
    "don't know",
    "dont know",
    "do not know",
    "not known to us",
    "not known at this time",
    "unknown at this time",
    "not yet known",
    "not known at present",
    "not sure",
    "unsure",
    "u/k",
    "uk",
    "not recorded",
    "not available",
    "no information",
    "no details",
}
_MARKS = re.compile(r"^[\s\-–—_.…?/\\*|:;,()\[\]]*$")
_PROMPT = re.compile(
    r"^(click|tap|choose|select|enter|insert|type)\b.{0,60}"
    r"(text|date|item|here|option|list|below|answer)\b.{0,20}$"
    r"|^(dd|d|xx)\s*[/.\- ]\s*(mm|m|xx)\s*[/.\- ]\s*(yy|yyyy|xx|xxxx)$",
    re.IGNORECASE,
)


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return re.sub(r"\s+", " ", folded).strip(" \t-–—:;,.!*()[]")


def is_blank(text: str) -> bool:
    """Nothing but white space, dashes, dots, lines, or the form's own prompt."""
    return bool(_MARKS.match(text)) or bool(_PROMPT.match(text.strip(" .[]()<>")))


def says_not_known(text: str) -> bool:
    """'Not known', 'NK', 'unknown' and their like, and nothing else."""
    return _key(text) in _NOT_KNOWN


def nothing_said(text: str) -> Nothing | None:
    """Which of the four ways of giving no answer this is; None if it is an answer."""
    if is_blank(text):
        return "blank"
    key = _key(text)
    if key in _NOT_APPLICABLE:
        return "not applicable"
    if key in _TO_COME:
        return "to come"
    return "not known" if key in _NOT_KNOWN else None


def says_nothing(text: str) -> bool:
    """Blank, a dash, 'N/A', 'TBC' or 'not known': four different things, none an answer."""
    return nothing_said(text) is not None
