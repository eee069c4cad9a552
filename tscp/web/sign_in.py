"""Signing in and out. A form that came too late waits in the sign-in form and comes back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from tscp.acts.sign_in import Busy, sign_in, sign_out
from tscp.web.page import bare
from tscp.web.typed import Sent, Typed
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
KEPT = "kept."
"""So begin the names of fields that wait in the sign-in form."""
Fields = Sequence[tuple[str, str]]


def ask(request: Request, next: str = "") -> Response:
    """The form."""
    return form(request, local_path(next))


def let_in(
    request: Request,
    desk: OurDesk,
    typed: Sent,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    """A session for whoever's name and password fit; to the page they had asked for."""
    wanted, kept = local_path(next), _kept(typed)
    try:
        token = sign_in(desk, name.strip(), password)
    except Busy as busy:
        return form(request, wanted, 503, str(busy).capitalize(), kept)
    if token is None:
        return form(request, wanted, 403, WRONG, kept)
    answer: Response = RedirectResponse(wanted or "/", 303)
    if wanted and kept:
        csrf = token_for_forms(token)
        answer = bare("go_on.html", csrf=csrf, next=wanted, kept=kept)
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


def form(
    request: Request, next: str, status: int = 200, wrong: str = "", kept: Fields = ()
) -> Response:
    """The form with a token of its own: signing somebody in unawares is an attack too.

    `kept` are the fields of a form that came without a session; they come back afterwards.
    """
    secret = request.cookies.get(cookie_name(request, "visit")) or secrets.token_urlsafe(32)
    csrf = token_for_forms(secret)
    fields = [(KEPT + name, value) for name, value in kept]
    answer = bare("sign_in.html", status, csrf=csrf, next=next, wrong=wrong, kept=fields)
    set_cookie(request, answer, "visit", secret)
    return answer


def _kept(typed: Typed) -> Fields:
    found = [(n.removeprefix(KEPT), v) for n, v in typed.fields if n.startswith(KEPT)]
    return [(name, value) for name, value in found if name != "csrf"]
