"""What can be wrong with a message as a whole, in words for the person who looks at it."""

from __future__ import annotations

from intake.limits import too_big
from triage.problem import Problem

_AGAIN = "look at it in the mailbox; ask the sender to send it again if anything is missing"

NO_MESSAGE = Problem("This is no e-mail that can be read", what_to_do=_AGAIN, kind="unreadable")

# By the word that mime.Entity.defect uses.
DEFECTS = {
    "too deep": too_big("The message has parts within parts beyond all measure"),
    "too many parts": too_big("The message has more parts than can be read"),
    "no parts": Problem(
        "The parts of the message cannot be told apart", what_to_do=_AGAIN, kind="unreadable"
    ),
    "unknown encoding": Problem(
        "A file in the message is encoded in a way nobody knows",
        what_to_do=_AGAIN,
        kind="unreadable",
    ),
    "no end": Problem("The message ends before its last part does", what_to_do=_AGAIN),
}
