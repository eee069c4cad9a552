"""What stands on a page before anything is understood: words, rules, backgrounds.

All coordinates are points from the top left of the page as it is read (after de-rotation).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from parsers.reading import Run

Box = tuple[float, float, float, float]


class Look(NamedTuple):
    """How a word looks; words of one look side by side become one Run."""

    bold: bool = False
    italic: bool = False
    grey: bool = False
    underlined: bool = False
    struck: bool = False
    entered: bool = False
    name: str = ""
    highlighted: bool = False
    sure: float = 1.0  # less where a machine recognised the word in a picture
    pale: bool = False  # so light that it does not show on paper

    def run(self, text: str) -> Run:
        """A Run of this look."""
        return Run(
            text,
            bold=self.bold,
            italic=self.italic,
            underlined=self.underlined,
            struck=self.struck,
            highlighted=self.highlighted,
            grey=self.grey,
            entered=self.entered,
            name=self.name,
            sure=self.sure,
        )


PLAIN = Look()


@dataclass(slots=True)
class Word:
    """A word, a tick or a form field's value, with its box and baseline.

    `field`: a text field or note, whose box is that of the widget and whose text may have
    several lines. `tick`: a check box.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    look: Look = PLAIN
    page: int = 1
    field: bool = False
    tick: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def lined(self, struck: bool) -> Word:
        """The same word struck out, or underlined."""
        look = self.look._replace(struck=True) if struck else self.look._replace(underlined=True)
        return replace(self, look=look)

    def marked(self) -> Word:
        """The same word highlighted."""
        return replace(self, look=self.look._replace(highlighted=True))


class Rule(NamedTuple):
    """A straight line: across at height `at` from x `start` to `end`, or down at x `at`."""

    at: float
    start: float
    end: float


class Shade(NamedTuple):
    """A filled background."""

    x0: float
    top: float
    x1: float
    bottom: float
    white: bool
    marker: bool = False  # of a light colour, as a marker pen leaves


@dataclass(slots=True)
class Marks:
    """A page's words, rules and backgrounds, and how much of it pictures cover (0..1).

    `notes` are words that are kept but answer nothing: comments, and what does not show. Of a page
    set in columns each column is one of its own: `column` says from where to where.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    bars: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    characters: int = 0
    undecoded: int = 0
    fields: int = 0
    turned: int = 0
    shapes: int = 0
    column: tuple[float, float] | None = None
    notes: list[Word] = field(default_factory=list)

    @property
    def span(self) -> float:
        """How wide the page or column is."""
        return self.column[1] - self.column[0] if self.column else self.width

    @property
    def edge(self) -> float:
        """Where lines end at the right, at the least: a page of short lines says little."""
        start = self.column[0] if self.column else 0.0
        return start + 0.8 * self.span


def around(words: list[Word]) -> Box:
    """The smallest box round the words."""
    return (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
