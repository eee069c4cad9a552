"""Contents printed under a wording: which label, which choices, in which order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus.contents import Contents
from benchmarks.corpus.form import Option, Question, Section
from benchmarks.corpus.form import Row as Printed
from tscp.demo.typed import Typed, nothing

HERE = Path(__file__).parent
WORDINGS = tuple(sorted(path.stem for path in (HERE / "wordings").glob("*.toml")))
Wording = Mapping[str, Any]
BLANK = nothing()
ROW_HEADINGS = {
    "children": "Child {number}",
    "family": "Person {number}",
    "agencies": "Agency {number}",
    "events": "Event {number}",
}


def wording(name: str | Path) -> Wording:
    """A wording of wordings/ by name, or of another file by its path; `name` in it says which."""
    path = name if isinstance(name, Path) else HERE / "wordings" / f"{name}.toml"
    return {**_toml(path), "name": path.stem}


@cache
def _toml(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def printed(
    made: Contents, words: Wording, leaves_out: tuple[str, ...], ticks_in_rows: bool
) -> tuple[Section, ...]:
    """The sections of the form."""
    sets = {**_toml(HERE / "options.toml"), **words.get("own_options", {})}
    options = sets[words["options"]]
    return tuple(_section(made, s, options, leaves_out, ticks_in_rows) for s in words["section"])


def _section(
    made: Contents, section: Wording, options: Wording, leaves_out: tuple[str, ...], ticks: bool
) -> Section:
    group = section.get("group", "")
    asked = {key: label for key, label in section["ask"].items() if key not in leaves_out}
    if not group:
        row = _row(made.answers, made, asked, options)
        return Section(section["name"], section["heading"], row)
    choices = options if group == "children" else (options["rows"] if ticks else {})
    return Section(
        section["name"],
        section["heading"],
        group=group,
        rows=tuple(_row(row, made, asked, choices) for row in made.group(group)),
        row_heading=section.get("row_heading", ROW_HEADINGS[group]),
        columns=tuple(label.partition("|")[0] for label in asked.values()),
        spare=section.get("spare", 0),
    )


def _row(
    answers: Mapping[str, Typed], made: Contents, asked: Mapping[str, str], options: Wording
) -> Printed:
    return tuple(_question(key, label, answers, made, options) for key, label in asked.items())


def _question(
    key: str, printed: str, answers: Mapping[str, Typed], made: Contents, options: Wording
) -> Question:
    label, _, guidance = printed.partition("|")
    kind, _, name = key.partition(" ")
    if kind in ("extra", "office"):
        apart = made.extra if kind == "extra" else made.office
        return Question(kind, label, apart.get(name, BLANK), guidance)
    answer = answers.get(key, BLANK)
    choices: Mapping[str, str] = options.get(key, {})
    return Question(key, label, answer, guidance, _options(key, answer, made, choices))


def _options(
    key: str, answer: Typed, made: Contents, choices: Mapping[str, str]
) -> tuple[Option, ...]:
    given = answer.value if isinstance(answer.value, list) else [answer.value]
    chosen = made.ticked.get(key, frozenset(v for v in given if isinstance(v, str)))
    if not chosen <= set(choices):
        return ()  # what is to be said is not among the choices: it is typed instead
    return tuple(Option(label, value, value in chosen) for value, label in choices.items())
