"""Columns that are boxes of one question: 'Yes | No', 'Known? Yes | Known? No', 'Involved'."""

from __future__ import annotations

import re

from triage.values.choices import YES_NO, exactly

_ASKED = re.compile(r"\b(?:known|involve[dment]*|open|working|attached|support)\b", re.IGNORECASE)
_OFFERED = re.compile(r"\b(?:y|n|yes|no)\b", re.IGNORECASE)  # 'Known? Y/N' offers both
_BETWEEN = re.compile(r"\s*[?:–/-]\s*|\s+")
_LONGEST = 200  # characters; a story has a gap a word, and looking before each takes far too long
_WHOLE = {
    "yes": re.compile(
        r"(?:currently |is |are )?(?:involved|open|active|working with (?:the )?(?:child|family)|"
        r"known to (?:us|them|this agency|the agency|the service|agency|service))",
        re.IGNORECASE,
    ),
    "no": re.compile(
        r"not (?:currently )?(?:involved|open|active|working with (?:the )?(?:child|family)|"
        r"known to (?:us|them|this agency|the agency|the service|agency|service))|no contact",
        re.IGNORECASE,
    ),
}


def option_of(label: str) -> str:
    """'yes', 'no' or 'unknown' where a column's label is one box of a question, else ''."""
    told = " ".join(label.split()).strip(" *?:")
    if len(told) > _LONGEST:
        return ""
    if value := exactly(told, YES_NO):
        return value
    for value, pattern in _WHOLE.items():
        if pattern.fullmatch(told):
            return value
    for gap in _BETWEEN.finditer(told):
        asked, option = told[: gap.start()], told[gap.end() :]
        if not _ASKED.search(asked) or _OFFERED.search(asked):
            continue
        if value := exactly(option, YES_NO):
            return value
    return ""
