"""A desk as the program composes it, on a fixed day, with one referral filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cases import AT, FilingRoom, a_paper, a_sin_form

from config.settings import load
from tscp.acts.desk import Desk
from tscp.compose import desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Everything as delivered, in a folder of its own; it is Thursday 5 March 2026, 10:00."""
    (tmp_path / "tscp.toml").write_text('[letters]\nown_addresses = ["tscp@tameside.gov.uk"]\n')
    with desk_of(load(tmp_path / "tscp.toml")) as composed:
        yield replace(composed, now=lambda: AT + timedelta(days=1))


@pytest.fixture
def filed(desk: Desk) -> Desk:
    """With Tilly's case, TSCP-2026-0001, from message M-000001."""
    FilingRoom(desk.engine, desk.keys).file(a_paper(a_sin_form()))
    return desk
