"""Labels folded for comparing: '3.2 Child's D.O.B. (dd/mm/yyyy)*' becomes 'child dob'."""

from __future__ import annotations

import re
from functools import lru_cache

from triage.values.choices import key

_FIRST_PART = re.compile(r"[?:]\s*|\n|\s[-–—]\s|,\s|\.\s")
_INSTRUCTION = re.compile(
    r"^\W*(?:(?:if|please|e\.?g|i\.?e|include|including|give|state|provide|specify|tick|"
    r"for example|dd|n\.?b|note|and|or|with|where|as|delete|select|choose|mark|which|"
    r"when)\b|\*)",
    re.IGNORECASE,
)

_ASKING = re.compile(
    r"(?:if (?:yes|so|you have|known|applicable) )?"
    r"(?:(?:what|who|which|when|where) (?:is|are|was|were) )?(?=\w+ \w)"
)

_QUESTION_WORDS = frozenset({"when", "where", "who", "why", "what", "how", "which"})

Alike = tuple[tuple[str, str], ...]
"""Wordings that count as one, whole words, each with the one that stands for it."""

_NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|question|q|box|step)\.?\s*)?"
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}(?:\s*[a-z](?!-\w))?[.):]?|\(?[a-z][.)]|\(?[ivx]{1,4}[.)]|"
    r"(?<=section )[a-z]|(?<=part )[a-z]|(?<=section )\d+|(?<=part )\d+)(?:\s*[:.\-–)]\s*|\s+)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\s*(?:section|part)\s+(?:[a-z]|\d{1,2}|[ivx]{1,4}|one|two|three|four|five|"
    r"six|seven|eight|nine|ten)\s*[:.\-–)]\s*",
    re.I,
)
_PLURALS = re.compile(r"(?<=\w)\((?:s|es|ren|ies)\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_YES_NO = re.compile(
    r"\b(?:y(?:es)?\s*/\s*n(?:o)?)(?:\s*/\s*(?:not known|unknown|n/?k|n/?a))?\b", re.I
)
_SMALL = re.compile(r"\b(?:the|a|an|please|this|any|s)\b")
_TAILS = re.compile(
    r"(?: (?:if (?:known|applicable|any|relevant|appropriate|different|available|so)"
    r"|where (?:known|applicable)|indicate|specify|state|dd mm yy(?:yy)?|tick|tick all that apply"
    r"|y n|yes number|mandatory|required field))+$"
)


def bare(label: str, *, brackets: bool = False) -> str:
    """Lower case, no numbering, punctuation, articles; bracketed parts only if asked for."""
    text = _PART.sub("", _NUMBERING.sub("", label.replace("\n", " "), count=1), count=1)
    text = _NUMBERING.sub("", text, count=1) if text[:1].isdigit() else text  # '12. 3. Name'
    text = _YES_NO.sub(" ", _PLURALS.sub("", text))
    if not brackets:
        text = _BRACKETS.sub(" ", text)
    words = key(text)
    return " ".join(_SMALL.sub(" ", words).split()) or words


def unified(words: str, alike: Alike) -> str:
    """Words with every wording of `alike` replaced by the one that stands for it."""
    padded = f" {words} "
    for wording, standard in alike:
        padded = padded.replace(f" {wording} ", f" {standard} ")
    return _TAILS.sub("", " ".join(padded.split()))


@lru_cache(maxsize=20_000)
def fold(label: str, alike: Alike, brackets: bool = False) -> str:
    """A label as it is compared."""
    return unified(bare(label, brackets=brackets), alike)


def wordings(label: str, alike: Alike) -> tuple[str, ...]:
    """The ways to read one label, the likeliest first: without brackets, with them, its start.

    The start alone counts only if what follows is an instruction, for else it is an answer.
    """
    tried = [fold(label, alike), fold(label, alike, True)]
    tried += [
        fold(label[: match.start()], alike)
        for match in _FIRST_PART.finditer(label)
        if _INSTRUCTION.match(label[match.end() :])
    ]
    # 'If so, what is their name?' asks for 'their name'.
    tried += [words[m.end() :] for words in tried[:1] if (m := _ASKING.match(words)) and m.end()]
    return tuple(dict.fromkeys(words for words in tried if words))


def asks_else(wording: str, other: str) -> bool:
    """Whether two wordings ask differently: 'where' and 'when' are hardly a letter apart."""
    asked, of = (_QUESTION_WORDS.intersection(told.split()) for told in (wording, other))
    return bool(asked and of) and asked != of
