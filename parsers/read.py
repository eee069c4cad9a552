"""One document, read: bytes in, DocumentRead out, never an exception for what a sender wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from parsers.as_text import as_text, reading_of
from parsers.explained import explain, misnamed, promise
from parsers.half_forms import part_missing
from parsers.identify import identify
from parsers.labelling import labelled
from parsers.mapping import mapped
from parsers.outcome import MOST_TEXT, DocumentRead, Status
from parsers.read_json import as_json
from parsers.readers import READERS, WITH_PASSWORD
from parsers.reading import Block, Paragraph, Reading, Unreadable, plain
from parsers.recognise import kind_of, named
from parsers.unlock import unlocked
from parsers.vocabulary import Vocabulary
from triage.papers import LIKE_A_FORM
from triage.problem import Problem

__all__ = ["as_json", "read_document", "read_reading"]

_UNKNOWN = Problem(
    "This is not a kind of document we can read",
    what_to_do="Ask the sender for the form as a Word document or a PDF made from it.",
    kind="unreadable",
)
_STRANGE = Problem(
    "This document is put together in a way we cannot follow",
    what_to_do="Read it by eye; if it keeps happening, tell whoever looks after this service.",
    kind="unreadable",
)


def read_document(
    name: str,
    content: bytes,
    vocabularies: Sequence[Vocabulary],
    agencies: Mapping[str, str],
    password: str = "",
) -> DocumentRead:
    """What a document is and, if it is a SIN form, what it says. `agencies`: alias -> id.

    `password` opens what does not open without one; other documents are read as ever.
    """
    try:
        kind, content = _opened(name, content, password)
        if kind not in READERS:
            return _typed(name, kind, content, vocabularies, agencies)
        reading = _reading(kind, content, password)
        read = read_reading(name, reading, vocabularies, agencies)
        note = misnamed(kind, name)
        return replace(read, notes=(*read.notes, note)) if note else read
    except Unreadable as refused:
        return _unreadable(refused.problem)
    except (ValueError, LookupError, ArithmeticError, RecursionError):
        # What senders' programs write is endless; the worker catches whatever else there is.
        return _unreadable(_STRANGE)


def _typed(
    name: str,
    kind: str,
    content: bytes,
    vocabularies: Sequence[Vocabulary],
    agencies: Mapping[str, str],
) -> DocumentRead:
    """A text file or web page: a form by its lines, else kept for its words."""
    kept, reading = as_text(kind, content), reading_of(kind, content)
    if kept is None or reading is None:
        return kept or _unreadable(explain(kind) or _UNKNOWN)
    read = read_reading(name, reading, vocabularies, agencies)
    if read.status != "not-a-form" or read.recognised_as == LIKE_A_FORM:
        return read
    # Under the name of a document, text is what was left of one.
    false_name = promise(name) and explain(kind, name)
    return (
        _unreadable(false_name) if false_name else replace(kept, recognised_as=read.recognised_as)
    )


def _opened(name: str, content: bytes, password: str) -> tuple[str, bytes]:
    """A document's kind and bytes; those inside where the password opens an Office document."""
    kind = identify(name, content)
    if kind not in ("protected office", "protected old office") or not password:
        return kind, content
    inside = unlocked(content, password)
    return identify(name, inside), inside


def _reading(kind: str, content: bytes, password: str) -> Reading:
    if password and kind in WITH_PASSWORD:
        return WITH_PASSWORD[kind](content, password)
    return READERS[kind](content)


def read_reading(
    name: str, reading: Reading, vocabularies: Sequence[Vocabulary], agencies: Mapping[str, str]
) -> DocumentRead:
    """The same from a document's structure, whatever reader it came from."""
    best = None
    for words in _candidates(reading, vocabularies):
        asked = labelled(words, reading)
        known = len({q.found.field.key for q in asked if q.found})
        if best is None or known > best[0]:
            best = (known, words, asked)
    if best is None:
        return _unreadable(_UNKNOWN)
    _, words, asked = best
    form = mapped(asked, reading, words, agencies, name)
    kind = kind_of(form, asked, words, reading)
    missing = part_missing(asked, reading) if kind.status == "form" else None
    return DocumentRead(
        status=cast(Status, kind.status),
        reason=kind.reason,
        form=form if kind.status in ("form", "blank") else None,
        text="\n".join(_lines(reading.blocks))[:MOST_TEXT],
        reader=reading.reader,
        recognised_as=kind.recognised_as,
        notes=(*reading.problems, *([missing] if missing else [])),
    )


def _candidates(reading: Reading, vocabularies: Sequence[Vocabulary]) -> Sequence[Vocabulary]:
    """The taught form whose labels it holds; else the vocabulary whose name the document bears,
    the longest name first; else all that were not taught."""
    if taught := _taught(reading, vocabularies):
        return [taught]
    called = [(named(words, reading), words) for words in vocabularies if words.lessons is None]
    longest = max((length for length, _ in called), default=0)
    return [words for length, words in called if length == longest]


def _taught(reading: Reading, vocabularies: Sequence[Vocabulary]) -> Vocabulary | None:
    """The taught form that holds most of this document's labels, if they are enough."""
    taught = [(words, words.lessons) for words in vocabularies if words.lessons is not None]
    text = "\n".join(_lines(reading.blocks)) if taught else ""
    known = [(lessons.knows(text, bool(named(words, reading))), words) for words, lessons in taught]
    share, best = max(known, key=lambda one: one[0], default=(0.0, None))
    return best if share else None


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.text)
        else:
            for row in range(block.rows):
                yield "\t".join(plain(cell.text) for cell in block.cells if cell.row == row)


def _unreadable(problem: Problem) -> DocumentRead:
    return DocumentRead("unreadable", problem.sentence(), problem=problem)
