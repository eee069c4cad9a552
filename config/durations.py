"""Lengths of time as settings give them: '60s', '30m', '2h', in seconds."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

SECONDS = {"s": 1, "m": 60, "h": 3600}


def seconds(text: object) -> object:
    """'90s' -> 90.0. Raises ValueError saying what would be right."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        return text
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smh])\s*", str(text))
    if match is None or float(match[1]) == 0:
        raise ValueError('a length of time such as "60s", "30m" or "2h"')
    return float(match[1]) * SECONDS[match[2]]


Duration = Annotated[float, BeforeValidator(seconds)]
