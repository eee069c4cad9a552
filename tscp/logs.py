"""Logs for the people who run the service: few events, ids only, never personal data.

One processor drops every key that is not on the allow-list. Exceptions are logged as class and
place, never with their text or local variables, since both may hold a child's name. The logs of
libraries pass the same door: their level, name and class only.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "message",
        "mailbox",
        "reference",
        "state",
        "kind",
        "job",
        "letter",
        "ok",
        "new",
        "error",
        "where",
        "logger",
        "count",
        "seconds",
        "version",
    }
)


def only_allowed(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Drops what nobody decided to log."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def without_words(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Any:
    """An exception becomes its class and the line it came from."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["where"] = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-4:]))
    return event


class _Library(logging.Handler):
    """Says that a library warned, and which; what it said may quote a document or a mail."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().warning(
            "library_warned",
            logger=record.name,
            where=f"{record.funcName}:{record.lineno}",
            **({"error": error} if error else {}),
        )


def set_up_logs(quiet: bool = False) -> None:
    """Sends our events to standard error as one line each; libraries through the same door.

    `quiet` leaves out everything below a warning (the demo prints its own report).
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            only_allowed,
            structlog.processors.JSONRenderer(sort_keys=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Library(level=logging.WARNING)]
    root.setLevel(logging.WARNING)
    for noisy in ("apscheduler", "imapclient", "pdfminer", "sqlalchemy.engine", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    sys.excepthook = _last_words
    threading.excepthook = _of_a_thread


def _last_words(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Python's own traceback would print the exception's text."""
    structlog.get_logger().error("program_failed", exc_info=(kind, error, trace))


def _of_a_thread(last: threading.ExceptHookArgs) -> None:
    """The same for a thread other than the main one."""
    structlog.get_logger().error("thread_failed", exc_info=last.exc_value)
