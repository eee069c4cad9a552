"""How people mark a printed choice: each way turns options into runs of text with a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpus.form import Option, Question

EMPTY, CROSSED, TICKED = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX WITH CHECK}"


@dataclass(frozen=True, slots=True)
class Run:
    """Text with a look: '', 'bold', 'underlined', 'highlighted', 'struck'; or a box.

    `box` is 'control' (Word's check box), 'wingdings' (a symbol), 'legacy' (an old form's check
    box), 'square' (drawn; typed as a character where drawing is not possible), 'dingbat' (a
    character of a symbol face).
    """

    text: str
    look: str = ""
    box: str = ""
    ticked: bool = False


Marks = Callable[[Sequence[Option]], Iterator[Run]]


def _signs(empty: str, full: str, after: bool = False) -> Marks:
    def runs(options: Sequence[Option]) -> Iterator[Run]:
        for number, option in enumerate(options):
            sign = full if option.ticked else empty
            words = f"{option.label} {sign}" if after else f"{sign} {option.label}"
            yield Run(("    " if number else "") + words)

    return runs


def _boxes(kind: str) -> Marks:
    def runs(options: Sequence[Option]) -> Iterator[Run]:
        for number, option in enumerate(options):
            if number:
                yield Run("    ")
            yield Run("", box=kind, ticked=option.ticked)
            yield Run(f" {option.label}")

    return runs


def _beside(options: Sequence[Option]) -> Iterator[Run]:
    """An X typed beside the box that could not be clicked."""
    for number, option in enumerate(options):
        cross = f"{EMPTY} X" if option.ticked else EMPTY
        yield Run(("     " if number else "") + f"{option.label} {cross}")


def _looks(chosen: str, other: str = "", note: str = "") -> Marks:
    def runs(options: Sequence[Option]) -> Iterator[Run]:
        one = sum(option.ticked for option in options)
        for number, option in enumerate(options):
            if number:
                yield Run(" / ")
            look = (chosen if option.ticked else other) if one else ""
            yield Run(option.label, look)
        if note:
            yield Run(note)

    return runs


def _left_in(options: Sequence[Option]) -> Iterator[Run]:
    """The printed list still stands, the answer was typed behind it."""
    yield Run(" / ".join(option.label for option in options))
    if any(option.ticked for option in options):
        yield Run(" - " + ", ".join(option.label for option in options if option.ticked), "bold")


def _typed(options: Sequence[Option]) -> Iterator[Run]:
    """The list was deleted, only the answer stands."""
    yield Run(", ".join(option.label for option in options if option.ticked))


DELETE = " (delete as appropriate)"
MARKS: Mapping[str, Marks] = {
    "boxes": _signs(EMPTY, CROSSED),
    "ticks": _signs(EMPTY, TICKED),
    "boxes after": _signs(EMPTY, CROSSED, after=True),
    "brackets": _signs("[ ]", "[x]"),
    "big brackets": _signs("[  ]", "[X]"),
    "parentheses": _signs("( )", "(X)"),
    "controls": _boxes("control"),
    "wingdings": _boxes("wingdings"),
    "legacy": _boxes("legacy"),
    "squares": _boxes("square"),
    "dingbats": _boxes("dingbat"),
    "beside": _beside,
    "bold": _looks("bold"),
    "underlined": _looks("underlined"),
    "highlighted": _looks("highlighted"),
    "struck": _looks("", "struck"),
    "delete": _looks("", "struck", DELETE),
    "left in": _left_in,
    "typed": _typed,
}
WORD = (
    *("boxes", "ticks", "boxes after", "brackets", "parentheses", "controls", "wingdings"),
    *("beside", "bold", "underlined", "highlighted", "struck", "delete", "left in", "typed"),
)
PDF = (
    *("squares", "squares", "dingbats", "brackets", "parentheses", "bold", "struck", "delete"),
    *("highlighted", "typed"),
)
TEXT = ("brackets", "big brackets", "parentheses", "left in", "typed")
FEW, LONG_LISTS = 4, "squares"
"""Long lists are not struck out or printed in bold word by word: boxes are used for those."""


def runs(question: Question, marks: str) -> list[Run]:
    """The answer's runs: typed text as it is (with line breaks), choices marked."""
    if not question.options:
        return [Run(question.text)]
    worded = marks in ("bold", "underlined", "highlighted", "struck", "delete", "left in")
    if worded and len(question.options) > FEW:
        marks = "brackets" if marks == "left in" else LONG_LISTS
    shown = list(MARKS[marks](question.options))
    return [*shown, Run(f" - {question.comment}")] if question.comment else shown
