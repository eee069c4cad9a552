"""The children of all cases in memory, so that one message is not held against each of them.

It only narrows: whom `compare` or `named_in` would know is looked up by what they would know
them by, and then asked of them. A property of the tests holds this against asking of everybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from triage.identity import ChildKeys, Searchable, compare, named_in

_LONG_NUMBER = re.compile(r"(?=(\d{10}))")


class KnownChildren:
    """Children with the references of their cases; a child may stand in many."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._found: defaultdict[Hashable, set[tuple[str, ChildKeys]]] = defaultdict(set)

    def add(self, reference: str, child: ChildKeys) -> None:
        """A child of this case, whom it will be found by from now on."""
        for key in (*_likenesses(child), _telling_word(child)):
            self._found[key].add((reference, child))

    def like(self, child: ChildKeys) -> set[str]:
        """Cases with a child that is at all like this one."""
        near = self._of(_likenesses(child))
        return {reference for reference, other in near if compare(child, other).score}

    def named_in(self, text: Searchable) -> set[str]:
        """Cases with a child that this text names."""
        near = self._of((*_LONG_NUMBER.findall(text.digits), *text.words))
        return {reference for reference, child in near if named_in(text, child)}

    def _of(self, keys: Iterable[Hashable]) -> Iterator[tuple[str, ChildKeys]]:
        for key in self._found.keys() & set(keys):
            yield from self._found[key]


def _likenesses(child: ChildKeys) -> Iterator[Hashable]:
    """Two children that are at all alike have one of these in common."""
    if child.nhs_number:
        yield child.nhs_number
    if child.name:
        yield tuple(sorted(child.name.split()))
    if child.born:
        yield child.born


def _telling_word(child: ChildKeys) -> str:
    """A word of the name that every text with the name has: the longest, which fewest share."""
    return max(child.name.split(), key=len, default="")
