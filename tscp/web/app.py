"""The desk as an application: every address it answers is in ROUTES."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.responses import Response
from starlette.staticfiles import StaticFiles

from tscp.acts.access import What
from tscp.acts.desk import Desk
from tscp.web import case, managers, message, queue, service, sign_in
from tscp.web.errors import HANDLERS
from tscp.web.page import Guarded
from tscp.web.visit import only_for, our_form

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Route:
    """An address, what answers it, and what somebody's role must see for it (None: anybody)."""

    method: str
    path: str
    answer: Callable[..., Response]
    only: What | None


ROUTES = (
    Route("GET", "/", sign_in.home, None),
    Route("GET", "/sign-in", sign_in.ask, None),
    Route("POST", "/sign-in", sign_in.let_in, None),
    Route("POST", "/sign-out", sign_in.let_out, None),
    Route("GET", "/queue", queue.show, "queue"),
    Route("GET", "/case/{reference}", case.show, "case"),
    Route("GET", "/mail", message.show_list, "mail"),
    Route("GET", "/mail/{message}", message.show, "mail"),
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
