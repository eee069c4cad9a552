"""What a form that came again says otherwise than the case's papers did."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten

from triage.case import Case, FiledMail
from triage.corrections import folded
from triage.current import answered, form_as_read
from triage.plain_words import question
from triage.sections import section_of
from triage.sin_form import SinForm

_NAMED, _LABEL = 6, 60  # labels that a flag names, and the letters of each


def changed_questions(case: Case, form: SinForm) -> tuple[str, ...]:
    """The questions a new form answers differently, in plain words; never the answers.

    It is held against the papers: what staff corrected is no change of theirs.
    """
    return tuple(dict.fromkeys(question(path) for path in _changed(case, form)))


def _changed(case: Case, form: SinForm) -> list[str]:
    revised = FiledMail("", case.received_at, "revised referral", "", form=form)
    before = dict(form_as_read(case).every_answer())
    after = form_as_read(replace(case, mails=(*case.mails, revised)))
    return [
        path
        for path, answer in after.every_answer()
        if answered(answer)
        and (path not in before or folded(before[path].value) != folded(answer.value))
    ]


def _by_section(paths: list[str]) -> str:
    """'Incident: place of the incident; Child 2: gender'."""
    parts: dict[str, list[str]] = {}
    for path in paths:
        parts.setdefault(section_of(path), []).append(question(path))
    return "; ".join(f"{title}: {', '.join(dict.fromkeys(q))}" for title, q in parts.items())


def added_beside(case: Case, form: SinForm) -> tuple[str, ...]:
    """The labels of what a new form says beside our questions and the case's papers do not, as in
    the sections that other agencies or the office fill in; '' where such a text has no label."""
    known = {(u.label, folded(u.text)) for u in form_as_read(case).unmapped}
    new = [u for u in form.unmapped if u.text.strip() and (u.label, folded(u.text)) not in known]
    return tuple(dict.fromkeys(u.label for u in new))


def what_changed(case: Case, form: SinForm) -> str:
    """What a form that came again says otherwise or besides, section by section; never what."""
    changed, beside = _by_section(_changed(case, form)), added_beside(case, form)
    said = f"changed: {changed}" if changed else "no answer changed"
    if not beside:
        return said
    named = [f"'{shorten(label, _LABEL, placeholder='…')}'" for label in beside if label][:_NAMED]
    more = len(beside) - len(named)
    rest = [f"{more} more" if named else f"{more} texts"] if more else []
    return f"{said}; new beside our questions: {', '.join([*named, *rest])}"


def adds_something(case: Case, form: SinForm) -> bool:
    """Whether a form says anything that the case's papers do not, in or beside its questions."""
    return bool(added_beside(case, form) or _changed(case, form))
