"""What a case's answers are now: as its papers give them, and before these as staff correct them.

A revised form overrides an answer only where it gives one; a blank there takes nothing away.
Another agency's copy of the form never changes the referrer's answers, it only adds where
nothing was said. No form changes what staff corrected, and none ends a risk to other children
that an earlier one told of; see docs/decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from triage.case import Case, Correction
from triage.corrections import as_remembered, named_by, path_of, row_of, with_corrections
from triage.evidence import Answer
from triage.rows import Known, both, in_order, known_by, places
from triage.sin_form import GROUPS, Row, SinForm

AT_RISK = ("yes", "conflict")
"""Answers to whether other children may be at risk that are taken for yes."""
NOTHING = SinForm(form="", document="", answers={})


@dataclass(frozen=True, slots=True)
class _Told:
    """The papers so far: one form of them all, and what each row of a group is known by.

    `rows` is the number of the row each correction is about, by the correction's number.
    """

    form: SinForm
    known: Mapping[str, tuple[Known, ...]]
    rows: Mapping[int, int]


def current_form(case: Case) -> SinForm:
    """One SinForm of all the case's forms and corrections; empty if it has none."""
    if not case.corrections:
        return form_as_read(case)
    told, _ = _told(case)
    of_row: dict[tuple[str, int], list[Correction]] = {}
    for number, correction in enumerate(case.corrections):
        group = path_of(correction.path).group
        of_row.setdefault((group, told.rows.get(number, 0)), []).append(correction)
    answers = with_corrections(told.form.answers, of_row.pop(("", 0), ()))
    groups = {group: list(getattr(told.form, group)) for group, _ in of_row}
    for (group, number), corrections in of_row.items():
        groups[group][number] = with_corrections(groups[group][number], corrections)
    # A row that staff added and took back again is nothing.
    kept = {group: tuple(row for row in rows if row) for group, rows in groups.items()}
    return replace(told.form, answers=answers, **kept)  # type: ignore[arg-type]


def form_as_read(case: Case) -> SinForm:
    """One SinForm of the case's forms in the order of filing, without what staff corrected.

    A row that staff added is there, empty.
    """
    forms = [mail.form for mail in case.mails if mail.form is not None]
    if len(forms) == 1 and not case.corrections:
        return forms[0]
    return _told(case)[0].form


def known_forms(case: Case) -> tuple[SinForm, ...]:
    """What a new form is held against: the case as corrected, and as its papers have it."""
    current = current_form(case)
    return (current, form_as_read(case)) if case.corrections else (current,)


def corrections_there(case: Case) -> tuple[Correction, ...]:
    """The corrections whose row the case's papers tell of, or that need none."""
    lost = _told(case)[1]
    return tuple(c for number, c in enumerate(case.corrections) if number not in lost)


def answered(answer: Answer | None) -> bool:
    """Something was said that can be used (both boxes ticked cannot)."""
    return answer is not None and answer.value not in (None, "", ())


def _told(case: Case) -> tuple[_Told, frozenset[int]]:
    """The papers with every correction's row, and the corrections whose row they do not tell of."""
    told = _Told(NOTHING, dict.fromkeys(GROUPS, ()), {})
    about_rows = [(n, c) for n, c in enumerate(case.corrections) if path_of(c.path).group]
    for mail in case.mails:
        if mail.form is not None:
            told = _merged(told, mail.form, over=mail.kind != "contribution")
            for number, correction in about_rows:
                told = _placed(told, number, correction)
    return _with_rows_of_their_own(told, about_rows)


def _with_rows_of_their_own(
    told: _Told, about_rows: Sequence[tuple[int, Correction]]
) -> tuple[_Told, frozenset[int]]:
    """With further rows for corrections that found none, so that nothing staff said is lost."""
    gone: set[tuple[str, int]] = set()
    lost: set[int] = set()
    for number, correction in about_rows:
        found = _placed(told, number, correction)
        added = number not in found.rows
        told = _with_row(told, number, correction) if added else found
        row = (path_of(correction.path).group, told.rows[number])
        gone |= {row} if added and not correction.adds else set()
        lost |= {number} if row in gone else set()
    return told, frozenset(lost)


def _placed(told: _Told, number: int, correction: Correction) -> _Told:
    """With the row of a correction found, where it is there; else as it was."""
    if number in told.rows:
        return told
    group, row, _ = path_of(correction.path)
    place = row_of(correction, told.known[group])
    if place is None:
        begins = correction.adds and row == len(told.known[group])
        return _with_row(told, number, correction) if begins else told
    known = list(told.known[group])
    known[place] = both(known[place], named_by(correction))
    return replace(
        told, known={**told.known, group: tuple(known)}, rows={**told.rows, number: place}
    )


def _with_row(told: _Told, number: int, correction: Correction) -> _Told:
    """With a further row for a correction that has none."""
    group = path_of(correction.path).group
    rows: tuple[Row, ...] = getattr(told.form, group)
    known = (*told.known[group], named_by(correction))
    form = replace(told.form, **{group: (*rows, as_remembered(correction))})  # type: ignore[arg-type]
    return _Told(form, {**told.known, group: known}, {**told.rows, number: len(rows)})


def _merged(told: _Told, new: SinForm, over: bool) -> _Told:
    """With what a further form says; `over` lets it replace answers that were already given."""
    old = told.form
    if not old.answers and not old.children:
        known = {g: tuple(known_by(row, g) for row in getattr(new, g)) for g in GROUPS}
        return _Told(new, known, {})
    groups = {group: _rows(told, new, group, over) for group in GROUPS}
    labels = {(known.label, known.text) for known in old.unmapped}
    form = replace(
        old,
        answers=_row(old.answers, new.answers, over),
        unmapped=(*old.unmapped, *(u for u in new.unmapped if (u.label, u.text) not in labels)),
        **{group: rows for group, (rows, _) in groups.items()},  # type: ignore[arg-type]
    )
    return _Told(form, {group: known for group, (_, known) in groups.items()}, told.rows)


def _rows(
    told: _Told, new: SinForm, group: str, over: bool
) -> tuple[tuple[Row, ...], tuple[Known, ...]]:
    """A group's rows with those of a further form, and what each is known by now."""
    out, known = list(getattr(told.form, group)), list(told.known[group])
    rows: Sequence[Row] = getattr(new, group)
    seen = [known_by(row, group) for row in rows]
    found, read = places(known, seen), [number for number, row in enumerate(out) if row]
    if group == "children" and len(read) == len(rows):
        found = in_order(known, seen, found, read)
    for number, row in enumerate(rows):
        place = found.get(number)
        if place is None:
            out.append(row)
            known.append(seen[number])
        else:
            out[place] = _row(out[place], row, over)
            known[place] = both(known[place], seen[number])
    return tuple(out), tuple(known)


def _row(old: Row, new: Row, over: bool) -> Row:
    out: dict[str, Answer] = dict(old)
    for key, answer in new.items():
        if _risk_ends(key, out.get(key), answer):
            continue
        if (answered(answer) and (over or not answered(out.get(key)))) or key not in out:
            out[key] = answer
    return out


def _risk_ends(key: str, old: Answer | None, new: Answer) -> bool:
    """A later form's 'no' never ends that other children may be at risk: a person does."""
    at_risk = old is not None and old.value in AT_RISK
    return key == "other_children_at_risk" and at_risk and new.value not in AT_RISK
