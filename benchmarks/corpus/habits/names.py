"""Ways of writing names."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.corpus.contents import Contents, Row
from tscp.demo.typed import Typed

PARTICLES = ("van der", "de la", "al", "ní", "von")


def _people(made: Contents) -> list[tuple[Row, str]]:
    return [(row, "child_name") for row in made.children] + [(r, "name") for r in made.family]


def twins(made: Contents) -> None:
    """The second child was born on the day of the first."""
    if len(made.children) > 1:
        made.children[1]["date_of_birth"] = made.children[0]["date_of_birth"]
        made.born[1] = made.born[0]


def baby_name(made: Contents) -> None:
    """'Baby SMITH': a newborn without a first name."""
    row = made.children[0]
    surname = row["child_name"].text.split()[-1].upper()
    row["child_name"] = Typed(f"Baby {surname}", f"Baby {surname}")


def capitals(made: Contents) -> None:
    """'Keira THISTLEWICK'."""
    for row, key in _people(made):
        given, _, surname = row[key].text.partition(" ")
        written = f"{given} {surname.upper()}"
        row[key] = Typed(written, written)


def surname_first(made: Contents) -> None:
    """'THISTLEWICK, Keira'; the natural order is right too."""
    for row, key in _people(made):
        given, _, surname = row[key].text.partition(" ")
        if given == "Baby":
            continue
        written = f"{surname.upper()}, {given}"
        row[key] = Typed(written, written, (f"{given} {surname.upper()}", f"{given} {surname}"))


def particles(made: Contents) -> None:
    """'Keira van der Thistlewick', 'Keira O'Thistlewick'."""
    particle = made.chance.choice(PARTICLES)
    for row, key in _people(made):
        given, _, surname = row[key].text.rpartition(" ")
        if given and "," not in row[key].text:
            written = f"{given} {particle} {surname}"
            row[key] = Typed(written, written)


def also_known_as(made: Contents) -> None:
    """Another name behind the name; with or without it is right."""
    row = made.children[0]
    was = row["child_name"]
    other = made.chance.choice(("Kit", "Bee", "Ash", "Jojo"))
    how = made.chance.choice((f" (also known as {other})", f" aka {other}", f' ("{other}")'))
    row["child_name"] = replace(was, text=was.text + how, value=was.text + how)
    row["child_name"] = replace(row["child_name"], accept=(was.text, *was.accept))
