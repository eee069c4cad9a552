"""A form of which a part was not sent: pages lost, or saved by halves.

A short form that simply asks less is none: only gaps in its own numbering tell, or that it asks
about no child and no incident at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.asked import Asked
from parsers.reading import Reading
from parsers.rows import rows_of
from triage.problem import Problem

_NEEDED = {"the child": "child", "the incident": "incident"}
_SECTION = re.compile(r"^(?:section|part)\s+(\d{1,2})\b", re.IGNORECASE)
_FEWEST = 3  # numbered sections that make a numbering
_LONGEST_HEADING = 120  # characters


def part_missing(asked: Sequence[Asked], reading: Reading) -> Problem | None:
    """What seems to be missing of a form, in plain words; None if nothing does."""
    lacks = [what for what, section in _NEEDED.items() if not _asks(asked, section)]
    gaps = _gaps(reading) if lacks else ()
    if not (gaps or len(lacks) == len(_NEEDED)):
        return None
    numbers = f", and has no section {' or '.join(map(str, gaps))}" if gaps else ""
    lost = f"nothing about {' or '.join(lacks)}{numbers}"
    return Problem(
        f"Part of this form seems to be missing: it asks {lost}",
        what_to_do="Look at the document, and ask the sender for the whole form.",
        kind="unreadable",
    )


def _asks(asked: Sequence[Asked], section: str) -> bool:
    return any(question.found and question.found.field.section == section for question in asked)


def _gaps(reading: Reading) -> tuple[int, ...]:
    """The numbers that are left out of 'Section 1', 'Section 2' and so on."""
    said = (row.filled[0].words for row in rows_of(reading) if len(row.filled) == 1)
    matches = (_SECTION.match(words) for words in said if len(words) <= _LONGEST_HEADING)
    numbers = {int(match[1]) for match in matches if match}
    if len(numbers) < _FEWEST:
        return ()
    return tuple(number for number in range(1, max(numbers)) if number not in numbers)
