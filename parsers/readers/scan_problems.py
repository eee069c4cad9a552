"""What can be wrong with a scan or photograph, in words for the person who gets it."""

from __future__ import annotations

from triage.problem import Problem

_BY_HAND = "a person must read it and enter its answers"

ILLEGIBLE = Problem(
    "This scan or photograph cannot be read by the service: its words are not clear enough,"
    " or it is written by hand",
    what_to_do=_BY_HAND,
    kind="unreadable",
)
NO_WORDS = Problem(
    "No words were found in this scan or photograph",
    what_to_do="a person must look at it",
    kind="unreadable",
)
DAMAGED = Problem(
    "The picture is damaged or incomplete",
    what_to_do="ask the sender to send it again",
    kind="unreadable",
)
MENDED = Problem(
    "The picture is damaged; what was read may not be all of it",
    what_to_do="compare the answers with the picture, or ask the sender to send it again",
)
TOO_BIG = Problem(
    "The picture is too big to be read by the service",
    what_to_do="open it and enter its answers by hand",
    kind="too big",
)
TOO_SMALL = Problem(
    "The picture is too small for its words to be read", what_to_do=_BY_HAND, kind="unreadable"
)


def named(pages: list[int]) -> str:
    """'page 2' or 'pages 2, 3', as far as they can be listed."""
    listed = ", ".join(str(page) for page in pages[:20]) + (" …" if len(pages) > 20 else "")
    return f"page {listed}" if len(pages) == 1 else f"pages {listed}"


def recognised(pages: list[int]) -> Problem:
    """Pages whose words a machine recognised: worth a look even where nothing seems amiss."""
    return Problem(
        f"The text of {named(pages)} was recognised by a machine from a picture",
        what_to_do="compare the answers with the page; handwriting is not read",
    )


def hardly_legible(pages: list[int]) -> Problem:
    """Pages read so badly that their answers are no more than hints."""
    return Problem(
        f"The picture of {named(pages)} is hardly legible",
        what_to_do="a person must read what is there",
        kind="unreadable",
    )


def wordless(pages: list[int]) -> Problem:
    """Pages of which nothing was recognised though something is on them: a drawing, handwriting."""
    return Problem(
        f"No words were found in the picture of {named(pages)}",
        what_to_do="a person must look at it",
        kind="unreadable",
    )


def not_recognised(pages: list[int], most: int) -> Problem:
    """Pages past the limit."""
    return Problem(
        f"Only the first {most} scanned pages were read, not {named(pages)}",
        what_to_do="look through the rest by eye",
        kind="too big",
    )


def too_slow(pages: list[int]) -> Problem:
    """Pages given up for the time they took."""
    return Problem(
        f"Reading the picture of {named(pages)} took too long",
        what_to_do="a person must read what is there",
        kind="unreadable",
    )
