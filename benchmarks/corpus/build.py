"""A document of the corpus from a layout and a seed, with its truth."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.corpus import marks as ways
from benchmarks.corpus.contents import contents
from benchmarks.corpus.form import Form, Question, Section
from benchmarks.corpus.habits import habits_on, looks_on
from benchmarks.corpus.printing import WORDINGS, printed, wording
from benchmarks.corpus.truth import Json, truth_of

BY_KIND = {"docx": ways.WORD, "pdf": ways.PDF, "eml": ways.TEXT}


@dataclass(frozen=True, slots=True)
class Layout:
    """One way a form may look. See benchmarks/corpus/__init__.py for how to write one.

    `kind` is what `draw` makes (docx, pdf, eml). `marks`: the ways of marking choices it bears,
    () for all of its kind. `ticks_in_rows`: rows of agencies and family have choices to tick.
    `leaves_out`: keys it does not ask. `wordings`: () for all. `one_page`: it fits on a page (so it
    can be one photograph) and has one child.
    """

    name: str
    kind: str
    draw: Callable[[Form], bytes]
    marks: tuple[str, ...] = ()
    wordings: tuple[str | Path, ...] = ()
    leaves_out: tuple[str, ...] = ()
    ticks_in_rows: bool = False
    one_page: bool = False


def form_of(layout: Layout, seed: int) -> Form:
    """The filled form that the layout draws for this seed."""
    name = f"{layout.name} {seed}"
    chance = random.Random(f"form {name}")
    words = wording(chance.choice(layout.wordings or WORDINGS))
    made = contents(name)
    if layout.one_page:
        del made.children[1:], made.born[1:]
    habits = habits_on(made, name)
    marks = chance.choice(layout.marks or BY_KIND[layout.kind])
    form = Form(
        name,
        title=words["title"],
        subtitle=words["subtitle"],
        intro=words["intro"],
        version=words["version"],
        wording=words["name"],
        sections=printed(made, words, layout.leaves_out, layout.ticks_in_rows),
        marks=marks,
        habits=tuple(habits),
    )
    return looks_on(replace(form, chance=chance))


def drawn(layout: Layout, seed: int, plain: bool = False) -> tuple[bytes, Json]:
    """The document as drawn and its truth; `plain` if it is to be converted."""
    form = form_of(layout, seed)
    truth = truth_of(form) | {"layout": layout.name, "seed": seed}
    form = replace(form, chance=random.Random(f"drawing {form.seed}"))
    return layout.draw(_accepted(form) if plain else form), truth


def _accepted(form: Form) -> Form:
    def row(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(replace(q, deleted="") for q in questions)

    def section(old: Section) -> Section:
        return replace(old, questions=row(old.questions), rows=tuple(map(row, old.rows)))

    return replace(form, plain=True, sections=tuple(map(section, form.sections)))
