"""An agency by whatever a form or a person calls it: exactly, nearly, or found inside a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from triage.values.choices import key


class Agency(NamedTuple):
    """An agency's id with how sure it is, and why not surer."""

    id: str | None
    sure: float
    doubt: str = ""


SURE_ENOUGH = 0.8
"""From here on what staff type means an agency; a name that fits two is not sure enough."""
_UNKNOWN = Agency(None, 0.4, "this agency is not in the register")


class AgencyNames:
    """The register's names and aliases, folded for comparing."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._ids = {key(alias): agency for alias, agency in aliases.items() if key(alias)}
        longest_first = sorted(self._ids, key=len, reverse=True)
        self._inside = tuple(alias for alias in longest_first if len(alias) >= 3)
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, text: str) -> Agency:
        whole, bare = key(text), key(re.sub(r"\([^)]*\)", " ", text))
        if whole in self._ids:
            return Agency(self._ids[whole], 0.99)
        in_brackets = [key(part) for part in re.findall(r"\(([^)]*)\)", text)]
        said = {self._ids[words] for words in (bare, *in_brackets) if words in self._ids}
        if len(said) == 1:
            return Agency(said.pop(), 0.97)
        if inside := self._contained(whole):
            return inside
        hit = process.extractOne(whole, self._inside, scorer=fuzz.ratio, score_cutoff=88)
        if hit and len(whole) > 5:
            return Agency(self._ids[hit[0]], 0.85, "the agency's name is not quite as registered")
        return _UNKNOWN

    def _contained(self, whole: str) -> Agency | None:
        """The agency whose alias stands in the text; the longest alias is the most telling."""
        padded, found = f" {whole} ", []
        for alias in self._inside:
            if f" {alias} " in padded:
                found.append(alias)
                # What is part of a longer name says nothing more.
                padded = padded.replace(f" {alias} ", " | ")
        if not found:
            return None
        ids = {self._ids[alias] for alias in found}
        sure = 0.92 if len(ids) == 1 and len(found[0].split()) > 1 else 0.85
        if len(ids) > 1:
            return Agency(self._ids[found[0]], 0.7, "more than one agency is named")
        return Agency(self._ids[found[0]], sure)


@lru_cache(maxsize=8)
def _names(aliases: tuple[tuple[str, str], ...]) -> AgencyNames:
    return AgencyNames(dict(aliases))


def agency_names(aliases: Mapping[str, str]) -> AgencyNames:
    """The names for a plain mapping of alias to id (made once for the same mapping)."""
    return _names(tuple(aliases.items()))


def meant(text: str, aliases: Mapping[str, str]) -> str | None:
    """The agency that a person means by this; None where none or more than one fits."""
    found = agency_names(aliases).find(text)
    return found.id if found.sure >= SURE_ENOUGH else None
