"""The desk as an application: every address it answers is in ROUTES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.responses import Response
from starlette.staticfiles import StaticFiles

from tscp.acts.access import Deed, What
from tscp.acts.desk import Desk
from tscp.web import (
    case,
    case_corrections,
    case_missing,
    case_moves,
    case_records,
    holding,
    letters,
    managers,
    message,
    message_settled,
    queue,
    service,
    sign_in,
)
from tscp.web.errors import HANDLERS
from tscp.web.page import Guarded
from tscp.web.visit import only_for, only_who_may, our_form

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Route:
    """An address, what answers it, and what somebody's role must see and do for it (None: any)."""

    method: str
    path: str
    answer: Callable[..., Response]
    only: What | None
    does: Deed | None = None


CASES: Deed = "act on cases"
LETTERS: Deed = "send letters"

ROUTES = (
    Route("GET", "/", sign_in.home, None),
    Route("GET", "/sign-in", sign_in.ask, None),
    Route("POST", "/sign-in", sign_in.let_in, None),
    Route("POST", "/sign-out", sign_in.let_out, None),
    Route("GET", "/queue", queue.show, "queue"),
    Route("GET", "/case/{reference}", case.show, "case"),
    Route("GET", "/case/{reference}/missing", case_missing.show, "case"),
    Route("GET", "/case/{reference}/assign", case_moves.ask_whom, "case", CASES),
    Route("POST", "/case/{reference}/assign", case_moves.give, "case", CASES),
    Route("GET", "/case/{reference}/move", case_moves.ask_where, "case", CASES),
    Route("POST", "/case/{reference}/move", case_moves.go, "case", CASES),
    Route("POST", "/case/{reference}/undo", case_moves.undo, "case", CASES),
    Route("GET", "/case/{reference}/contribution", case_records.ask_contribution, "case", CASES),
    Route("POST", "/case/{reference}/contribution", case_records.record_agency, "case", CASES),
    Route("GET", "/case/{reference}/notification", case_records.ask_notification, "case", CASES),
    Route("POST", "/case/{reference}/notification", case_records.record_decision, "case", CASES),
    Route("POST", "/case/{reference}/partners-told", case_records.record_told, "case", CASES),
    Route("GET", "/case/{reference}/correct", case_corrections.ask, "case", CASES),
    Route("POST", "/case/{reference}/correct", case_corrections.change, "case", CASES),
    Route("POST", "/case/{reference}/withdraw", case_corrections.withdraw, "case", CASES),
    Route("GET", "/mail", message.show_list, "mail"),
    Route("GET", "/mail/{message}", message.show, "mail"),
    Route("POST", "/mail/{message}/settle", message_settled.settle, "mail", "settle e-mails"),
    Route("POST", "/mail/{message}/read", message_settled.read_again, "mail", "settle e-mails"),
    Route("GET", "/letters", letters.show_list, "letters"),
    Route("POST", "/letters/release", letters.release_several, "letters", LETTERS),
    Route("POST", "/letters/hold", holding.hold, None, "hold letters"),
    Route("POST", "/letters/let-go", holding.let_go, None, "hold letters"),
    Route("GET", "/letters/{letter}", letters.show, "letters"),
    Route("POST", "/letters/{letter}/release", letters.release_one, "letters", LETTERS),
    Route("POST", "/letters/{letter}/cancel", letters.cancel_one, "letters", LETTERS),
    Route("POST", "/letters/{letter}/was-sent", letters.say_sent, "letters", LETTERS),
    Route("GET", "/summary", managers.show, "summary"),
    Route("GET", "/service", service.show_service, "service"),
    Route("GET", "/audit", service.show_audit, "audit"),
    Route("GET", "/health", service.health, None),
)
"""Beside these only /static, which holds style sheets. Whoever is not signed in sees / and the
others' sign-in page."""


def create_app(desk: Desk, base_url: str = "") -> FastAPI:
    """The application. `base_url` is how people reach it; over https, cookies are kept to it."""
    app = FastAPI(title="TSCP referrals", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk, app.state.secure = desk, base_url.startswith("https://")
    for route in ROUTES:
        needs = [Depends(only_for(route.only))] if route.only else []
        needs += [Depends(only_who_may(route.does))] if route.does else []
        needs += [Depends(our_form)] if route.method == "POST" else []
        app.add_api_route(
            route.path,
            route.answer,
            methods=[route.method],
            dependencies=needs,
            response_model=None,
            include_in_schema=False,
        )
    for error, handler in HANDLERS.items():
        app.add_exception_handler(error, handler)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guarded)
    return app
