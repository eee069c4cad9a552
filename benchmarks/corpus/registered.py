"""All layouts there are: those of layouts/ and, where asked for, the held-out ones."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from benchmarks.corpus import second_hand
from benchmarks.corpus.build import Layout
from benchmarks.corpus.layouts import LAYOUTS

HELD_OUT = "benchmarks.held_out"


def registered(held_out: bool = False) -> tuple[Layout, ...]:
    """The layouts that may be tuned to; with `held_out` those of another too."""
    return (*LAYOUTS, *second_hand.LAYOUTS, *(held_out_layouts() if held_out else ()))


def held_out_layouts() -> tuple[Layout, ...]:
    """The layouts that nobody tunes to; () until another hand has written them."""
    if find_spec(HELD_OUT) is None:
        return ()
    found: tuple[Layout, ...] = import_module(HELD_OUT).LAYOUTS
    return found
