"""Questions that name the relative they ask about: 'Mother's name', 'Father's DOB'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.asked import Asked
from parsers.meaning import Found, meaning
from parsers.vocabulary import Vocabulary

_OF_RELATIVE = re.compile(
    r"^(?:name of (?:the )?(?:child's )?)?(?P<kin>(?:birth |step-?)?(?:mother|father|mum|dad)|"
    r"mother's partner|father's partner|(?:maternal |paternal )?(?:grandmother|grandfather)|"
    r"(?:main )?carer|parent|guardian)\s*(?P<number>\d)?(?:'s)?\s*(?P<what>.*)$",
    re.IGNORECASE,
)


def of_relatives(words: Vocabulary, asked: Iterable[Asked]) -> Iterator[Asked]:
    """The questions of one row; those that name a relative become the relative's.

    What follows in the same row without naming anybody ('DOB' after 'Mother's name') is of the
    same relative.
    """
    block = ""
    for question in asked:
        if found := relative(words, question):
            block = f"{found[1]}"
            yield replace(question, found=found[0], block=block, section="family")
            continue
        meant = meaning(words, question.label, "family") if block else None
        if meant and meant.field.group == "family" and not _is_childs(question):
            yield replace(question, found=meant, block=block, section="family")
        else:
            block = ""
            yield question


def relative(words: Vocabulary, question: Asked) -> tuple[Found, str] | None:
    """The family field a question asks of a relative it names, and who that is."""
    label = " ".join(question.label.replace("’", "'").split()).strip(" :*?")
    match = _OF_RELATIVE.match(label)
    if match is None or question.section in ("office", "others"):
        return None
    meant = meaning(words, match["what"] or "name", "family")
    if meant is None or meant.field.group != "family" or not meant.exact:
        return None
    return meant._replace(sure=0.92), f"{match['kin'].lower()} {match['number'] or ''}".strip()


def _is_childs(question: Asked) -> bool:
    return "child" in question.label.lower()
