"""What the papers of a case say now: the referral's answers, as revised forms changed them.

A revised form overrides an answer only where it gives one; a blank there takes nothing away.
Another agency's copy of the form never changes the referrer's answers, it only adds where
nothing was said. (Corrections by staff will stand before all of these, see docs/decisions.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from triage.case import Case
from triage.evidence import Answer
from triage.sin_form import Row, SinForm
from triage.values.names import normalise

NOTHING = SinForm(form="", document="", answers={})


def current_form(case: Case) -> SinForm:
    """One SinForm of all the case's forms, in order of receipt; empty if it has none."""
    current = NOTHING
    for mail in case.mails:
        if mail.form is not None:
            current = merged(current, mail.form, over=mail.kind != "contribution")
    return current


def merged(old: SinForm, new: SinForm, over: bool = True) -> SinForm:
    """`old` with what `new` says; `over` lets it replace answers that were already given."""
    if not old.answers and not old.children:
        return new
    kept = {(known.label, known.text) for known in old.unmapped}
    return replace(
        old,
        answers=_row(old.answers, new.answers, over),
        children=_rows(old.children, new.children, "child_name", over),
        family=_rows(old.family, new.family, "name", over),
        agencies=_rows(old.agencies, new.agencies, "agency", over),
        events=_rows(old.events, new.events, "event", over),
        unmapped=(*old.unmapped, *(u for u in new.unmapped if (u.label, u.text) not in kept)),
    )


def answered(answer: Answer | None) -> bool:
    """Something was said that can be used (both boxes ticked cannot)."""
    return answer is not None and answer.value not in (None, "", ())


def _row(old: Row, new: Row, over: bool) -> Row:
    out: dict[str, Answer] = dict(old)
    for key, answer in new.items():
        if (answered(answer) and (over or not answered(out.get(key)))) or key not in out:
            out[key] = answer
    return out


def _rows(old: Sequence[Row], new: Sequence[Row], key: str, over: bool) -> tuple[Row, ...]:
    out = list(old)
    for position, row in enumerate(new):
        place = _same_row(out, row, key, position, len(old) == len(new))
        if place is None:
            out.append(row)
        else:
            out[place] = _row(out[place], row, over)
    return tuple(out)


def _same_row(rows: Sequence[Row], row: Row, key: str, position: int, aligned: bool) -> int | None:
    wanted = _identity(row, key)
    for number, known in enumerate(rows):
        if wanted and _identity(known, key) == wanted:
            return number
    return position if aligned and position < len(rows) and key == "child_name" else None


def _identity(row: Mapping[str, Answer], key: str) -> str:
    answer = row.get(key)
    if answer is None:
        return ""
    return normalise(answer.value if isinstance(answer.value, str) else answer.text)
