"""What happened in the fictitious cases, and who was in them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tscp.demo.forms import FormContent
from tscp.demo.people import Address, Person, Professional
from tscp.demo.typed import Typed

YES, NO, UNKNOWN = Typed("Yes", "yes"), Typed("No", "no"), Typed("Not known", "unknown")


@cache
def incidents() -> Mapping[str, Mapping[str, Any]]:
    """What happened in the fictitious cases, by theme."""
    return tomllib.loads(files("tscp.demo").joinpath("incidents.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with the people in it, for letters about the same case."""

    form: FormContent
    referrer: Professional
    children: tuple[Person, ...]
    carer: Person
    address: Address

    @property
    def child(self) -> Person:
        """The first child."""
        return self.children[0]
