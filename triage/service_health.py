"""How the service itself is, for managers: counts of letters, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from triage.plain_words import counted
from triage.summary_period import short_moment

FOR_A_PERSON = ("draft", "failed", "perhaps sent")
"""States of letters that stay as they are until a person does something."""


@dataclass(frozen=True, slots=True)
class ServiceHealth:
    """How many letters are in each state, since when all are held (UTC), and troubles in words.

    `shadow`: letters are not live, and nothing is sent.
    """

    letters: Mapping[str, int] = field(default_factory=dict)
    held_since: datetime | None = None
    shadow: bool = False
    troubles: tuple[str, ...] = ()

    @property
    def letters_for_a_person(self) -> int:
        """Drafts to be released, and letters that did not leave or perhaps did."""
        return sum(self.letters.get(state, 0) for state in FOR_A_PERSON)

    @property
    def drafts(self) -> int:
        """Letters that leave once a person releases them."""
        return self.letters.get("draft", 0)

    @property
    def said(self) -> tuple[str, ...]:
        """A line for each thing to know beside the mailboxes."""
        return (*self._letters(), *(f"Please check: {said}" for said in self.troubles))

    def _letters(self) -> Iterator[str]:
        if self.shadow:
            yield "Letters are not live: nothing is sent"
        if self.held_since is not None:
            yield f"All letters are held since {short_moment(self.held_since)}: none leaves"
        for state, words in (
            ("waiting", "waiting to leave"),
            ("failed", "could not be sent: please check"),
            ("perhaps sent", "perhaps sent: please check"),
        ):
            if self.letters.get(state):
                yield f"{counted(self.letters[state], 'letter')} {words}"
