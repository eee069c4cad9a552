"""What a document can do to the process that reads it, in words for the person who gets it."""

from __future__ import annotations

from triage.problem import Problem

_BY_EYE = "Read it by eye; if it keeps happening, tell whoever looks after this service."

NOT_NOW = Problem("Documents cannot be read now", "administrator", _BY_EYE, "crashed")


def not_set_up(why: str) -> Problem:
    """What a reading process needs is missing or wrong, in a sentence of ours."""
    cure = f"{why.rstrip('.')}. Put this right, then run `tscp check`."
    return Problem(NOT_NOW.what, NOT_NOW.for_whom, cure, NOT_NOW.kind)


def too_long(seconds: float) -> Problem:
    """It was stopped at the limit of time."""
    what = f"This document took longer than {seconds:.3g} seconds to read"
    return Problem(what, what_to_do=_BY_EYE, kind="crashed")


def too_big(most: int) -> Problem:
    """It was stopped at a limit of memory, in bytes."""
    what = f"This document needed more than {most // 1_000_000} MB of memory to read"
    return Problem(what, what_to_do=_BY_EYE, kind="too big")


def too_many() -> Problem:
    """It set more programs going than any reader does."""
    what = "This document set many programs going when it was read, and was stopped"
    cure = "Do not open it; tell your IT team."
    return Problem(what, what_to_do=cure, kind="crashed")


def crashed(how: str) -> Problem:
    """The process ended, or gave no answer that can be believed."""
    return Problem(f"The reading of this document {how}", what_to_do=_BY_EYE, kind="crashed")
