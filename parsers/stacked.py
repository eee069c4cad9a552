"""Tables of rows of labels with a row of answers under each, and tables that shade the answers."""

from __future__ import annotations

from dataclasses import replace

from parsers.columns import ROWS, Column, Columns
from parsers.like_labels import is_label_alone
from parsers.meaning import meaning
from parsers.rows import Piece, Row
from parsers.vocabulary import Vocabulary

_MOST, _SOME = 0.6, 0.5  # of a row's cells are labels that are known; in such a table
_FEWEST = 2  # rows of labels that make a stacked table


def is_stacked(words: Vocabulary, rows: tuple[Row, ...], at: int) -> bool:
    """Whether rows of labels and of answers take turns in the table beginning here."""
    pairs = 0
    for index in range(at, len(rows)):
        if rows[index].table != rows[at].table:
            break
        pairs += _takes_turns(words, rows, index)
    return pairs >= _FEWEST


def stacked_header(
    words: Vocabulary, rows: tuple[Row, ...], at: int, section: str
) -> Columns | None:
    """The labels of the one row of answers under them, in a stacked table; None for other rows."""
    if not _takes_turns(words, rows, at, _SOME):
        return None
    columns = tuple(
        Column(" ".join(p.printed.split()), meaning(words, p.printed, section), p.column, p.columns)
        for p in rows[at].pieces
    )
    return Columns(ROWS, "", section, columns, rows[at].width, single=True)


def _takes_turns(words: Vocabulary, rows: tuple[Row, ...], at: int, part: float = _MOST) -> bool:
    """Labels, answers under them in the same grid, and then no further row of answers."""
    here, below, third = (_row(rows, at, further) for further in range(3))
    if here is None or below is None or len(here.pieces) < 2 or _grid(here) != _grid(below):
        return False
    if not _are_labels(words, here, part) or _are_labels(words, below, part):
        return False
    if is_label_alone(words, below.pieces[0]):
        return False
    return third is None or _grid(third) != _grid(here) or _are_labels(words, third, part)


def _row(rows: tuple[Row, ...], at: int, further: int) -> Row | None:
    row = rows[at + further] if at + further < len(rows) else None
    return row if row is not None and row.table == rows[at].table else None


def _grid(row: Row) -> list[int]:
    return [piece.column for piece in row.pieces]


def _are_labels(words: Vocabulary, row: Row, part: float) -> bool:
    if any(piece.blank or piece.entered for piece in row.pieces):
        return False
    return sum(is_label_alone(words, piece) for piece in row.pieces) >= part * len(row.pieces)


def shading_turned(words: Vocabulary, rows: tuple[Row, ...], at: int) -> tuple[Row, ...]:
    """The rows; the shading of a table that shades its answers, not its labels, turned round."""
    end = next((i for i in range(at, len(rows)) if rows[i].table != rows[at].table), len(rows))
    pieces = [piece for row in rows[at:end] for piece in row.filled]
    labels = [piece for piece in pieces if is_label_alone(words, piece)]
    others = [piece for piece in pieces if piece not in labels]
    if len(labels) <= _FEWEST or sum(piece.strong for piece in labels) * 4 > len(labels):
        return rows
    if sum(_only_shaded(piece) for piece in others) * 2 < len(others):
        return rows
    turned = tuple(_turned(row) for row in rows[at:end])
    return (*rows[:at], *turned, *rows[end:])


def _only_shaded(piece: Piece) -> bool:
    return piece.shaded and not replace(piece, shaded=False).strong


def _turned(row: Row) -> Row:
    return replace(row, pieces=tuple(replace(p, shaded=not p.shaded) for p in row.pieces))
