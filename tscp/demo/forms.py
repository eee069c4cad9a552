"""What is on a SIN form, whatever its layout, and the truth about it.

`FormContent` holds typed answers by the interface's keys. `sheet(form)` lays them under the
questions of a wording as blocks (headings, questions, grids) that every layout draws;
`form.truth()` is what a perfect reader would make of it, in the interface's JSON shapes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from tscp.demo.typed import Answers, Json, Typed, nothing

BLANK = nothing()


@dataclass(frozen=True, slots=True)
class Option:
    """A box and what stands beside it."""

    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading; level 2 for a child's within its section."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """Printed text that is neither question nor answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A label, perhaps guidance beside it, and what was answered by typing or by ticking."""

    name: str
    label: str
    text: str
    guidance: str = ""
    options: tuple[Option, ...] = ()

    @property
    def long(self) -> bool:
        """Answers that need the page's width."""
        return self.name.split(".")[-1] in LONG


@dataclass(frozen=True, slots=True)
class Grid:
    """A repeating table: column headings and rows as typed."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Note | Question | Grid

LONG = {"incident_summary", "immediate_actions", "reason_for_referral", "good_practice"}
LONG |= {"learning_identified", "harm_types", "parallel_processes"}
REFERRER = ("referrer_name", "referrer_role", "referrer_agency", "referrer_email", "referrer_phone")
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "referrer": (
        *REFERRER,
        *("referral_date", "safeguarding_lead_consulted", "safeguarding_lead_name"),
        *("safeguarding_lead_agency", "consulted_on"),
    ),
    "incident": (
        *("incident_date", "incident_place", "la_aware_date", "outcome_for_child"),
        *("abuse_or_neglect", "harm_types", "incident_summary", "immediate_actions"),
        *("police_investigation", "crime_reference", "other_children_at_risk", "media_interest"),
        "parallel_processes",
    ),
    "criteria": ("criteria_met", "reason_for_referral", "good_practice", "learning_identified"),
    "panel": ("panel_notified", "panel_notified_on", "panel_reference", "signature", "signed_on"),
}
ORDER = ("referrer", "children", "family", "incident", "criteria", "agencies", "events", "panel")
SPARE_ROWS = 2


@cache
def questions() -> Mapping[str, Any]:
    """The wordings, and the options printed for questions answered by ticking."""
    text = files("tscp.demo").joinpath("form_questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class FormContent:
    """One filled form. `extra` are questions that no vocabulary knows; `wording` its printing."""

    answers: Answers
    children: tuple[Answers, ...]
    family: tuple[Answers, ...] = ()
    agencies: tuple[Answers, ...] = ()
    events: tuple[Answers, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    wording: str = "full"
    version: str = field(default="")

    @property
    def printed(self) -> Mapping[str, Any]:
        """The wording's words."""
        wording: Mapping[str, Any] = questions()["wordings"][self.wording]
        return wording

    def but(self, **answers: Typed) -> FormContent:
        """The same form with some answers changed."""
        return replace(self, answers={**self.answers, **answers})

    def but_child(self, number: int, **answers: Typed) -> FormContent:
        """The same form with some answers about one child changed."""
        children = list(self.children)
        children[number] = {**children[number], **answers}
        return replace(self, children=tuple(children))

    def blank(self) -> FormContent:
        """The template of this form: every question, no answer."""
        return FormContent({}, ({},), wording=self.wording, version=self.version)

    def truth(self) -> dict[str, Any]:
        """Canonical values of all that this wording asks; questions left open are None."""
        printed = self.printed
        answers = _values(self.answers, printed["labels"])
        if self.version:
            answers["form_version"] = f"Form version {self.version}"
        found: dict[str, Any] = {"status": "form", "answers": answers}
        found["children"] = [_values(child, printed["child"]) for child in self.children]
        for group in ("family", "agencies", "events"):
            rows: tuple[Answers, ...] = getattr(self, group)
            found[group] = [_values(row, printed[group]) for row in rows]
        found["unmapped"] = [{"label": label, "text": text} for label, text in self.extra]
        return found


def _values(answers: Answers, asked: Mapping[str, str]) -> dict[str, Json]:
    return {key: answers.get(key, BLANK).value for key in asked}


def sheet(form: FormContent) -> Iterator[Block]:
    """The form as printed and filled: blocks in reading order."""
    printed = form.printed
    yield Heading(printed["title"], 0)
    yield Note(printed["subtitle"] + (f"\nForm version {form.version}" if form.version else ""))
    if printed["intro"]:
        yield Note(printed["intro"])
    for section in ORDER:
        yield Heading(printed["headings"][section])
        yield from _section(form, section)
    yield from _ending(form)


def _section(form: FormContent, section: str) -> Iterator[Block]:
    if section == "children":
        yield from _children(form)
    elif section in SECTIONS:
        for key in SECTIONS[section]:
            if key in form.printed["labels"]:
                yield _question(key, key, form.printed["labels"][key], form.answers)
    else:
        yield _grid(form, section)


def _children(form: FormContent) -> Iterator[Block]:
    for number, child in enumerate(form.children, 1):
        if len(form.children) > 1:
            yield Heading(form.printed["child_heading"].format(number=number), 2)
        for key, label in form.printed["child"].items():
            yield _question(f"child {number}.{key}", key, label, child)


def _question(name: str, key: str, printed: str, answers: Answers) -> Question:
    label, _, guidance = printed.partition("|")
    answer = answers.get(key, BLANK)
    options = questions()["options"].get(key, {})
    chosen = answer.value if isinstance(answer.value, list) else [answer.value]
    boxes = tuple(Option(label, value in chosen) for value, label in options.items())
    text = ", ".join(box.label for box in boxes if box.ticked) if boxes else answer.text
    return Question(name, label, text, guidance, boxes)


def _grid(form: FormContent, group: str) -> Grid:
    columns = form.printed[group]
    rows: tuple[Answers, ...] = getattr(form, group)
    typed = [tuple(row.get(key, BLANK).text for key in columns) for row in rows]
    typed += [("",) * len(columns)] * SPARE_ROWS
    return Grid(group, tuple(columns.values()), tuple(typed))


def _ending(form: FormContent) -> Iterator[Block]:
    if form.extra:
        yield Heading(form.printed["headings"]["extra"])
        for number, (label, text) in enumerate(form.extra, 1):
            yield Question(f"extra {number}", label, text)
    yield Heading(form.printed["headings"]["office"])
    for number, label in enumerate(form.printed["office"], 1):
        yield Question(f"office {number}", label, "")
