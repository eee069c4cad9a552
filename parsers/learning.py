"""A blank form -> the draft of its vocabulary, as a file for a person to look through and finish.

What is certain stands there plainly, a guess ends in '?', and every label that means nothing we
know stands there as 'keep', so that the person sees all that the form asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.learning_keys import (
    NEAR,
    SURE,
    Candidate,
    assigned,
    candidates,
    plain_yes_no,
    valued,
)
from parsers.learning_print import printed
from parsers.learning_sheet import Label, Part, Printed
from parsers.meaning import section_of
from parsers.reading import Reading
from parsers.recognise import head
from parsers.rows import first_rows
from parsers.vocabulary import Vocabulary
from parsers.vocabulary_taught import Means, means
from parsers.vocabulary_taught_check import never_asked
from triage.values.choices import YES_NO, key

_NAMED = 3  # candidates that are named beside a label
_SAYS_SO = 0.9
_OFFICE = re.compile(r"\b(office|desk|staff|reserved|internal|only|alone)\b", re.IGNORECASE)
_MARKING = re.compile(r"\bofficial\b|\bconfidential\b|\brestricted\b", re.IGNORECASE)
_PAPER = re.compile(r"\b(form|notification|referral|notice|report|alert|incident)\b", re.IGNORECASE)
_LONG_TITLE = 16  # words
_REPEATING = ("family", "agencies", "events", "child")


@dataclass(frozen=True, slots=True)
class Learned:
    """One label of a blank with the key proposed for it (None: keep), and what else it may mean.

    `options`: each option printed with the value proposed ('' none) and whether that is certain.
    """

    label: Label
    given: Candidate | None
    others: tuple[Candidate, ...]
    options: tuple[tuple[str, str, bool], ...] = ()

    @property
    def sure(self) -> bool:
        """The built-in words know this label to the letter."""
        return self.given is not None and self.given.score >= SURE


@dataclass(frozen=True, slots=True)
class LearnedPart:
    """A part of the form, what it is about, and if its heading says so."""

    heading: str
    about: str
    sure: bool
    labels: tuple[Learned, ...]


@dataclass(frozen=True, slots=True)
class LearnedForm:
    """All that was learned of a blank."""

    title: str
    version: str
    parts: tuple[LearnedPart, ...]
    printed: tuple[str, ...]
    words: Vocabulary

    def never_asked(self) -> tuple[str, ...]:
        """What triage needs and no label is proposed for."""
        given = [learned.given for part in self.parts for learned in part.labels]
        return tuple(never_asked({Means(c.field.group, c.field.key) for c in given if c}))


def learn(reading: Reading, words: Vocabulary) -> LearnedForm:
    """What a blank asks, each label with the key it likely means by the built-in words."""
    found = printed(reading, words)
    parts = [part for part in found.parts if not _again(part, found.parts)]
    abouts = _abouts(parts, words)
    offered = [
        [candidates(words, label, about) for label in part.labels]
        for part, (about, _) in zip(parts, abouts, strict=True)
    ]
    numbers = _numbers(parts, [about for about, _ in abouts])
    given = assigned(
        (number, options)
        for row, some in zip(numbers, offered, strict=True)
        for number, options in zip(row, some, strict=True)
    )
    learned = [
        LearnedPart(
            part.heading,
            about,
            sure,
            tuple(
                _learned(label, given[number], options)
                for label, number, options in zip(part.labels, row, some, strict=True)
            ),
        )
        for part, (about, sure), row, some in zip(parts, abouts, numbers, offered, strict=True)
    ]
    return LearnedForm(
        _title(reading), _version(reading, words), tuple(learned), _notes(found), words
    )


def _numbers(parts: Sequence[Part], abouts: Sequence[str]) -> list[list[int]]:
    """A number for each question: asked of another child or relative again, it is the same one."""
    known: dict[tuple[str, str], int] = {}
    return [
        [
            known.setdefault((about if about in _REPEATING else str(at), label.text), len(known))
            for label in part.labels
        ]
        for at, (part, about) in enumerate(zip(parts, abouts, strict=True))
    ]


def _again(part: Part, parts: Sequence[Part]) -> bool:
    """'Child 2' with the questions of 'Child 1': said once is enough."""
    asked = {label.text for label in part.labels}
    for other in parts:
        if other is part:
            return False
        alike = re.sub(r"\d+", "", key(part.heading)) == re.sub(r"\d+", "", key(other.heading))
        if alike and asked <= {label.text for label in other.labels}:
            return True
    return False


def _abouts(parts: Sequence[Part], words: Vocabulary) -> list[tuple[str, bool]]:
    """What each part is about, by its heading; else by what most of its labels would mean."""
    told: list[tuple[str, bool]] = []
    for part in parts:
        section = section_of(words, part.heading)
        if section is not None and section[1] >= _SAYS_SO:
            told.append((section[0].name, True))
            continue
        guess = section[0].name if section else "office" if _OFFICE.search(part.heading) else ""
        told.append((guess or _by_labels(part, words), False))
    return told


def _by_labels(part: Part, words: Vocabulary) -> str:
    """The section in which the labels of a part are known best."""
    score: Counter[str] = Counter()
    columns = all(label.column for label in part.labels)
    for section in words.sections:
        if section.group != "unread" and (not columns or section.name in _REPEATING):
            for label in part.labels:
                best = candidates(words, label, section.name)[:1]
                score[section.name] += round(
                    sum(c.score + 20 * (c.field.section == section.name) for c in best)
                )
    return max(score, key=lambda name: score[name], default="incident")


def _learned(label: Label, given: Candidate | None, offered: Sequence[Candidate]) -> Learned:
    others = [c for c in offered if c is not given and c.score >= NEAR][:_NAMED]
    return Learned(label, given, tuple(others), tuple(_options(label, given)))


def _options(label: Label, given: Candidate | None) -> Iterator[tuple[str, str, bool]]:
    """The options printed, each with its value; nothing where plain yes and no is offered."""
    options = list(dict.fromkeys(label.options))
    if given is None and not plain_yes_no(options):
        yield from ((option, "", False) for option in options)
    if given is None or given.field.type not in ("choice", "choices", "yes/no"):
        return
    if given.field.type == "yes/no" and plain_yes_no(options):
        return
    for option in options:
        value, sure = valued(option, given.field.choices or YES_NO)
        yield option, value or "", sure


def _title(reading: Reading) -> str:
    """The first words of the form that say what paper it is, else its first words at all."""
    rows = first_rows(reading, 6)
    said = [piece.words for row in rows for piece in row.filled[:1] if not piece.entered]
    told = [words for words in said if len(words.split()) > 1 and not _MARKING.search(words)]
    papers = [words for words in told if _PAPER.search(words) and len(words.split()) < _LONG_TITLE]
    return (papers or told or [""])[0][:120]


def _version(reading: Reading, words: Vocabulary) -> str:
    match = words.version.search(head(reading))
    return " ".join(match[0].split()) if match else ""


def _notes(found: Printed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for note in found.notes if 3 < len(note) < 600))


def told_as(candidate: Candidate, group: str) -> str:
    """A field as it is written right of a label in a part of this group."""
    field = candidate.field
    told = field.key + (f" ({field.part})" if field.part else "")
    told += f" + {field.also}" if field.also else ""
    meant = means(told, group)
    return told if meant and meant.group == field.group else f"{field.group}.{told}"
