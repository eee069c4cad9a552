"""How wrong settings are told: the key, and what would be right; never the value."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from typing import Any

from pydantic_settings import SettingsError

UNKNOWN = "no such setting; see docs/configuration.md for the names"
NOT_JSON = 'in the environment lists and tables are given as JSON, such as ["a.toml"]'


RIGHT: Mapping[str, str] = {
    "missing": "is required",
    "timezone_aware": "a time with its offset, such as 2026-12-01T08:00:00+00:00",
    "datetime": "a time with its offset, such as 2026-12-01T08:00:00+00:00",
    "int": "a whole number, such as 600",
    "float": "a number, such as 0.95",
    "bool": "true or false, without quotes",
    "string_type": "a text in quotes",
    "path": "a path in quotes",
    "tuple": 'a list, such as ["a", "b"]',
    "list": 'a list, such as ["a", "b"]',
    "model": "a section of its own, headed by its name in brackets",
    "dict": "a section of its own, headed by its name in brackets",
}
"""What would be right, by the kind of error (pydantic's, or how its name begins)."""
LIMITS = {
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
}
EXAMPLES = {"summary.at": '"07:30"', "web.listen": '"127.0.0.1:8080"'}
"""Of texts that follow a pattern, by key."""


def said(error: Any) -> tuple[str, str]:
    """One error of pydantic's in our words; never the value, which may be a secret."""
    key = ".".join(str(part) for part in error["loc"]) or "the file"
    return key, _right(key, error)


def _right(key: str, error: Any) -> str:
    kind: str = error["type"]
    if kind == "extra_forbidden":
        return UNKNOWN
    if kind in LIMITS:
        words, limit = LIMITS[kind]
        return f"a number, {words} {error['ctx'][limit]}"
    if kind == "literal_error":
        return f"one of {error['ctx']['expected']}"
    if kind == "string_pattern_mismatch" and key in EXAMPLES:
        return f"written such as {EXAMPLES[key]}"
    known = kind if kind in RIGHT else kind.split("_")[0]
    return RIGHT.get(known) or str(error["msg"]).removeprefix("Value error, ")


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
