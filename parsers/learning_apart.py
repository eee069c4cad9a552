"""Learning as the reading worker does it: a blank's bytes come in, sentences and a draft go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers import warm
from parsers.explained import explain
from parsers.identify import identify
from parsers.learning import learn
from parsers.learning_draft import draft
from parsers.learning_print import printed
from parsers.learning_sheet import Label, Printed
from parsers.options import has_box
from parsers.readers import READERS
from parsers.reading import Paragraph, Reading, Text, Unreadable
from parsers.vocabulary import Vocabulary
from parsers.vocabulary_taught import Lessons
from triage.problem import Problem
from triage.values.choices import YES_NO, choose, key

_FEW = 3  # answers; a blank may come with one filled in by its program, such as a version
_NO_READER = Problem(
    "This is not a kind of document that can be learned from",
    what_to_do="Take the blank form as a Word document or a PDF made from it.",
    kind="unreadable",
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft's text, how many labels it holds, and whether the form seems to be filled in."""

    text: str
    labels: int
    filled: bool


def drafted(name: str, content: bytes, form: str) -> Drafted | Problem:
    """The draft of a vocabulary for a blank, to be called `form`."""
    reading = _reading(name, content)
    if isinstance(reading, Problem):
        return reading
    learned = learn(reading, _built_in())
    labels = sum(len(part.labels) for part in learned.parts)
    return Drafted(draft(learned, form), labels, _entered(reading) > _FEW)


def compared(name: str, content: bytes) -> list[str] | Problem:
    """Where a blank and the vocabulary taught for it (the last that was loaded) differ."""
    reading = _reading(name, content)
    if isinstance(reading, Problem):
        return reading
    return list(_differences(printed(reading, _built_in()), warm.vocabularies()[-1]))


def _built_in() -> Vocabulary:
    return next(words for words in warm.vocabularies() if words.form == "sin_gm")


def _differences(found: Printed, words: Vocabulary) -> Iterator[str]:
    lessons = words.lessons
    if lessons is None:
        yield f"{words.form}: this is no taught form; there is nothing to compare"
        return
    labels = [label for part in found.parts for label in part.labels]
    taught = {key(lesson.label) for lesson in lessons.taught} | {key(one) for one in lessons.aside}
    on_form = {key(label.text) for label in labels}
    for text in dict.fromkeys(one.text for one in labels if key(one.text) not in taught):
        yield f"on the form and not taught: {text!r}"
    for lesson in lessons.taught:
        if key(lesson.label) not in on_form:
            yield f"taught and not found on the form: {lesson.label!r}"
    for heading in lessons.headings:
        if key(heading) not in {key(part.heading) for part in found.parts}:
            yield f"a part's heading that is not on the form: {heading!r}"
    for label in labels:
        yield from _options(label, lessons)


def _options(label: Label, lessons: Lessons) -> Iterator[str]:
    held = lessons.find(label.text, "")
    field = held[0].field if held else None
    if field is None or field.type not in ("choice", "choices", "yes/no"):
        return
    for option in dict.fromkeys(label.options):
        if choose(option, field.choices or YES_NO).value is None:
            yield f"{label.text!r}: the option {option!r} has no value"


def _reading(name: str, content: bytes) -> Reading | Problem:
    kind = identify(name, content)
    if kind not in READERS:
        return explain(kind, name) or _NO_READER
    try:
        return READERS[kind](content)
    except Unreadable as refused:
        return refused.problem


def _entered(reading: Reading) -> int:
    """How many fields hold something that is no box."""
    texts: list[Text] = []
    for block in reading.blocks:
        texts += [block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells]
    runs = [run for text in texts for run in text if run.entered and not run.placeholder]
    return sum(bool(run.text.strip()) and not has_box(run.text) for run in runs)
