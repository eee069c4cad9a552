"""What a blank form asks, as it is printed: parts, their labels, the options beside them, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Label:
    """A printed question: its words, the options beside it, whether it heads a column."""

    text: str
    options: tuple[str, ...] = ()
    column: bool = False


@dataclass(slots=True)
class Part:
    """A heading with what is asked under it."""

    heading: str
    labels: list[Label] = field(default_factory=list)


@dataclass(slots=True)
class Printed:
    """All that a blank prints, in order. `notes` are instructions and introductions."""

    parts: list[Part] = field(default_factory=lambda: [Part("")])
    notes: list[str] = field(default_factory=list)

    def ask(self, text: str, options: Sequence[str] = (), column: bool = False) -> None:
        """One more question, unless it is the last one once more."""
        text = _tidy(text)
        held = self.parts[-1].labels
        if not any(character.isalpha() for character in text):
            return
        if held and held[-1].text == text:
            held[-1].options += tuple(options)
        else:
            held.append(Label(text, tuple(options), column))

    def offer(self, options: Sequence[str]) -> None:
        """Options that stand apart from their question, which came last."""
        if self.parts[-1].labels:
            self.parts[-1].labels[-1].options += tuple(options)

    def head(self, text: str) -> None:
        """A new part. One under which nothing was asked was no part, but a title or a note."""
        if not self.parts[-1].labels and self.parts[-1].heading:
            self.notes.append(self.parts.pop().heading)
        self.parts.append(Part(_tidy(text)))

    def note(self, text: str) -> None:
        """What is neither."""
        if text.strip():
            self.notes.append(_tidy(text))


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"[._…]{4,}", " ", text).split()).strip(" :*")
