"""The answers of a form, grouped as on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from triage.beside import Beside, said_beside
from triage.case import Case
from triage.current import current_form
from triage.evidence import Labelled
from triage.flags.form import missing_answers
from triage.rows import NAMED_BY
from triage.sections import SECTIONS
from triage.sin_form import AGENCY, ANSWERS, CHILD, EVENT, FAMILY, Row, SinForm
from triage.today import Today
from tscp.web.one_answer import (
    Shown,
    needed,
    others,
    place,
    question_of,
    shown,
    to_show,
    value_of,
)

FURTHER = "Further answers"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: what was answered, and the questions that were not, by path.

    `further` is the path of a further row like it, where this is the last of its kind.
    """

    title: str
    answers: tuple[Shown, ...]
    unanswered: tuple[tuple[str, str], ...] = ()
    further: str = ""


def sections(case: Case, today: Today) -> list[Section]:
    """Every part of the form in which something was asked or is needed."""
    form, missing = current_form(case), frozenset(missing_answers(case))
    named = {key for keys in SECTIONS.values() for key in keys}
    titles = {**SECTIONS, FURTHER: tuple(key for key in ANSWERS if key not in named)}
    beside = said_beside(case)
    *parts, more = [
        _with_others(
            _section(title, form.answers, {k: ANSWERS[k] for k in keys}, missing, today, ""),
            beside,
            today,
        )
        for title, keys in titles.items()
    ]
    return [
        *parts[:2],
        *_rows(form.children, "children", "Child", CHILD, missing, today),
        *_rows(form.family, "family", "Family and household", FAMILY, missing, today),
        *parts[2:],
        *_agencies(form, missing, today),
        *_rows(form.events, "events", "Key event", EVENT, missing, today),
        more,
    ]


def _with_others(
    section: Section, beside: Mapping[str, tuple[Beside, ...]], today: Today
) -> Section:
    """With what other agencies' copies say otherwise beside each answer."""
    answers = [
        replace(a, others=others(beside.get(a.path, ()), ANSWERS[a.path], today))
        for a in section.answers
    ]
    return replace(section, answers=tuple(answers))


def _agencies(form: SinForm, missing: frozenset[str], today: Today) -> Iterator[Section]:
    """Each agency's row under the agency's name."""
    rows = _rows(form.agencies, "agencies", "Agency", AGENCY, missing, today)
    for row, section in zip(form.agencies, rows, strict=True):
        agency = row.get("agency")
        name = value_of(agency, "agency", today) if agency else ""
        yield replace(section, title=f"Agency: {name}" if name else section.title)


def _rows(
    rows: Sequence[Row],
    group: str,
    title: str,
    kinds: Mapping[str, str],
    missing: frozenset[str],
    today: Today,
) -> Iterator[Section]:
    further = f"{group}.{len(rows)}.{NAMED_BY[group]}"
    for number, row in enumerate(rows):
        path = f"{group}.{number}."
        own = frozenset(p.removeprefix(path) for p in missing if p.startswith(path))
        section = _section(f"{title} {number + 1}", row, kinds, own, today, path)
        yield replace(section, further=further) if number == len(rows) - 1 else section


def _section(
    title: str,
    row: Row,
    kinds: Mapping[str, str],
    missing: frozenset[str],
    today: Today,
    path: str,
) -> Section:
    found, unanswered = [], []
    for key, kind in kinds.items():
        answer = row.get(key)
        if answer is not None and to_show(answer):
            found.append(shown(path + key, key, kind, answer, today))
        elif key in missing:
            found.append(needed(path + key, key))
        elif answer is not None:
            unanswered.append((path + key, question_of(key)))
    return Section(title, tuple(found), tuple(unanswered))


def unknown_questions(form: SinForm) -> list[tuple[Labelled, str]]:
    """Questions the vocabulary does not know, with where they stand."""
    return [(labelled, place(labelled.evidence)) for labelled in form.unmapped]
