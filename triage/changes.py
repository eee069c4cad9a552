"""What a form that came again says otherwise than the case's papers did."""

from __future__ import annotations

from triage.case import Case
from triage.current import answered, current_form, merged
from triage.plain_words import question
from triage.sin_form import SinForm


def changed_questions(case: Case, form: SinForm) -> tuple[str, ...]:
    """The questions a new form answers differently, in plain words; never the answers."""
    before = dict(current_form(case).every_answer())
    after = merged(current_form(case), form)
    changed = [
        question(path)
        for path, answer in after.every_answer()
        if answered(answer)
        and (path not in before or _folded(before[path].value) != _folded(answer.value))
    ]
    return tuple(dict.fromkeys(changed))


def adds_something(case: Case, form: SinForm) -> bool:
    """Whether a form says anything that the case's papers do not, in or beside its questions."""
    known = {(u.label, _folded(u.text)) for u in current_form(case).unmapped}
    beside = any((u.label, _folded(u.text)) not in known for u in form.unmapped if u.text.strip())
    return beside or bool(changed_questions(case, form))


def _folded(value: object) -> object:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value
