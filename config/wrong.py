"""How wrong settings are told: the key, and what would be right; never the value."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from typing import Any

from pydantic_settings import SettingsError

UNKNOWN = "no such setting; see docs/configuration.md for the names"
NOT_JSON = 'in the environment lists and tables are given as JSON, such as ["a.toml"]'


def said(error: Any) -> tuple[str, str]:
    """One error of pydantic's in our words; never the value, which may be a secret."""
    key = ".".join(str(part) for part in error["loc"]) or "the file"
    if error["type"] == "extra_forbidden":
        return key, UNKNOWN
    return key, error["msg"].removeprefix("Value error, ")


def not_json(error: SettingsError) -> tuple[str, str]:
    """A variable whose list or table cannot be read."""
    field = re.search(r'field "(\w+)"', str(error))
    return (field[1] if field else "the environment"), NOT_JSON


def unknown_names(known: Collection[str]) -> list[tuple[str, str]]:
    """Each variable that begins with TSCP_ and is no setting, or none yet."""
    keys = {name: name.split("__")[0].removeprefix("TSCP_").lower() for name in sorted(os.environ)}
    return [
        (name, UNKNOWN)
        for name, key in keys.items()
        if name.startswith("TSCP_") and key not in known
    ]
