"""Who is visiting: the cookie, what their role may see, and that a form was sent from our page."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Form, Request, Response

from storage.people import SESSION_HOURS
from tscp.acts.access import MAY_SEE, Deed, What, may_do, may_see, note_refusal
from tscp.acts.desk import Desk
from tscp.acts.sign_in import who

ABOUT = re.compile(r"TSCP-\d{4}-\d{4,9}|[ML]-\d{6,12}")
LOCAL_PATH = re.compile(r"/(?:[A-Za-z0-9][A-Za-z0-9/_-]*)?(?:\?[A-Za-z0-9=&%_+.-]*)?")
HOMES: dict[What, str] = {"queue": "/queue", "service": "/service", "audit": "/audit"}


class SignInFirst(Exception):
    """Nobody is signed in, or no longer; the page asked for is come back to."""


class NotAllowed(Exception):
    """Somebody's role does not see or do what they asked for."""

    def __init__(self, visit: Visit, deed: Deed | None = None) -> None:
        """`visit` is whoever asked, `deed` what they wanted to do, None to see."""
        super().__init__()
        self.visit, self.deed = visit, deed


class NotOurForm(Exception):
    """A form came without the token of our own page: too old, or from elsewhere."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in, for the time of one request."""

    desk: Desk
    name: str
    role: str
    csrf: str

    def may(self, what: What) -> bool:
        """Whether their role may see that."""
        return may_see(self.role, what)

    def does(self, deed: Deed) -> bool:
        """Whether their role may do that."""
        return may_do(self.role, deed)

    @property
    def home(self) -> str:
        """The page their work begins with."""
        return HOMES.get(next(iter(MAY_SEE.get(self.role, ("queue",)))), "/queue")


def desk_of(request: Request) -> Desk:
    """What acts need; put there by create_app."""
    desk: Desk = request.app.state.desk
    return desk


def cookie_name(request: Request, name: str) -> str:
    """Over https a browser keeps a `__Host-` cookie from being set by a neighbour or over http."""
    return f"__Host-tscp-{name}" if request.app.state.secure else f"tscp-{name}"


def visitor(request: Request) -> Visit:
    """Whoever is signed in. Raises SignInFirst."""
    token = request.cookies.get(cookie_name(request, "session"), "")
    found = who(desk_of(request), token) if token else None
    if found is None:
        raise SignInFirst
    return Visit(desk_of(request), found[0], found[1], token_for_forms(token))


Here = Annotated[Visit, Depends(visitor)]
OurDesk = Annotated[Desk, Depends(desk_of)]


def only_for(what: What) -> Callable[[Request, Visit], None]:
    """Lets in whose role may see that; refuses others, and writes it down."""

    def check(request: Request, visit: Here) -> None:
        if not visit.may(what):
            note_refusal(visit.desk, visit.name, what, _about(request))
            raise NotAllowed(visit)

    return check


def only_who_may(deed: Deed) -> Callable[[Request, Visit], None]:
    """Lets in whose role may do that; refuses others, and writes it down."""

    def check(request: Request, visit: Here) -> None:
        if not visit.does(deed):
            note_refusal(visit.desk, visit.name, deed, _about(request))
            raise NotAllowed(visit, deed)

    return check


def _about(request: Request) -> str:
    """The case, e-mail or letter in the address, if it is one: nothing else gets into the audit."""
    named = [str(value) for value in request.path_params.values()]
    return next((one for one in named if ABOUT.fullmatch(one)), "")


def token_for_forms(secret: str) -> str:
    """What a form of ours carries: it follows from a cookie that other sites cannot read."""
    return hashlib.sha256(b"form " + secret.encode()).hexdigest()


def our_form(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Raises NotOurForm unless the form came from a page we gave to this very browser."""
    if not is_ours(request, csrf):
        raise NotOurForm


def is_ours(request: Request, csrf: str) -> bool:
    """Whether a form with this token came from a page we gave to this browser, in any session."""
    elsewhere = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
    names = (cookie_name(request, "session"), cookie_name(request, "visit"))
    given = [request.cookies[name] for name in names if request.cookies.get(name)]
    fits = [hmac.compare_digest(token_for_forms(one), csrf) for one in given if csrf.isascii()]
    return not elsewhere and any(fits)


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """A cookie no script reads and no other site sends; the links of the summary still work.

    It outlives its session, so that a form sent after that is still known as one of ours.
    """
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=2 * SESSION_HOURS * 3600,
        path="/",
        secure=request.app.state.secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Takes a cookie back."""
    secure = request.app.state.secure
    response.delete_cookie(
        cookie_name(request, name), path="/", secure=secure, httponly=True, samesite="lax"
    )


def sign_in_address(request: Request) -> str:
    """The sign-in page, to come back here from."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = wanted if request.method == "GET" and wanted != "/" else ""
    local = local_path(wanted)
    return f"/sign-in?next={quote(local)}" if local else "/sign-in"


def local_path(wanted: str) -> str:
    """The path if it is one of this desk, else ''; nobody is sent to another site by a link."""
    return wanted if len(wanted) <= 200 and LOCAL_PATH.fullmatch(wanted) else ""
