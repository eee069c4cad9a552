"""What every page shares: the one template environment, the frame, and what headers forbid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from triage.plain_words import counted, day_in_words
from tscp.acts.access import What
from tscp.web import words
from tscp.web.acting import DONE
from tscp.web.banner import banner
from tscp.web.visit import Visit

PER_PAGE = 50
LARGEST_FORM = 20_000
LARGEST_NARRATIVE = 150_000
"""Bytes of the forms that carry a narrative of 20,000 characters, each of up to six bytes."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
"""On every answer. Nothing of a case stays in a browser's cache, in a frame or with a robot."""

NAVIGATION: Sequence[tuple[What, str, str]] = (
    ("queue", "/queue", "Queue"),
    ("mail", "/mail", "E-mails"),
    ("letters", "/letters", "Letters"),
    ("summary", "/summary", "Summary"),
    ("service", "/service", "Service"),
    ("audit", "/audit", "Audit"),
)

ENVIRONMENT = Environment(
    loader=PackageLoader("tscp.web"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.filters.update(
    day=day_in_words,
    weekday=words.weekday,
    letters=words.letters,
    outcome=words.outcome,
    sentence=words.sentence,
)
ENVIRONMENT.globals.update(
    counted=counted,
    working_days=words.working_days,
    clock_words=words.CLOCKS,
    contribution_words=words.CONTRIBUTIONS,
)


@dataclass(frozen=True, slots=True)
class Turning:
    """Where in a long list a page is; `before` and `after` are addresses, '' where none."""

    number: int
    before: str
    after: str


def turning(path: str, number: int, more: bool, **kept: str) -> Turning:
    """The pages beside this one, with the same filter."""
    filtered = "".join(f"&{key}={value}" for key, value in kept.items() if value)
    before = f"{path}?page={number - 1}{filtered}" if number > 1 else ""
    return Turning(number, before, f"{path}?page={number + 1}{filtered}" if more else "")


def shown(
    visit: Visit,
    template: str,
    here: What | None = None,
    status: int = 200,
    done: str = "",
    **what: object,
) -> HTMLResponse:
    """A page for somebody signed in, in the frame with the register's sum.

    `done` is the word of the act just done, from the address; see acting.DONE.
    """
    navigation = [(href, name, key == here) for key, href, name in NAVIGATION if visit.may(key)]
    frame: Mapping[str, object] = {
        "visit": visit,
        "banner": banner(visit.desk),
        "navigation": navigation,
        "done": DONE.get(done, ""),
        "shown": visit.desk.now().isoformat(),
        "at": lambda moment: words.moment(moment, visit.desk.now()),
    }
    return HTMLResponse(ENVIRONMENT.get_template(template).render(**frame, **what), status)


NOBODY: Mapping[str, object] = {"visit": None, "banner": None, "navigation": (), "done": ""}


def bare(template: str, status: int = 200, **what: object) -> HTMLResponse:
    """A page for nobody in particular: sign-in, and errors. It asks the database nothing."""
    text = ENVIRONMENT.get_template(template).render(**NOBODY, **what)
    return HTMLResponse(text, status)


class Guarded:
    """Puts the headers on every answer and lets no large form in."""

    def __init__(self, app: ASGIApp) -> None:
        """`app` is the desk."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers at once that it is too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                static = scope["path"].startswith("/static/") and message["status"] == 200
                for name, value in HEADERS.items():
                    headers[name] = "max-age=300" if static and name == "Cache-Control" else value
            await send(message)

        if _too_large(scope):
            answer = bare("error.html", 413, **TOO_LARGE)
            await answer(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)


TOO_LARGE = {
    "title": "The form is too large",
    "said": "Nothing was saved. Go back and send less text.",
}


def _too_large(scope: Scope) -> bool:
    """A form must say how long it is, and be short: no page of ours sends much."""
    if scope["method"] in ("GET", "HEAD"):
        return False
    length = dict(scope["headers"]).get(b"content-length", b"")
    return not length.isdigit() or int(length) > _largest(scope["path"])


def _largest(path: str) -> int:
    narrative = path == "/sign-in" or path.endswith("/correct")
    return LARGEST_NARRATIVE if narrative else LARGEST_FORM
