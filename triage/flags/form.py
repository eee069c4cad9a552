"""Flags about what the form says and does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from triage.case import Case
from triage.clocks import la_aware
from triage.criteria import legal_statuses
from triage.current import answered, current_form
from triage.decision import reopened_on, standing_decision
from triage.evidence import Answer, Corrected
from triage.flags.flag import Flag
from triage.lowered import graver_beside, suggested
from triage.plain_words import question
from triage.sin_form import REQUIRED, SinForm
from triage.today import Today
from triage.values.blank import nothing_said
from triage.values.when import Age, first_day
from triage.working_days import london_day

NO_LEAD = "no consultation with a Safeguarding Lead or Senior Manager is recorded"
LEAVING_CARE_ENDS = 25
"""A care leaver counts to age 24 inclusive; a child is under 18 (Working Together)."""


def other_children_at_risk(case: Case, today: Today) -> Sequence[Flag]:
    """Other children may be at risk now. Both boxes ticked is treated as yes until asked."""
    answer = current_form(case).answers.get("other_children_at_risk")
    why = {
        "yes": "the form says other children may be at risk",
        "conflict": "both yes and no are ticked: taken as yes until the referrer is asked",
    }.get(str(answer.value) if answer else "")
    since = london_day(case.received_at)
    beside = graver_beside(case).get("other_children_at_risk")
    if not why and beside is not None:
        why, since = "another agency's form says other children may be at risk", london_day(beside)
    return [Flag("other children at risk now", why, since, "urgent")] if why else []


def lead_not_consulted(case: Case, today: Today) -> Sequence[Flag]:
    """Staff consult a Safeguarding Lead or Senior Manager in all circumstances (TSCP)."""
    answer = current_form(case).answers.get("safeguarding_lead_consulted")
    if answer is not None and answer.value == "yes":
        return []
    return [Flag("no safeguarding lead consulted", NO_LEAD, london_day(case.received_at))]


def required_paths(form: SinForm) -> Iterator[tuple[str, Answer | None]]:
    """Each answer needed for triage, by path, with what the form says."""
    for key in REQUIRED:
        yield key, form.answers.get(key)
    for number, child in enumerate(form.children or ({},)):
        yield f"children.{number}.child_name", child.get("child_name")
        born, due = child.get("date_of_birth"), child.get("expected_delivery_date")
        yield f"children.{number}.date_of_birth", due if answered(due) else born


def missing_answers(case: Case) -> list[str]:
    """The paths of the required answers that were not given."""
    return [path for path, answer in required_paths(current_form(case)) if not _given(answer)]


def uncertain_paths(case: Case, today: Today) -> list[str]:
    """The paths of required answers that were read less surely than a person would accept."""
    return [
        path
        for path, answer in required_paths(current_form(case))
        if answer is not None and _given(answer) and _unsure(answer, today.ask_below)
    ]


def _given(answer: Answer | None) -> bool:
    return answer is not None and (answered(answer) or bool(answer.doubt))


def _unsure(answer: Answer, ask_below: float) -> bool:
    return answer.confidence < ask_below or answer.value in (None, "conflict")


def required_answers(case: Case, today: Today) -> Sequence[Flag]:
    """A gap is a flag, never a refusal: referrers send what they know at once."""
    form, since = dict(required_paths(current_form(case))), london_day(case.received_at)
    return [
        Flag("required answer missing", f"{question(path)}{_instead(form[path])}", since)
        for path in missing_answers(case)
    ]


_INSTEAD = {
    "to come": ": the form says it will follow",
    "not known": ": the form says it is not known",
    "not applicable": ": the form says it does not apply",
}


def _instead(answer: Answer | None) -> str:
    """What a form says in place of an answer: what will follow is asked for otherwise."""
    return _INSTEAD.get(nothing_said(answer.text) or "", "") if answer is not None else ""


def uncertain_answers(case: Case, today: Today) -> Sequence[Flag]:
    """A required answer was read, but a person should look."""
    form, since = dict(required_paths(current_form(case))), london_day(case.received_at)
    flags = []
    for path in uncertain_paths(case, today):
        answer = form[path]
        doubt = answer.doubt if answer is not None and answer.doubt else "please check"
        flags.append(Flag("answer uncertain", f"{question(path)}: {doubt}", since))
    return flags


def dates_disagree(case: Case, today: Today) -> Sequence[Flag]:
    """The LA became aware after the referral came, or before the incident happened."""
    aware, assumed = la_aware(case)
    received = london_day(case.received_at)
    incident = _day(current_form(case), "incident_date")
    if assumed:
        return []
    if aware > received:
        why = "the date the LA became aware lies after the referral was received"
    elif incident is not None and aware < incident:
        why = "the date the LA became aware lies before the incident"
    else:
        return []
    return [Flag("answers disagree", why, received)]


def corrections_disputed(case: Case, today: Today) -> Sequence[Flag]:
    """The papers have come to say otherwise than staff; correcting again settles it."""
    came = [london_day(mail.at) for mail in case.mails if mail.form is not None]
    why = "the papers have come to say otherwise since it was corrected"
    return [
        Flag("answers disagree", f"{question(path)}: {why}", came[-1])
        for path, answer in current_form(case).every_answer()
        if isinstance(answer, Corrected) and answer.disputed
    ]


def _day(form: SinForm, key: str) -> date | None:
    answer = form.answers.get(key)
    return first_day(answer.value) if answer else None


def birth_impossible(case: Case, today: Today) -> Sequence[Flag]:
    """Born after the incident or the referral, or too old to be a child in this process."""
    form, received = current_form(case), london_day(case.received_at)
    at = _day(form, "incident_date") or received
    flags = []
    for number, child in enumerate(form.children):
        why = _impossible(child.get("date_of_birth"), min(at, received), form)
        if why:
            name = question(f"children.{number}.date_of_birth")
            flags.append(Flag("date of birth impossible", f"{name}: {why}", received))
    return flags


def _impossible(answer: Answer | None, at: date, form: SinForm) -> str:
    value = answer.value if answer else None
    limit = LEAVING_CARE_ENDS if "care leaver" in legal_statuses(form) else 18
    if isinstance(value, Age):
        return f"{limit} or older" if value.unit == "years" and value.count >= limit else ""
    born = first_day(value)
    if born is None:
        return ""
    if born > at:
        return "after the incident"
    years = at.year - born.year - ((at.month, at.day) < (born.month, born.day))
    return f"{limit} or older at the incident" if years >= limit else ""


def in_care(case: Case, today: Today) -> Sequence[Flag]:
    """A looked-after child's or care leaver's death is reported in any case."""
    found = legal_statuses(current_form(case)) & {"looked after", "care leaver"}
    since = london_day(case.received_at)
    return [
        Flag("looked-after child or care leaver", f"legal status: {status}", since, "notice")
        for status in sorted(found)
    ]


def elsewhere(case: Case, today: Today) -> Sequence[Flag]:
    """The child usually lives in another authority's area: two areas may have to work together."""
    homes = [c.get("usual_local_authority") for c in current_form(case).children]
    named = [a.value for a in homes if a is not None and isinstance(a.value, str) and a.value]
    ours = [n for n in named if "tameside" in n.lower() or today.register.called(n) == "csc"]
    since = london_day(case.received_at)
    why = "the usual local authority is not Tameside"
    return [Flag("another area", why, since, "notice")] if len(ours) < len(named) else []


def notification_suggested(case: Case, today: Today) -> Sequence[Flag]:
    """Answers suggest notifying the Panel and no decision is recorded yet (s16C(1))."""
    if (
        suggested(case, today.ask_below) != "notification"
        or standing_decision(case, today.ask_below) is not None
    ):
        return []
    why, since = "no decision is recorded yet; please check", london_day(case.received_at)
    reopened = reopened_on(case, today.ask_below)
    if reopened is not None:
        why = "the answers changed after it was decided not to notify; please decide again"
    return [Flag("answers suggest notification", why, reopened or since)]


def notification_not_suggested(case: Case, today: Today) -> Sequence[Flag]:
    """A notification is recorded although the answers do not suggest one; please check."""
    record = case.notification
    if record is None or not record.decided:
        return []
    if suggested(case, today.ask_below) != "no notification":
        return []
    name = "notification recorded but answers do not suggest it"
    return [Flag(name, "please check", london_day(record.at))]
