"""How a reader asks for more time than its worker was given for the document.

A form that is scanned takes seconds a page; a limit fit for that would let a document that
hangs the reader hold up the others for minutes. Outside a worker nobody waits, and asking
does nothing.
"""

from __future__ import annotations

from collections.abc import Callable

_ask: Callable[[float], None] | None = None


def more_time(seconds: float) -> None:
    """Ask that this document may take so many seconds longer from now on."""
    if _ask is not None:
        _ask(seconds)


def asking(ask: Callable[[float], None]) -> None:
    """Who is asked from now on: the worker's child sets this once, at its start."""
    global _ask
    _ask = ask
