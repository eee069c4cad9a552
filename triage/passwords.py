"""What a password keeps from being read, in words for the person who may come by it."""

from __future__ import annotations

from triage.problem import Problem

GIVE_IT = (
    "Ask the sender by telephone for the password and read the message again with it"
    " (tscp settle ID --retry --password-file FILE), or ask for a copy without one."
)
"""What to do about a document that the right password opens here."""


def locked(what: str) -> Problem:
    """The problem of something that opens with a password; `what` begins the sentence."""
    return Problem(f"{what} is protected by a password", what_to_do=GIVE_IT, kind="protected")


def not_opened() -> Problem:
    """The problem of a document that the password which was given does not open."""
    return Problem(
        "The password given does not open this document",
        what_to_do="Check it with the sender, capitals and spaces too, and give it again,"
        " or ask for a copy without one.",
        kind="protected",
    )


def locked_otherwise(what: str) -> Problem:
    """The problem of something whose password, even if known, is of no use here."""
    return Problem(
        f"{what} is protected in a way that cannot be opened here, even with its password",
        what_to_do="Ask the sender for a copy without protection, or for a Word document or PDF"
        " that itself has the password.",
        kind="protected",
    )
