"""What can be wrong with a PDF, in words for the person who gets it."""

from __future__ import annotations

from parsers.readers.pdf_marks import Marks
from parsers.readers.scan_problems import NO_WORDS
from parsers.reading import Unreadable
from triage.passwords import locked, locked_otherwise, not_opened
from triage.problem import Problem

_AGAIN = "ask the sender to send it again"

EMPTY = Problem("The file is empty", what_to_do=_AGAIN, kind="unreadable")
NOT_A_PDF = Problem("The file is called a PDF but is not one", what_to_do=_AGAIN, kind="unreadable")
DAMAGED = Problem("The PDF is damaged or incomplete", what_to_do=_AGAIN, kind="unreadable")
MENDED = Problem(
    "The PDF is damaged; what was read may not be all of it",
    what_to_do="compare the answers with the document, or ask the sender to send it again",
)
NO_PAGES = Problem("The PDF has no pages", what_to_do=_AGAIN, kind="unreadable")
TOO_BIG = Problem(
    "The PDF is too big to be read by the service",
    what_to_do="open it and enter its answers by hand",
    kind="too big",
)
PROTECTED = locked("The PDF")
PROTECTED_OTHERWISE = locked_otherwise("The PDF")
NOT_OPENED = not_opened()
UNDECODED = Problem(
    "The letters of this PDF cannot be read as text, though they show on screen",
    what_to_do="a person must read it, or ask the sender for the original document",
    kind="unreadable",
)
XFA = Problem(
    "This PDF is a dynamic (XFA) form, which only Adobe's own program can show",
    what_to_do="open it there and print it as a PDF, or ask the sender for a printed copy",
    kind="unreadable",
)


def too_many_pages(limit: int) -> Problem:
    """A document of which only the first pages were read."""
    return Problem(
        f"Only the first {limit} pages were read",
        what_to_do="look through the rest by eye",
        kind="too big",
    )


def check(pages: list[Marks], xfa: bool, found: list[Problem]) -> None:
    """Raises Unreadable for a document without readable text, else adds what is amiss."""
    if not pages:
        raise Unreadable(NO_PAGES)
    text = " ".join(w.text for marks in pages for w in marks.words).lower()
    if xfa and ("please wait" in text[:400] or not text.strip()):
        raise Unreadable(XFA)
    characters = sum(m.characters for m in pages)
    if characters and sum(m.undecoded for m in pages) > 0.3 * characters:
        raise Unreadable(UNDECODED)
    if not any(m.words for m in pages):
        raise Unreadable(NO_WORDS if any(m.pictured > 0.1 for m in pages) else _BLANK)


_BLANK = Problem("The PDF has no text on its pages", what_to_do=_AGAIN, kind="unreadable")
