"""A person settles an e-mail on its page: to a case, a new case, not for us, or read again."""

from __future__ import annotations

from fastapi.responses import Response

from tscp.acts.change import StaleCase
from tscp.acts.look import see_message
from tscp.acts.settle import retry, settle_new_case, settle_not_for_us, settle_to_case
from tscp.web.acting import Attempt, acted
from tscp.web.case_form import LOOKS_LIKE, REFERENCE, nowhere
from tscp.web.message import MESSAGE, page, stands
from tscp.web.typed import Sent, Typed, Unclear
from tscp.web.visit import Here, Visit

ANOTHER, NEW, NOT_FOR_US = "another", "new", "not for us"


def settle(visit: Here, message: str, typed: Sent) -> Response:
    """Does what was chosen; back to the case, or to the e-mails that still need a person."""
    if not MESSAGE.fullmatch(message):
        return nowhere(visit, "A message's number looks like M-000123.")

    def again(attempt: Attempt) -> Response:
        return page(visit, message, attempt)

    return acted(visit.desk, message, typed, lambda: _settled(visit, message, typed), again, "to")


def _settled(visit: Visit, message: str, typed: Typed) -> str:
    """Settles it; the address to go to."""
    to, why = typed.get("to"), typed.get("why")
    _still(visit, message, typed)
    if to == NEW:
        line = settle_new_case(visit.desk, message, visit.name, why)
        return _at(line.cases, "opened", message)
    if to == NOT_FOR_US:
        if not why:
            raise Unclear("Say why it is not for us", "why")
        settle_not_for_us(visit.desk, message, visit.name, why)
        return "/mail?done=not-for-us"
    reference = typed.get("reference").upper() if to == ANOTHER else to
    if not REFERENCE.fullmatch(reference):
        raise Unclear(LOOKS_LIKE[:-1], "reference") if to else Unclear("Choose where it goes", "to")
    settle_to_case(visit.desk, message, reference, visit.name, why)
    return f"/case/{reference}?done=filed"


def _at(cases: tuple[str, ...], done: str, message: str) -> str:
    """The case it came to; the e-mail's own page where it came to none."""
    return f"/case/{cases[0]}?done={done}" if cases else f"/mail/{message}?done=read-again"


def read_again(visit: Here, message: str, typed: Sent) -> Response:
    """Reads it again from its original, with a password if one is given, which is kept nowhere."""
    if not MESSAGE.fullmatch(message):
        return nowhere(visit, "A message's number looks like M-000123.")

    def act() -> str:
        _still(visit, message, typed)
        retry(visit.desk, message, visit.name, typed.exactly("password"))
        return f"/mail/{message}?done=read-again"

    return acted(visit.desk, message, typed, act, lambda a: page(visit, message, a), "password")


def _still(visit: Visit, message: str, typed: Typed) -> None:
    """Raises StaleCase where somebody settled it while the page was open."""
    line = see_message(visit.desk, message, visit.name)
    if stands(line) != typed.get("stands"):
        raise StaleCase(f"{message} has been settled since you opened it")
