"""Signing in and out."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from tscp.acts.sign_in import Busy, sign_in, sign_out
from tscp.web.page import bare
from tscp.web.visit import (
    Here,
    OurDesk,
    cookie_name,
    drop_cookie,
    local_path,
    set_cookie,
    token_for_forms,
)

WRONG = "The name and password do not fit together, or the account is closed for 15 minutes"
"""The same words for every reason, so that nobody finds out who has an account."""


def ask(request: Request, next: str = "") -> Response:
    """The form."""
    return _form(request, local_path(next))


def let_in(
    request: Request,
    desk: OurDesk,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    """A session for whoever's name and password fit; to the page they had asked for."""
    try:
        token = sign_in(desk, name.strip(), password)
    except Busy as busy:
        return _form(request, local_path(next), str(busy).capitalize(), 503)
    if token is None:
        return _form(request, local_path(next), WRONG, 403)
    answer = RedirectResponse(local_path(next) or "/", 303)
    set_cookie(request, answer, "session", token)
    drop_cookie(request, answer, "visit")
    return answer


def let_out(request: Request, desk: OurDesk) -> Response:
    """Ends the session."""
    sign_out(desk, request.cookies.get(cookie_name(request, "session"), ""))
    answer = RedirectResponse("/sign-in", 303)
    drop_cookie(request, answer, "session")
    return answer


def home(visit: Here) -> Response:
    """To the page one's work begins with."""
    return RedirectResponse(visit.home, 303)


def _form(request: Request, next: str, wrong: str = "", status: int = 200) -> Response:
    """The form with a token of its own: signing somebody in unawares is an attack too."""
    secret = request.cookies.get(cookie_name(request, "visit")) or secrets.token_urlsafe(32)
    csrf = token_for_forms(secret)
    answer = bare("sign_in.html", status, csrf=csrf, next=next, wrong=wrong)
    set_cookie(request, answer, "visit", secret)
    return answer
