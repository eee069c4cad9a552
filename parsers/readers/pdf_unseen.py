"""Words that nobody sees are no answers: white on white, or outside the part of the page shown."""

from __future__ import annotations

from dataclasses import replace

from parsers.readers.pdf_marks import Box, Marks, Word

PICTURE = 0.02  # of the page; white words may stand on a picture larger than this


def without_unseen(marks: Marks, shown: Box) -> None:
    """Moves what does not show to the page's notes, so that it is kept but answers nothing.

    `shown` is the part of the page that viewers show (its crop box), in the page's coordinates.
    """
    kept: list[Word] = []
    for word in marks.words:
        inside = _within(word, shown)
        if inside and (not word.look.pale or _on_colour(word, marks)):
            kept.append(replace(word, look=word.look._replace(pale=False)))
        else:
            marks.notes.append(word)
    marks.words = kept


def _within(word: Word, box: Box) -> bool:
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _on_colour(word: Word, marks: Marks) -> bool:
    """Whether something coloured lies behind a white word."""
    if marks.pictured > PICTURE:
        return True
    behind = [s for s in marks.shades if _within(word, (s.x0, s.top, s.x1, s.bottom))]
    return any(not shade.white for shade in behind)
