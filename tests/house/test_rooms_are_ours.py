"""`config`, `intake`, `storage` and `triage` are names that other packages on earth have too."""

import importlib
from pathlib import Path

import pytest
from sizes import ROOMS, ROOT


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lies_beside_tscp_and_is_not_someone_elses_package(room):
    found = importlib.import_module(room).__file__
    assert found is not None, f"{room} has no __init__.py"
    assert Path(found).resolve().parent.parent == ROOT
