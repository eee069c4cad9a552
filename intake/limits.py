"""How much one message may unfold into before a person has to look at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from triage.problem import Problem

MOST_DOCUMENTS = 200
DEEPEST = 4  # containers inside one another
MOST_UNPACKED = 150_000_000  # bytes, all archives of a message together
WORST_RATIO = 200  # of a packed file; forms and photographs stay below 30


def too_big(what: str) -> Problem:
    """The problem of something over these limits."""
    return Problem(
        what,
        what_to_do="open it in the mailbox, and ask the sender for the form on its own",
        kind="too big",
    )


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one message is being opened; and its container names.

    `password` is what a person gave for what is locked in it, '' for none; it is in no repr.
    """

    documents: int = MOST_DOCUMENTS
    unpacked: int = MOST_UNPACKED
    containers: dict[str, int] = field(default_factory=dict)
    password: str = field(default="", repr=False)

    def name_container(self, kind: str, ending: str) -> str:
        """A neutral name: 'archive 1.zip'; the sender's may hold a child's name."""
        self.containers[kind] = number = self.containers.get(kind, 0) + 1
        return f"{kind} {number}.{ending}"
