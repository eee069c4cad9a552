"""What went wrong, as a page in plain words; never what was going on inside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from storage.database import DatabaseUnreachable
from tscp.web import sign_in
from tscp.web.page import HEADERS, bare, shown
from tscp.web.typed import typed_in
from tscp.web.visit import (
    NotAllowed,
    NotOurForm,
    SignInFirst,
    is_ours,
    local_path,
    sign_in_address,
)

log = structlog.get_logger()

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]

SAID: Mapping[int, tuple[str, str]] = {
    403: ("You cannot see this page", "It is not one of the pages your role sees."),
    404: ("This page is not there", "If you typed the address, check that it is right."),
    405: ("This page cannot be used in that way", "Go back, and use the page's own buttons."),
    400: ("The address is not right", "Something in it was not understood. Go back to the desk."),
}
NOT_YOURS = (
    "You cannot do this",
    "Nothing was changed. It is not one of the things your role does.",
)
NO_FORM = (
    "Please send the form again",
    "It had been open for too long, or was not sent from this desk. Nothing was changed.",
)
NO_DATABASE = (
    "The desk cannot be reached now",
    "The database did not answer. Try again in a minute; if it stays so, tell the administrator.",
)
OUR_FAULT = (
    "Something went wrong on our side",
    "It is not your fault, and nothing was lost. Go back and try again; if it happens once more, "
    "tell the administrator at what time: the log names the error.",
)


def _page(status: int, said: tuple[str, str]) -> Response:
    return bare("error.html", status, title=said[0], said=said[1])


async def sign_in_first(request: Request, _error: Exception) -> Response:
    """To the sign-in page, and back here afterwards; what was typed here goes with it."""
    if request.method == "POST":
        typed = await typed_in(request)
        path = local_path(request.url.path)
        if path and is_ours(request, typed.get("csrf")):
            return sign_in.form(request, path, 403, kept=typed.worth_keeping())
    return RedirectResponse(sign_in_address(request), 303)


def not_allowed(_request: Request, error: Exception) -> Response:
    """A refusal says so, and who was refused."""
    assert isinstance(error, NotAllowed)
    title, said = NOT_YOURS if error.deed else SAID[403]
    role = f"You are signed in as {error.visit.name} ({error.visit.role})."
    return shown(error.visit, "error.html", status=403, title=title, said=f"{said} {role}")


def not_our_form(_request: Request, _error: Exception) -> Response:
    """A form without our token changes nothing."""
    return _page(403, NO_FORM)


def not_there(_request: Request, error: Exception) -> Response:
    """No such page, or not with this method."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    answer = _page(status, SAID.get(status, SAID[400]))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def no_database(_request: Request, _error: Exception) -> Response:
    """The database does not answer."""
    log.error("page_failed", error="DatabaseUnreachable")
    return _page(503, NO_DATABASE)


def our_fault(_request: Request, error: Exception) -> Response:
    """Logged by class and place; its text may hold a name and goes nowhere."""
    log.error("page_failed", exc_info=error)
    answer = _page(500, OUR_FAULT)
    answer.headers.update(HEADERS)
    return answer


HANDLERS: Mapping[type[Exception], Handler] = {
    SignInFirst: sign_in_first,
    NotAllowed: not_allowed,
    NotOurForm: not_our_form,
    HTTPException: not_there,
    RequestValidationError: not_there,
    DatabaseUnreachable: no_database,
    Exception: our_fault,
}
