"""What the forms about one case share: each has a page of its own, and carries the version of the
case it was shown with, so that nobody undoes unseen what a colleague did meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fastapi.responses import Response

from triage.case import Case
from triage.today import Today
from tscp.acts.desk import Refused
from tscp.acts.look import see_case
from tscp.web.acting import Attempt, acted
from tscp.web.page import shown
from tscp.web.typed import Typed
from tscp.web.visit import Visit

REFERENCE = re.compile(r"TSCP-\d{4}-\d{4,9}")
LOOKS_LIKE = "A case's reference looks like TSCP-2026-0042."
Words = Callable[[Case, Today], dict[str, Any]]


def form_page(
    visit: Visit, reference: str, template: str, attempt: Attempt, words: Words
) -> Response:
    """The page of a form; `words` says what its template needs beside the case."""
    if not REFERENCE.fullmatch(reference):
        return nowhere(visit, LOOKS_LIKE)
    try:
        case = see_case(visit.desk, reference, visit.name)
    except Refused:
        return nowhere(visit, f"There is no case {reference}.")
    more = words(case, visit.desk.today())
    return shown(visit, template, status=attempt.status, attempt=attempt, case=case, **more)


def case_acted(
    visit: Visit,
    reference: str,
    typed: Typed,
    act: Callable[[], object],
    done: str,
    again: Callable[[Attempt], Response],
    at: str = "",
) -> Response:
    """Acts and goes back to the case; see acting.acted."""

    def then() -> str:
        act()
        return f"/case/{reference}?done={done}"

    if not REFERENCE.fullmatch(reference):
        return nowhere(visit, LOOKS_LIKE)
    return acted(visit.desk, reference, typed, then, again, at)


def nowhere(visit: Visit, said: str) -> Response:
    """A page for what is not there."""
    return shown(visit, "error.html", status=404, title="This page is not there", said=said)
