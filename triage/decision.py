"""The decision to notify or not, and whether it still holds: it knew only the answers of its day.

Source: Children Act 2004 s16C(1); domain.md: a clock may start late, when new facts come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from triage.case import Case, Notification
from triage.criteria import legal_statuses, suggestion, sure_value
from triage.current import current_form
from triage.lowered import graver_beside, lowered_answers, suggested
from triage.sin_form import SinForm
from triage.working_days import london_day

IN_CARE = ("looked after", "care leaver")
REOPENED = (
    "it was decided not to notify before the answers changed to what suggests notification; "
    "assumed from when they changed"
)


def telling_answers(form: SinForm) -> tuple[str, ...]:
    """The answers on which it hangs whether to notify, as a decision remembers them."""
    given = {key: form.answers.get(key) for key in ("outcome_for_child", "abuse_or_neglect")}
    said = [f"{key}: {answer.value}" for key, answer in given.items() if answer is not None]
    return (*said, *sorted(legal_statuses(form) & set(IN_CARE)))


def standing_decision(case: Case, ask_below: float) -> Notification | None:
    """The record that holds now. 'No' holds no longer once the answers changed to what suggests
    notification: None then, as before any decision."""
    record = case.notification
    if record is None or record.decided:
        return record
    form = current_form(case)
    changed = telling_answers(form) != _knew(case, record)
    return None if changed and suggestion(form, ask_below) == "notification" else record


def reopened_on(case: Case, ask_below: float) -> date | None:
    """The London day the new answers came by which a decided 'no' holds no longer; else None."""
    record = case.notification
    if record is None or standing_decision(case, ask_below) is not None:
        return None
    came = [mail.at for mail in case.mails if mail.form is not None]
    came += [correction.at for correction in case.corrections]
    return london_day(min((at for at in came if at > record.at), default=record.at))


def on_local_path(case: Case, ask_below: float) -> bool:
    """Whether the longer times of a local learning review hold for this case.

    So it is where staff decided not to notify, and, before they decided, for a near miss and
    where 'local learning' is ticked and the answers do not suggest notification.
    """
    record = standing_decision(case, ask_below)
    if record is not None:
        return not record.decided
    graver = lowered_answers(case).keys() | graver_beside(case).keys()
    if suggested(case, ask_below) == "notification" or "outcome_for_child" in graver:
        return False
    form = current_form(case)
    wants = form.answers.get("wants_local_learning")
    criteria = form.answers.get("criteria_met")
    return (
        sure_value(form.answers.get("outcome_for_child"), ask_below) == "near miss"
        or sure_value(criteria, ask_below) == "local learning"
        or sure_value(wants, ask_below) == "yes"
    )


def _knew(case: Case, record: Notification) -> tuple[str, ...]:
    """What the decision knew; of older records, which do not say, what had come by then."""
    return record.knew if record.knew is not None else telling_answers(_form_at(case, record.at))


def _form_at(case: Case, moment: datetime) -> SinForm:
    mails = tuple(mail for mail in case.mails if mail.at <= moment)
    corrections = tuple(one for one in case.corrections if one.at <= moment)
    return current_form(replace(case, mails=mails, corrections=corrections))
