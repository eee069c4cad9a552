"""The outbox in 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from storage.outbox import OutboxLine

NONE = "No letters."


def letters_in_words(lines: Sequence[OutboxLine]) -> str:
    """A line a letter, and below it why it stands as it does."""
    return "\n".join(_line(line) for line in lines) or NONE


def _line(line: OutboxLine) -> str:
    about, agency = line.case or "no case", f" to {line.agency}" if line.agency else ""
    head = f"{line.id}  {line.state:<12}  {about:<14}  {line.kind}{agency}"
    if not line.reason:
        return head
    return f"{head}\n" + textwrap.fill(
        line.reason, 80, initial_indent=" " * 10, subsequent_indent=" " * 10
    )
