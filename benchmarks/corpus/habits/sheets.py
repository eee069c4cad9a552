"""Looks of the printed form, and of typing, that change no answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks.corpus.form import Form, Question, Row, Section

OnQuestion = Callable[[Question], Question]
FIXED_ENDS = ("office", "signature")


def _each(form: Form, change: OnQuestion) -> Form:
    def changed(section: Section) -> Section:
        rows = section.rows
        if section.group == "children":
            rows = tuple(tuple(change(q) for q in row) for row in rows)
        return replace(section, questions=tuple(change(q) for q in section.questions), rows=rows)

    return replace(form, sections=tuple(changed(section) for section in form.sections))


def label_typos(form: Form) -> Form:
    """A few labels with two letters swapped."""
    chance = random.Random(f"typos {form.seed}")
    typos: dict[str, str] = {}

    def change(question: Question) -> Question:
        label = question.label
        if len(label) > 12 and label not in typos:
            typos[label] = _swapped(chance, label) if chance.random() < 0.08 else label
        return replace(question, label=typos.get(label, label))

    return _each(form, change)


def _swapped(chance: random.Random, label: str) -> str:
    places = [i for i in range(1, len(label) - 2) if label[i : i + 2].isalpha()]
    at = chance.choice(places)
    return label[:at] + label[at + 1] + label[at] + label[at + 2 :]


def guidance_in_label(form: Form) -> Form:
    """Guidance in brackets as part of the label."""

    def change(question: Question) -> Question:
        if not question.guidance:
            return question
        return replace(question, label=f"{question.label} ({question.guidance})", guidance="")

    return _each(form, change)


def prompt_left_in(form: Form) -> Form:
    """'(dd/mm/yyyy)' stands beside dates."""

    def change(question: Question) -> Question:
        dated = question.key.endswith(("_date", "_on", "date_of_birth", "date_of_death"))
        if not dated or question.guidance:
            return question
        return replace(question, guidance="(dd/mm/yyyy)")

    return _each(form, change)


def tracked(form: Form) -> Form:
    """Some answers were changed with tracked changes on; drawn by Word layouts."""
    chance = random.Random(f"tracked {form.seed}")

    def change(question: Question) -> Question:
        plain = not question.options and question.key not in ("extra", "office")
        if plain and question.text and chance.random() < 0.1:
            return replace(question, deleted=chance.choice(("TBC", "to follow", "unknown")))
        return question

    return _each(form, change)


def continued(form: Form) -> Form:
    """Long answers in grids, and one narrative, go on in the row below."""

    def change(question: Question) -> Question:
        at = question.text.find(" ", len(question.text) // 2)
        told = question.key in ("involvement", "event", "immediate_actions")
        if told and at > 8 and "\n" not in question.text:
            return replace(question, continued=at)
        return question

    changed = _each(form, change)
    sections = tuple(
        replace(s, rows=tuple(tuple(change(q) for q in row) for row in s.rows))
        for s in changed.sections
    )
    return replace(changed, sections=sections)


def commented(form: Form) -> Form:
    """A word of explanation behind a tick."""
    chance = random.Random(f"comments {form.seed}")
    said = ("see above", "officer to confirm", "discussed on the day", "as far as is known")

    def change(question: Question) -> Question:
        if len(question.options) in (2, 3) and question.text and chance.random() < 0.4:
            return replace(question, comment=chance.choice(said))
        return question

    return _each(form, change)


def repeated_numbers(form: Form) -> Form:
    """Questions numbered from 1 in each section."""

    def section(old: Section) -> Section:
        if old.group and old.group != "children":
            return old
        rows = tuple(_numbered(row) for row in old.rows)
        return replace(old, questions=_numbered(old.questions), rows=rows)

    if any(q.label[:1].isdigit() for q in form.questions()):
        return form
    return replace(form, sections=tuple(map(section, form.sections)))


def _numbered(row: Row) -> Row:
    return tuple(replace(q, label=f"{n}. {q.label}") for n, q in enumerate(row, 1))


def other_order(form: Form) -> Form:
    """Sections in another order; the first and the last ones stay."""
    chance = random.Random(f"order {form.seed}")
    ends = [s for s in form.sections if s.name in FIXED_ENDS]
    middle = [s for s in form.sections if s.name not in FIXED_ENDS][1:]
    numbered = any(s.heading[:1].isdigit() or "." in s.heading[:3] for s in form.sections)
    if numbered or any("ection" in s.heading or "Part" in s.heading for s in form.sections):
        return form
    chance.shuffle(middle)
    return replace(form, sections=(form.sections[0], *middle, *ends))
