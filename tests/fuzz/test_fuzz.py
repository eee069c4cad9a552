"""The first of the damages that `make fuzz` goes on with: only readings and Problems come out."""

from __future__ import annotations

import pytest

from .trying import NAMES, Case, wrong_with

PICTURES = ("photograph.jpg", "page.png", "fax.tif", "scan.pdf", "old.doc", "rich.rtf")
"""Recognising or converting takes seconds each: left to `make fuzz`."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PICTURES])
def test_what_is_damaged_is_read_or_a_problem(name: str) -> None:
    for number in range(6):
        case = Case(name, "the short test", number)
        assert wrong_with(case, case.content()) == ""
