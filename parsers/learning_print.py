"""What a blank form prints: its headings, its labels with the options beside them, and the rest.

No vocabulary says what is a label here, only the look and the place: what stands before an empty
cell, a field, boxes or dots asks something. A filled form works as well where its labels have a
look of their own, or the built-in words know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.goes_on import starts_entered
from parsers.guidance import is_guidance, quiet
from parsers.learning_sheet import Printed
from parsers.meaning import meaning, section_of
from parsers.options import boxed, has_box
from parsers.people import block_of
from parsers.reading import TICKED, UNTICKED, Reading, Text
from parsers.rows import Piece, Row, rows_of
from parsers.texts import all_of, cut, lines
from parsers.vocabulary import Vocabulary
from triage.values.choices import YES_NO, exactly

_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_SPACE = re.compile(r"\t|[._…]{4,}|\s{4,}")
_ASKS = re.compile(r"[:?]\s*\**$")
_LONGEST = 28  # words; what is longer explains
_HEADING_WORDS = 14
_STYLED = 3  # headings by style, from which what is merely bold is a label


def printed(reading: Reading, words: Vocabulary) -> Printed:
    """Everything a form prints; `words` (the built-in ones) help to tell headings and labels."""
    found = Printed()
    rows = rows_of(reading)
    styled = sum(piece.heading for row in rows for piece in row.pieces) >= _STYLED
    header: Row | None = None
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else None
        if header is not None and row.table != header.table:
            header = None
        if not row.filled:
            continue
        if row.beside and block_of(row.beside) is None and found.parts[-1].heading != row.beside:
            found.head(row.beside)
        if row.alone:
            _alone(found, words, row, below, styled)
        elif header is not None and not all(piece.strong for piece in row.filled):
            continue
        elif _is_header(row, rows[at + 1 : at + 3]):
            header = row
            for piece in row.filled:
                _cell(found, words, piece, column=True)
        else:
            _across(found, words, row)
    found.parts = [part for part in found.parts if part.labels]
    return found


def _is_header(row: Row, after: Sequence[Row]) -> bool:
    """Labels side by side, over rows of the same cells in which nothing is printed."""
    cells = [piece.column for piece in row.pieces]
    under = [r for r in after if r.table == row.table and [p.column for p in r.pieces] == cells]
    if len(row.filled) < 2 or not under or len(row.filled) < len(row.pieces) - 1:
        return False
    if any(has_box(piece.words) or piece.entered for piece in row.filled):
        return False
    strong = all(piece.strong for piece in row.filled)
    empty = all(not _labels_in(piece) for piece in under[0].pieces)
    weak = not any(piece.strong for piece in under[0].filled)
    return empty or (strong and weak and len(row.pieces) > 2)


def _labels_in(piece: Piece) -> bool:
    """Whether something is printed in a cell that is no prompt and no box with its options."""
    printed_words = _BOX.sub("", boxed(piece.printed)).strip()
    options = has_box(piece.words) or exactly(printed_words, YES_NO) is not None
    return bool(printed_words) and not options and not piece.entered


def _alone(found: Printed, words: Vocabulary, row: Row, below: Row | None, styled: bool) -> None:
    """A paragraph, or a cell as wide as its table. `styled`: headings have a style of their own."""
    piece = row.pieces[0]
    if has_box(piece.words) or piece.entered or _ASKS.search(piece.printed):
        _cell(found, words, piece)
        return
    said = piece.words
    short = len(said.split()) <= _HEADING_WORDS
    known = meaning(words, said)
    bold_label = styled and not row.table and piece.strong and block_of(said) is None
    answered = bold_label or (below is not None and _is_space(row, below))
    opens = section_of(words, said) if short else None
    if piece.heading or (short and piece.strong and not answered):
        block = block_of(said)
        if block is None or (block.group == "children" and found.parts[-1].labels):
            found.head(said)
    elif (
        answered
        and (piece.strong or row.table or known or _is_field(below))
        and len(said.split()) <= _LONGEST
    ):
        _cell(found, words, piece)
    elif opens is not None and opens[1] == 1.0:
        found.head(said)
    elif _SPACE.search(piece.printed.strip()):
        _cell(found, words, piece)
    else:
        found.note(said)


def _is_field(below: Row | None) -> bool:
    """Whether the next row is a form's field, filled or empty."""
    return below is not None and any(r.entered or r.placeholder for r in below.pieces[0].text)


def _is_space(row: Row, below: Row) -> bool:
    """Whether the next row is room for an answer: empty, a field, or boxes."""
    if below.table != row.table or not below.alone:
        return False
    piece = below.pieces[0]
    boxes = boxed(piece.words)[:1] in (TICKED, UNTICKED)
    return (piece.blank and row.table > 0) or starts_entered(piece) or boxes or piece.blank


def _across(found: Printed, words: Vocabulary, row: Row) -> None:
    """Questions side by side, each with the room or the options right of it."""
    any_strong = any(piece.strong for piece in row.filled)
    before: Piece | None = None
    for piece in row.pieces:
        if piece.blank or starts_entered(piece):
            before = None
        elif has_box(piece.words) and not _begins_with_words(piece):
            found.offer(options_in(piece.words)[1])
        elif before is not None and exactly(piece.words, YES_NO):
            continue
        elif before is not None and any_strong and not piece.strong:
            _beside(found, words, piece)
        elif block_of(piece.words) is None or not block_of(piece.words).counted:  # type: ignore[union-attr]
            _cell(found, words, piece)
            before = piece


def _begins_with_words(piece: Piece) -> bool:
    return boxed(piece.words)[:1] not in (TICKED, UNTICKED) and piece.strong


def _beside(found: Printed, words: Vocabulary, piece: Piece) -> None:
    """Plain print right of a label: options to delete, a hint, or (on a filled form) an answer."""
    options = [part.strip() for part in re.split(r"\s*/\s*|\n", piece.printed) if part.strip()]
    if 2 <= len(options) <= 12 and all(len(option.split()) <= 8 for option in options):
        found.offer(options)
    elif all_of(piece.text, quiet) or is_guidance(words, piece.words):
        found.note(piece.words)


def _cell(found: Printed, words: Vocabulary, piece: Piece, column: bool = False) -> None:
    """The label or labels in a cell or paragraph, with options, hints and rooms told apart."""
    for number, line in enumerate(_lines_of(piece.text)):
        said = _form_words(line)
        if not said:
            continue
        if has_box(said):
            label, options = options_in(said)
            if label:
                found.ask(label, options, column)
            else:
                found.offer(options)
        elif number and (all_of(line, quiet) or not _ASKS.search(said)):
            found.note(said)
        else:
            for label in _SPACE.split(said):
                found.ask(label, (), column)


def _form_words(line: Text) -> str:
    """What the form prints on a line: no answers and prompts, but boxes, which are fields too."""
    kept = (run for run in line if not (run.entered or run.placeholder) or _BOX.search(run.text))
    return "".join(run.text for run in kept).strip()


def _lines_of(text: Text) -> Iterator[Text]:
    """Lines; the small print at the end of one stands for itself."""
    for line in lines(text):
        at = next((i for i, run in enumerate(line) if i and quiet(run)), None)
        if at is not None and all(quiet(run) or not run.text.strip() for run in line[at:]):
            start = sum(len(run.text) for run in line[:at])
            yield cut(line, 0, start)
            yield cut(line, start)
        else:
            yield line


def options_in(said: str) -> tuple[str, tuple[str, ...]]:
    """The label before a list of boxes ('' if none), and the options."""
    pieces = [" ".join(piece.split()) for piece in _BOX.split(boxed(said))]
    first, last = pieces[0], pieces[-1]
    if first and not last:  # the boxes follow their options: 'Harmed? Yes [] No []'
        label, mark, option = first.rpartition("?") if "?" in first else first.rpartition(":")
        return (label + mark).strip(), tuple(o for o in (option.strip(), *pieces[1:]) if o)
    return first, tuple(piece for piece in pieces[1:] if piece)
