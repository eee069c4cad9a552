"""A filled form as a layout draws it: sections of questions with their answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tscp.demo.typed import Typed

LONG = frozenset(
    (
        *("incident_summary", "immediate_actions", "reason_for_referral", "good_practice"),
        *("learning_identified", "harm_types", "parallel_processes", "involvement", "event"),
        "linked_cases",
    )
)


@dataclass(frozen=True, slots=True)
class Option:
    """A printed choice, what it means, and whether it was chosen."""

    label: str
    value: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A printed question and what was answered.

    `key` is the interface's, or 'extra' for a question that no vocabulary knows, or 'office' for
    one that is not for the referrer. `options` are () where the answer is typed. `deleted` is
    text that was typed and deleted again with tracked changes (drawn by Word layouts only),
    `comment` is typed behind the choice made, and at `continued` the answer goes on in a row of
    its own below (drawn by some layouts: `parts`).
    """

    key: str
    label: str
    answer: Typed
    guidance: str = ""
    options: tuple[Option, ...] = ()
    deleted: str = ""
    comment: str = ""
    continued: int = 0

    @property
    def parts(self) -> tuple[Question, ...]:
        """The question, or where its answer goes on in another row, that in two."""
        if not self.continued or self.options:
            return (self,)
        first, rest = self.answer.text[: self.continued], self.answer.text[self.continued :]
        cut = replace(self, continued=0)
        return tuple(
            replace(cut, answer=replace(self.answer, text=t.strip())) for t in (first, rest)
        )

    @property
    def text(self) -> str:
        """What was typed; of printed choices the chosen ones."""
        if self.options:
            return ", ".join(option.label for option in self.options if option.ticked)
        return self.answer.text

    @property
    def lines(self) -> list[str]:
        """The typed lines; [''] where nothing was."""
        return self.text.split("\n")

    @property
    def long(self) -> bool:
        """Whether the answer needs the page's width."""
        return self.key in LONG or len(self.text) > 90


Row = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the questions under it, and the rows of a repeated group."""

    name: str
    heading: str
    questions: Row = ()
    group: str = ""
    rows: tuple[Row, ...] = ()
    row_heading: str = "{number}"
    columns: tuple[str, ...] = ()
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """One filled form. `marks` is how the person marks choices, `seed` the source of chance.

    `plain`: it will be converted: no tracked changes, nothing that LibreOffice draws wrongly.
    """

    seed: str
    title: str
    subtitle: str
    intro: str
    version: str
    wording: str
    sections: tuple[Section, ...]
    marks: str
    habits: tuple[str, ...] = ()
    plain: bool = False
    chance: random.Random = field(default_factory=random.Random, compare=False)

    def questions(self) -> Iterator[Question]:
        """Every question, those of rows too."""
        for section in self.sections:
            yield from section.questions
            for row in section.rows:
                yield from row
