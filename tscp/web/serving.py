"""Serves the desk by uvicorn: one worker, no access log, until it is told to stop."""

from __future__ import annotations

import signal

import structlog
import uvicorn

from tscp.acts.desk import Desk
from tscp.web.app import STATIC, create_app

log = structlog.get_logger()

GRACE_SECONDS = 5


def server(desk: Desk, listen: str, base_url: str = "") -> uvicorn.Server:
    """A server that is ready to run; `listen` is 'host:port'.

    An access log would hold addresses people looked at; the audit does, by who and what.
    X-Forwarded headers are believed from this machine alone: the proxy stands beside the desk.
    """
    host, _, port = listen.rpartition(":")
    config = uvicorn.Config(
        create_app(desk, base_url),
        host=host.strip("[]"),
        port=int(port),
        workers=1,
        access_log=False,
        log_config=None,
        log_level="critical",
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=30,
    )
    return uvicorn.Server(config)


def serve(desk: Desk, listen: str, base_url: str) -> None:
    """Serves until SIGTERM or SIGINT; what is being answered then is answered to its end."""
    if not (STATIC / "govuk" / "govuk-frontend.min.css").exists():
        log.warning("style_sheet_missing")
    running = server(desk, listen, base_url)

    def stop(_number: int, _frame: object) -> None:
        running.should_exit = True

    # uvicorn raises the signal again once it has ended; by default that would end us at once.
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    log.info("desk_served")
    try:
        running.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    log.info("desk_stopped")
