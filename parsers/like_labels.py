"""What looks like a label wherever it stands: for judging how a table is laid out as a whole.

One label proves little ('GP' may be an agency, 'Mother' an answer); of many cells most tell.
"""

from __future__ import annotations

from functools import lru_cache

from parsers.guidance import quiet
from parsers.label_words import wordings
from parsers.options import has_box
from parsers.reading import Text, plain
from parsers.rows import Piece
from parsers.texts import all_of, cut, is_blank, trimmed
from parsers.vocabulary import Vocabulary

_LONGEST_LABEL = 160  # characters


@lru_cache(maxsize=20_000)
def is_listed(words: Vocabulary, told: str) -> bool:
    """Whether a wording is listed as a label, in whatever section it means something."""
    if not told.strip() or len(told) > _LONGEST_LABEL:
        return False
    return any(word in _every_label(words) for word in wordings(told, words.alike))


@lru_cache(maxsize=16)
def _every_label(words: Vocabulary) -> frozenset[str]:
    return frozenset(label for field in words.fields for label in (*field.labels, *field.here))


def in_two(text: Text) -> tuple[Text, Text]:
    """A cell's first line, or what stands before its first colon, and the rest."""
    said = plain(text)
    line = said.find("\n")
    first = said if line < 0 else said[:line]
    colon = first.find(":")
    at = colon + 1 if 0 < colon < len(first.rstrip()) - 1 else len(first)
    return cut(text, 0, at), trimmed(cut(text, at))


def begins_with_label(words: Vocabulary, piece: Piece) -> bool:
    """Whether a cell begins with what looks like a label, and more stands in it."""
    if is_blank(piece.text):
        return False
    label, rest = in_two(piece.text)
    told = "".join(r.text for r in label if not (r.placeholder or r.entered)).strip()
    more = not is_blank(rest) or any(run.entered or run.placeholder for run in rest)
    return more and (is_listed(words, told) or (label_line(piece.text) and told[-1:] != "."))


def is_label_alone(words: Vocabulary, piece: Piece) -> bool:
    """Whether a cell holds a label that is known, and nothing else."""
    return not piece.entered and not has_box(piece.words) and is_listed(words, piece.words)


def label_line(text: Text) -> bool:
    """Whether the first line is printed as a label, and what follows is not."""
    at = plain(text).find("\n")
    first, rest = cut(text, 0, max(at, 0)), cut(text, max(at, 0))
    if at < 1 or is_blank(rest):
        return False
    return (all_of(first, quiet) and not all_of(rest, quiet)) or (
        all_of(first, lambda run: run.bold and not run.entered)
        and not all_of(rest, lambda run: run.bold or quiet(run))
    )
