"""What is on one form before any habit: the demo's incident, completed to all of the fields."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tscp.demo.filling import FormWriter
from tscp.demo.incidents import NO, UNKNOWN, YES, incidents
from tscp.demo.people import words as invented
from tscp.demo.typed import Typed, day, nothing, words

Row = dict[str, Typed]
FIRST, DAYS = date(2026, 1, 6), 300
LEGAL = ("none", "child in need", "child protection plan", "looked after", "early help")


@dataclass(slots=True)
class Contents:
    """The answers by key, to be changed by habits. `ticked` overrides what choices are ticked."""

    chance: random.Random
    on: date
    happened: date
    answers: Row
    children: list[Row]
    family: list[Row]
    agencies: list[Row]
    events: list[Row]
    extra: Row
    office: Row = field(default_factory=dict)
    ticked: dict[str, frozenset[str]] = field(default_factory=dict)
    born: list[date | None] = field(default_factory=list)

    def group(self, name: str) -> list[Row]:
        """The rows of a repeated group."""
        rows: list[Row] = getattr(self, name)
        return rows

    def rows(self) -> list[Row]:
        """All rows of answers, the form's own first."""
        return [self.answers, *self.children, *self.family, *self.agencies, *self.events]


def contents(seed: str) -> Contents:
    """A form about some incident, on some day of a year; the same for the same seed."""
    chance = random.Random(f"contents {seed}")
    theme = chance.choice(sorted(incidents()))
    on = FIRST + timedelta(days=chance.randrange(DAYS))
    count = 1 if incidents()[theme]["ages"][0] < 0 else chance.choice((1, 1, 1, 2, 2, 3))
    writer = FormWriter(seed, theme, on, count)
    form = writer.filled().form
    made = Contents(
        chance,
        on,
        writer.happened,
        answers=dict(form.answers),
        children=[dict(row) for row in form.children],
        family=[dict(row) for row in form.family],
        agencies=[dict(row) for row in form.agencies],
        events=[dict(row) for row in form.events],
        extra=_extra(chance, writer),
        born=[child.born for child in writer.children],
    )
    _complete(made)
    return made


def _complete(made: Contents) -> None:
    """Answers the demo's forms do not ask for."""
    chance, answers = made.chance, made.answers
    met = answers["criteria_met"].value
    answers["meets_notification"] = YES if met == "statutory" else NO
    answers["wants_local_learning"] = YES if met == "local learning" else NO
    answers["linked_cases"] = chance.choice(
        (nothing(), nothing("N/A"), words(f"TSCP-2025-00{chance.randrange(10, 99)}"))
    )
    answers["panel_reference"] = nothing()
    if chance.random() < 0.25:
        answers["panel_notified"] = YES
        answers["panel_notified_on"] = day(made.on)
        answers["panel_reference"] = words(f"CSPR-{chance.randrange(10000, 99999)}")
    if chance.random() < 0.15:
        answers["other_children_at_risk"] = chance.choice((YES, UNKNOWN))
    for row in made.agencies:
        row["information_attached"] = YES if chance.random() < 0.3 else NO
        if chance.random() < 0.2:
            row["known"], row["involvement"] = NO, nothing()
    for row in made.family:
        row["legal_status"] = nothing(chance.choice(("N/A", "")))
    for child in made.children:
        status = chance.choice(LEGAL)
        child["legal_status"] = Typed(status.capitalize(), status)
        if chance.random() < 0.15:
            child["interpreter_needed"] = YES
    _siblings(made)


def _siblings(made: Contents) -> None:
    """Sometimes a brother or sister in the household, the same family."""
    if made.chance.random() < 0.6:
        surname = made.family[0]["name"].text.split()[-1]
        given = made.chance.choice(invented("girls") + invented("boys"))
        born = made.on - timedelta(days=made.chance.randrange(300, 5000))
        row = dict(made.family[0])
        row |= {"name": words(f"{given} {surname}"), "relationship": words("Sibling")}
        row |= {"date_of_birth": day(born), "parental_responsibility": NO}
        made.family.append(row)


def _extra(chance: random.Random, writer: FormWriter) -> Row:
    someone = writer.people.professional("hv")
    return {
        "ward": words(writer.address.town),
        "dentist": words(chance.choice(("Not registered", "Calico Dental Practice"))),
        "best_time": words(chance.choice(("Mornings before 11", "Any weekday after 2pm"))),
        "siblings": words(str(chance.randrange(1, 5))),
        "supervisor": words(someone.name),
        "worker": words(f"{someone.name}, duty team"),
        "ehc": words(chance.choice(("No, assessment requested in the spring", "Yes since Year 2"))),
    }
