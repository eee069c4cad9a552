"""Texts that point to another place or only promise an answer: 'As above', 'TBC - awaiting police'.

Kept as written; a person looks where they point. What says nothing at all is
triage/values/blank.py's.
"""

from __future__ import annotations

import re

_MOST_WORDS = 10  # whoever writes more has written an answer, though it begins so
_PLACES = (
    r"above|below|attach\w*|enclos\w*|overleaf|previous\w*|prior|next|separate\w*|other|section|"
    r"part|page|box|question|q\s?\d|\d|child|sibling|twin|brother|sister|mother|father|family|"
    r"police|report|chronology|referral|record|system|notes?|details|form|body|email|e-mail|"
    r"letter|appendix|liquidlogic|mosaic"
)
_POINTS = re.compile(
    rf"(?:please\s+)?(?:see|refer to)\s+(?:the\s+|my\s+|our\s+)?(?:{_PLACES})\b|"
    r"as\s+(?:above|below|before|per|stated|previous\w*|attached|with|for)\b|"
    r"(?:the\s+)?same(?:\s+address)?(?:\s+as\b|\s+again|\W*$)|"
    r"ditto\b|(?:above|below|attached|enclosed|overleaf)\W*$",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"(?:tb[ca]|t\.b\.[ca])\b|(?:still\s+)?to\s+be\s+(?:confirmed|advised|completed|provided)\b|"
    r"(?:still\s+|currently\s+)?await(?:ing|ed)\b|(?:details\s+)?(?:to|will)\s+follow\b|"
    r"not\s+(?:yet\s+)?(?:known|confirmed|clear|sure|established)\b|unknown\s+(?:at|to|yet)\b|"
    r"unclear\s+(?:at|as)\b|pending\b",
    re.IGNORECASE,
)


def points_elsewhere(said: str) -> bool:
    """Whether it only tells where the answer stands."""
    return said.strip() in ('"', "“", "”", "〃", "do.") or _begins(_POINTS, said)


def only_promises(said: str) -> bool:
    """Whether it begins by saying that there is no answer yet, whatever the remark behind."""
    return _begins(_PROMISES, said)


def _begins(pattern: re.Pattern[str], said: str) -> bool:
    bare = said.lstrip(" \t\n-–—:;,.!*()[]'\"")
    return pattern.match(bare) is not None and len(bare.split()) <= _MOST_WORDS
