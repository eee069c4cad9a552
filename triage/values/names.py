"""The one name normaliser: names as written, and forms of them fit to compare.

A person's name is shown as it was written. Only copies made for comparing are folded.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import jellyfish

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "master",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lady",
        "lord",
        "rev",
        "det",
        "insp",
    ]
)
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "abu",
        "ben",
        "da",
        "das",
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "lo",
        "st",
        "ter",
        "ten",
        "van",
        "vel",
        "von",
        "y",
        "zu",
        "ó",
        "o",
        "mac",
        "mc",
        "ni",
        "nic",
        "ui",
        "uí",
        "ní",
        "ap",
        "ab",
    ]
)
_ALIAS = re.compile(
    r"[,;(\[]?\s*\b(?:a\.?k\.?a\b\.?|also known as|known as|known by|alias|formerly|previously|"
    r"n[ée]e|born as|preferred name|prefers|goes by)\b.*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\"“”][^\"“”]*[\"“”]")
_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"}
)
# Letters that do not fall apart into a plain letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


class Parts(NamedTuple):
    """A name in two: what comes first in speech, and the surname with its particles."""

    forenames: tuple[str, ...]
    surname: tuple[str, ...]


def tidy(name: str) -> str:
    """The name as written, white space and stray marks at its ends taken off."""
    return re.sub(r"\s+(?=,)", "", re.sub(r"\s+", " ", name)).strip(" \t,;:*_|")


def parts(name: str) -> Parts:
    """Forenames and surname, from 'Forename Surname', 'SURNAME, Forename' or 'SURNAME Forename'."""
    plain = tidy(_BRACKETS.sub(" ", _ALIAS.sub("", name.translate(_MARKS))))
    if "," in plain:
        surname, _, forenames = plain.partition(",")
        return Parts(_words(forenames), _words(surname))
    words = _words(plain)
    shouted = [len(w) > 1 and w.isupper() for w in words]
    if any(shouted) and not all(shouted) and shouted[0] and not shouted[-1]:
        cut = shouted.index(False)
        return Parts(words[cut:], words[:cut])
    if any(shouted[1:]) and not shouted[0]:
        cut = shouted.index(True)
        return Parts(words[:cut], words[cut:])
    cut = max(len(words) - 1, min(1, len(words)))
    while cut > 1 and plain_letters(words[cut - 1]).strip(".") in _PARTICLES:
        cut -= 1
    return Parts(words[:cut], words[cut:])


def normalise(name: str) -> str:
    """A name folded for comparing: 'SMITH, Zoë-Mae (aka Zo)' and 'Zoe Mae Smith' are alike."""
    forenames, surname = parts(name)
    words = re.sub(r"[-/]", " ", " ".join((*forenames, *surname))).split()
    folded = [re.sub(r"[^a-z0-9]", "", plain_letters(word)) for word in words]
    joined = " ".join(word for word in folded if word)
    # O'Brien, O Brien, Mac Donald and MacDonald are one name in many hands.
    return re.sub(r"\b(o|mac|mc) (?=[a-z]{2})", r"\1", joined)


def initials(name: str) -> str:
    """'A.B.' of forename and surname; of a single name its one letter; '' of none."""
    forenames, surname = parts(name)
    letters = [_first_letter(words[0]) for words in (forenames, surname) if words]
    return "".join(f"{letter}." for letter in letters if letter)


def sounds(name: str) -> tuple[str, ...]:
    """How each word of the name sounds, sorted: 'Siobhan Reid' and 'Siobhan Reed' agree."""
    return tuple(sorted(filter(None, (jellyfish.metaphone(w) for w in normalise(name).split()))))


def _words(text: str) -> tuple[str, ...]:
    words = text.replace(",", " ").split()
    while len(words) > 1 and plain_letters(words[0]).strip(".") in _TITLES:
        words = words[1:]
    return tuple(words)


def plain_letters(word: str) -> str:
    """In small plain letters: 'Łukasz' and 'Zoë' as 'lukasz' and 'zoe'."""
    spread = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    # A mail is folded too, not only names: the few marks in it, not each of its letters, are met.
    return spread.translate({ord(c): None for c in set(spread) if unicodedata.combining(c)})


def _first_letter(word: str) -> str:
    return next((c.upper() for c in unicodedata.normalize("NFC", word) if c.isalpha()), "")
