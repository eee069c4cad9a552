"""What a taught form prints and what was filled in, and the truth about it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from triage.sin_form import ANSWERS, CHILD, GROUPS
from tscp.demo.forms import FormContent, Option
from tscp.demo.typed import Answers, Typed, nothing

YES_NO = {"Yes": "yes", "No": "no", "Not known": "unknown"}
LONG = ("narrative", "address")


@dataclass(frozen=True, slots=True)
class Question:
    """A label with what was typed or ticked."""

    label: str
    text: str
    options: tuple[Option, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its questions, or with a table of `columns` and `rows`."""

    heading: str
    questions: tuple[Question, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@cache
def words() -> Mapping[str, Any]:
    """The wordings of the three forms."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def parts(name: str, form: FormContent | None) -> Iterator[Part]:
    """The form of this name, filled in, or blank (None)."""
    for part in words()[name]["part"]:
        if "group" in part:
            rows = getattr(form, part["group"]) if form else ()
            typed = [
                tuple(_typed(row, key).text for key in part["labels"].values()) for row in rows
            ]
            spare = [("",) * len(part["labels"])] * (2 if form else 4)
            yield Part(part["heading"], (), tuple(part["labels"]), (*typed, *spare))
        else:
            asked = part["labels"].items()
            yield Part(part["heading"], tuple(_question(part, k, v, form) for k, v in asked))


def _question(part: Mapping[str, Any], label: str, key: str, form: FormContent | None) -> Question:
    first = key.partition(" ")[0]
    kind = {**CHILD, **ANSWERS}.get(first, "text")
    options = part.get("options", {}).get(label, YES_NO if kind == "yes/no" else {})
    if form is None or not key:
        return Question(label, "", tuple(Option(o, False) for o in options), kind in LONG)
    if key == "extra":
        return Question(label, form.extra[0][1])
    answers = {**form.children[0], **form.answers}
    answer = _typed(answers, key)
    chosen = answer.value if isinstance(answer.value, list) else [answer.value]
    boxes = tuple(Option(option, value in chosen) for option, value in options.items())
    return Question(label, answer.text, boxes, kind in LONG)


def _typed(answers: Answers, key: str) -> Typed:
    """What is typed under a label that asks one thing, two at once, or half of a name."""
    one, _, two = key.partition(" + ")
    if two:
        told = [answers.get(k, nothing()).text for k in (one, two)]
        return Typed(", ".join(t for t in told if t), None)
    name, _, part = key.partition(" (")
    answer = answers.get(name, nothing())
    if part:
        first, _, last = answer.text.rpartition(" ")
        return Typed(first if part == "forename)" else last, None)
    return answer


def truth(name: str, form: FormContent) -> dict[str, Any]:
    """The right answers of all that this form asks, in the interface's shapes."""
    told: dict[str, Any] = {"answers": {}, "children": [{}], "unmapped": {}}
    told |= {group: [] for group in GROUPS if group != "children"}
    for part in words()[name]["part"]:
        for label, key in part["labels"].items():
            if key == "extra":
                told["unmapped"][label] = form.extra[0][1]
            elif "group" not in part:
                _add(told, key, form, part.get("options", {}).get(label, {}).values())
        if "group" in part:
            rows = getattr(form, part["group"])
            keys = part["labels"].values()
            told[part["group"]] = [{k: row.get(k, nothing()).value for k in keys} for row in rows]
    return told


def _add(told: dict[str, Any], key: str, form: FormContent, offered: Collection[str]) -> None:
    for one in key.partition(" (")[0].split(" + ") if key else ():
        if one in ANSWERS:
            value = form.answers.get(one, nothing()).value
            if isinstance(value, list) and offered:  # what has no box cannot be ticked
                value = [chosen for chosen in value if chosen in offered]
            told["answers"][one] = value
        else:
            told["children"][0][one] = form.children[0].get(one, nothing()).value
