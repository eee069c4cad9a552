"""Plainly fictitious people, places and numbers, made from a seed.

Surnames, streets and schools are invented; telephone numbers come from the ranges kept for
drama (0161 496 0xxx, 07700 900xxx), NHS numbers from 999, postcodes from districts that do
not exist, addresses from .example domains.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files


@cache
def words(kind: str) -> tuple[str, ...]:
    """The invented names of a kind: surnames, streets, schools …"""
    text = files("tscp.demo").joinpath("names.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)[kind])


ROLES: Mapping[str, str] = {
    "csc": "Team Manager, Duty and Assessment",
    "gmp": "Detective Sergeant, Child Protection Investigation Unit",
    "icb": "Designated Nurse for Safeguarding Children",
    "tgicft": "Named Nurse for Safeguarding Children",
    "pcft": "Named Professional for Safeguarding Children",
    "gp": "GP partner and practice safeguarding lead",
    "hv": "Team Leader, 0-19 service",
    "nwas": "Safeguarding Practitioner",
    "education": "Designated Safeguarding Lead",
    "earlyhelp": "Early Help Team Leader",
    "housing": "Tenancy Support Manager",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `born` is None for an unborn child."""

    given: str
    surname: str
    sex: str
    born: date | None

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Professional:
    """Somebody who writes to the partnership; `agency` is the register's id."""

    name: str
    role: str
    agency: str
    agency_name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Address:
    """A street that does not exist."""

    street: str
    town: str
    postcode: str

    @property
    def line(self) -> str:
        """On one line, without the postcode."""
        return f"{self.street}, {self.town}"


@cache
def register() -> Mapping[str, Mapping[str, object]]:
    """The agencies of the fictitious world, by id."""
    text = files("tscp.demo").joinpath("agencies.toml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(text)["agency"]}


def agency_name(identifier: str) -> str:
    """What the agency calls itself."""
    return str(register()[identifier]["name"])


def check_digit(nine: str) -> int:
    """The tenth digit of an NHS number (modulus 11); 10 means that no such number is given out."""
    return (11 - sum(int(d) * (10 - i) for i, d in enumerate(nine)) % 11) % 11


class People:
    """Makes people, places and numbers; the same seed makes the same ones in the same order."""

    def __init__(self, seed: object) -> None:
        self.rng = random.Random(f"people {seed}")

    def surname(self) -> str:
        """A surname nobody has."""
        return self.rng.choice(words("surnames"))

    def child(self, surname: str, on: date, days_old: int, sex: str = "") -> Person:
        """A child of about that age on that day."""
        sex = sex or self.rng.choice(("female", "male"))
        given = self.rng.choice(words("girls" if sex == "female" else "boys"))
        return Person(given, surname, sex, on - timedelta(days=days_old + self.rng.randrange(20)))

    def adult(self, surname: str, on: date, sex: str = "") -> Person:
        """A grown-up between twenty-two and forty."""
        sex = sex or self.rng.choice(("female", "male"))
        given = self.rng.choice(words("women" if sex == "female" else "men"))
        return Person(given, surname, sex, on - timedelta(days=self.rng.randrange(22, 40) * 365))

    def professional(self, agency: str) -> Professional:
        """Somebody who works at an agency."""
        given, surname = self.rng.choice(words("women") + words("men")), self.surname()
        domains = register()[agency]["domains"]
        assert isinstance(domains, list)
        letters = "".join(c for c in surname.lower() if c.isascii() and c.isalpha())
        email = f"{given.lower()}.{letters}@{domains[0]}"
        role = ROLES.get(agency, "Safeguarding Lead")
        name = f"{given} {surname}"
        return Professional(name, role, agency, agency_name(agency), email, self.phone())

    def address(self) -> Address:
        """A house in a street and town that are not there."""
        street = f"{self.rng.randrange(2, 98)} {self.rng.choice(words('streets'))}"
        letters = "".join(self.rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
        postcode = f"{self.rng.choice(words('districts'))} {self.rng.randrange(1, 9)}{letters}"
        return Address(street, self.rng.choice(words("towns")), postcode)

    def phone(self) -> str:
        """A telephone number kept for drama."""
        if self.rng.random() < 0.5:
            return f"0161 496 0{self.rng.randrange(1000):03d}"
        return f"07700 900{self.rng.randrange(1000):03d}"

    def nhs_number(self) -> str:
        """A test number (they begin with 999), with the right check digit, spaced as on letters."""
        while True:
            nine = f"999{self.rng.randrange(10**6):06d}"
            if (digit := check_digit(nine)) != 10:
                return f"{nine[:3]} {nine[3:6]} {nine[6:]}{digit}"
