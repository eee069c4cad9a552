"""What a form that came again says otherwise than the case's papers did."""

from __future__ import annotations

from dataclasses import replace

from triage.case import Case, FiledMail
from triage.corrections import folded
from triage.current import answered, form_as_read
from triage.plain_words import question
from triage.sin_form import SinForm


def changed_questions(case: Case, form: SinForm) -> tuple[str, ...]:
    """The questions a new form answers differently, in plain words; never the answers.

    It is held against the papers: what staff corrected is no change of theirs.
    """
    revised = FiledMail("", case.received_at, "revised referral", "", form=form)
    before = dict(form_as_read(case).every_answer())
    after = form_as_read(replace(case, mails=(*case.mails, revised)))
    changed = [
        question(path)
        for path, answer in after.every_answer()
        if answered(answer)
        and (path not in before or folded(before[path].value) != folded(answer.value))
    ]
    return tuple(dict.fromkeys(changed))


def adds_something(case: Case, form: SinForm) -> bool:
    """Whether a form says anything that the case's papers do not, in or beside its questions."""
    known = {(u.label, folded(u.text)) for u in form_as_read(case).unmapped}
    beside = any((u.label, folded(u.text)) not in known for u in form.unmapped if u.text.strip())
    return beside or bool(changed_questions(case, form))
