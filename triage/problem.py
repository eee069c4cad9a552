"""Expected trouble as a value: what is wrong, who can act on it, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence each, in plain words; never a name, date of birth or text of a document.

    `kind` sorts it for flags: 'unreadable', 'protected', 'too big', 'crashed', 'other'.
    """

    what: str
    for_whom: str = "business support"
    what_to_do: str = ""
    kind: str = "other"

    def sentence(self) -> str:
        """The problem and its cure in one line, as shown to staff."""
        return f"{self.what}: {self.what_to_do}" if self.what_to_do else self.what


class Explained(Exception):
    """Broken surroundings: the text is a sentence for the person who can act, without names.

    `try_later` says that the same call may succeed later with nothing changed.
    """

    try_later = False
