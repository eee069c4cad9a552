"""Yes, no and not known; and which of a list of choices a text names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

Choices = Mapping[str, Sequence[str]]
"""Canonical value -> the wordings that mean it."""

YES_NO: Choices = {
    "yes": ("yes", "y", "yes - known", "true", "confirmed", "known", "affirmative", "attached"),
    "no": ("no", "n", "none", "false", "nil", "no involvement", "not attached"),
    "unknown": (
        "not known",
        "unknown",
        "don't know",
        "dont know",
        "do not know",
        "nk",
        "n/k",
        "not sure",
        "unsure",
        "d/k",
        "dk",
        "not yet known",
        "unclear",
        "unk",
    ),
}

GENDERS: Choices = {
    "female": ("f", "girl", "woman", "fem", "female child", "daughter"),
    "male": ("m", "boy", "man", "male child", "son"),
}


class Chosen(NamedTuple):
    """A canonical value (None: none named), how sure it is, and the words left beside it."""

    value: str | None
    confidence: float
    beside: str


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """A wording folded for comparing: case, accents, punctuation and '&' do not matter."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ").replace("’", "'"))
    folded = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded).split())


def exactly(text: str, choices: Choices) -> str | None:
    """The choice whose wording this text is, and nothing else."""
    return _index(choices).get(key(text))


# Fields keep their choices for as long as they live, so each list is folded once.
_INDEXES: dict[int, tuple[Choices, dict[str, str]]] = {}


def _index(choices: Choices) -> dict[str, str]:
    """Folded wording -> choice; a choice's own name before the wordings of another."""
    held = _INDEXES.get(id(choices))
    if held is None or held[0] is not choices:
        index: dict[str, str] = {}
        for value, wording in _wordings(choices):
            index.setdefault(wording, value)
        held = _INDEXES[id(choices)] = (choices, index)
    return held[1]


def choose(text: str, choices: Choices) -> Chosen:
    """The choice a text names: all of it, its beginning, or (least sure) somewhere in it."""
    if value := exactly(text, choices):
        return Chosen(value, 0.99, "")
    words = key(text)
    begins = _longest((v, w) for v, w in _wordings(choices) if words.startswith(w + " "))
    if begins:
        return Chosen(begins[0], 0.93, words[len(begins[1]) :].strip())
    inside = [(v, w) for v, w in _wordings(choices) if len(w) > 2 and f" {w} " in f" {words} "]
    if inside and len({v for v, _ in _not_within(inside)}) == 1 and not _denied(inside, words):
        return Chosen(_not_within(inside)[0][0], 0.8, words)
    return Chosen(None, 0.4, words)


def every_choice(text: str, choices: Choices) -> tuple[str, ...]:
    """All the choices a text names, in the order of the list ('Neglect; physical abuse').

    Each part of a list counts for itself too: 'Physical, neglect' is not 'physical neglect'.
    What a part denies is not named: 'No physical abuse; neglect'.
    """
    if denies(text, choices):
        parts = [_not_denied(key(part), choices) for part in _PARTS.split(text)]
        return tuple(value for value in choices if any(value in part for part in parts))
    named: set[str] = set()
    for part in (text, *re.split(r"[,;/|\n]", text)):
        words = f" {key(part)} "
        found = [(v, w) for v, w in _wordings(choices) if f" {w} " in words]
        named |= {value for value, _ in _not_within(found)}
    return tuple(value for value in choices if value in named)


_PARTS = re.compile(r"[,;.\n]|\bbut\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:no|not|never|without|nor|neither)\b")


def denies(text: str, choices: Choices) -> bool:
    """Whether a text denies one of these choices ('not sexual', 'criminal not started')."""
    for part in _PARTS.split(text):
        words = key(part)
        named = {value for value, _ in _named(words, choices)}
        if named - _not_denied(words, choices):
            return True
    return False


def _not_denied(words: str, choices: Choices) -> set[str]:
    """What one part names, without what stands after its 'not'; before it, if nothing does."""
    named = _named(words, choices)
    denial = _DENIAL.search(words)
    if denial is None or any(_DENIAL.search(wording) for _, wording in named):
        return {value for value, _ in named}
    if not _named(words[denial.end() :], choices):
        return set()
    return {value for value, _ in _named(words[: denial.start()], choices)}


def _named(words: str, choices: Choices) -> list[tuple[str, str]]:
    return _not_within([(v, w) for v, w in _wordings(choices) if f" {w} " in f" {words} "])


def _denied(found: Iterable[tuple[str, str]], words: str) -> bool:
    """Whether 'not' stands close before one of these wordings."""
    before = (words.partition(wording)[0].split()[-3:] for _, wording in found)
    return any(_DENIAL.search(" ".join(last)) for last in before)


_SAID_OTHERWISE = (
    ("no", re.compile(r"^no[tn]e? (?:that|which) (?:we|i)(?: a?m| are)? (?:know|aware)\b")),
    ("no", re.compile(r"^not (?:to (?:my|our) knowledge|aware of any|known of|currently$)")),
    ("no", re.compile(r"^not (?:at (?:present|this (?:time|stage|point)|the moment)|yet)$")),
    ("unknown", re.compile(r"^(?:we|i) (?:dont|do not) know$")),
)
_BOTH = re.compile(r"^(?:and|or|but)\b.*\b(?:yes|no|unknown)\b|^(?:yes|no)$")


def yes_or_no(text: str, choices: Choices = YES_NO) -> Chosen:
    """'yes', 'no' or 'unknown' from a typed answer ('Y', 'No - not at this time')."""
    found = choose(text, choices)
    if found.value and _BOTH.match(found.beside):
        return Chosen(None, 0.5, found.beside)
    if found.confidence > 0.9:
        return found
    for value, pattern in _SAID_OTHERWISE:
        if pattern.match(key(text)):
            return Chosen(value, 0.85, "")
    # A yes or no somewhere inside a sentence is not an answer ('there is no reason …').
    return Chosen(None, 0.4, found.beside)


def _wordings(choices: Choices) -> Iterable[tuple[str, str]]:
    for value, wordings in choices.items():
        for wording in (value, *wordings):
            yield value, key(wording)


def _longest(found: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    return max(found, key=lambda pair: len(pair[1]), default=None)


def _not_within(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Wordings that are not merely part of a longer one found ('harm' in 'serious harm')."""
    return [
        (value, word)
        for value, word in found
        if not any(word != other and f" {word} " in f" {other} " for _, other in found)
    ]
