"""The answers of a form, grouped as on it, each with what was typed, where, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.case import Case
from triage.current import answered, current_form
from triage.evidence import Answer, Evidence, Labelled
from triage.flags.form import missing_answers
from triage.plain_words import QUESTIONS
from triage.shown import shown_value
from triage.sin_form import AGENCY, ANSWERS, CHILD, EVENT, FAMILY, Row, SinForm
from triage.today import Today

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Referrer": (
        "referrer_name",
        "referrer_role",
        "referrer_agency",
        "referrer_email",
        "referrer_phone",
        "referral_date",
    ),
    "Safeguarding Lead": (
        "safeguarding_lead_consulted",
        "safeguarding_lead_name",
        "safeguarding_lead_agency",
        "consulted_on",
    ),
    "Incident": (
        "incident_date",
        "incident_place",
        "la_aware_date",
        "outcome_for_child",
        "abuse_or_neglect",
        "harm_types",
        "incident_summary",
        "immediate_actions",
        "other_children_at_risk",
        "police_investigation",
        "crime_reference",
        "parallel_processes",
        "media_interest",
        "linked_cases",
    ),
    "Criteria": (
        "criteria_met",
        "meets_notification",
        "wants_local_learning",
        "reason_for_referral",
        "panel_notified",
        "panel_notified_on",
        "panel_reference",
        "good_practice",
        "learning_identified",
    ),
}
"""The sections of answers asked once, in the order of the form; what is left is 'Further'."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer for people. `typed` is '' where it says no more than the value."""

    question: str
    value: str
    typed: str
    place: str
    sure: bool
    confidence: str
    doubt: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: what was answered, and the questions that were not."""

    title: str
    answers: tuple[Shown, ...]
    unanswered: tuple[str, ...] = ()


def sections(case: Case, today: Today) -> list[Section]:
    """Every part of the form in which something was asked or is needed."""
    form, missing = current_form(case), frozenset(missing_answers(case))
    named = {key for keys in SECTIONS.values() for key in keys}
    further = tuple(key for key in ANSWERS if key not in named)
    parts = [
        _section(title, form.answers, {key: ANSWERS[key] for key in keys}, missing, today)
        for title, keys in SECTIONS.items()
    ]
    return [
        *parts[:2],
        *_rows(form.children, "children", "Child", CHILD, missing, today),
        *_rows(form.family, "family", "Family and household", FAMILY, missing, today),
        *parts[2:],
        *_agencies(form, missing, today),
        *_rows(form.events, "events", "Key event", EVENT, missing, today),
        _section("Further answers", form.answers, {k: ANSWERS[k] for k in further}, missing, today),
    ]


def _agencies(form: SinForm, missing: frozenset[str], today: Today) -> Iterator[Section]:
    """Each agency's row under the agency's name."""
    rows = _rows(form.agencies, "agencies", "Agency", AGENCY, missing, today)
    for row, section in zip(form.agencies, rows, strict=True):
        agency = row.get("agency")
        name = _value(agency, "agency", today) if agency else ""
        yield Section(f"Agency: {name}" if name else section.title, *_of(section))


def _of(section: Section) -> tuple[tuple[Shown, ...], tuple[str, ...]]:
    return section.answers, section.unanswered


def _rows(
    rows: Sequence[Row],
    group: str,
    title: str,
    kinds: Mapping[str, str],
    missing: frozenset[str],
    today: Today,
) -> Iterator[Section]:
    for number, row in enumerate(rows):
        path = f"{group}.{number}."
        own = frozenset(p.removeprefix(path) for p in missing if p.startswith(path))
        yield _section(f"{title} {number + 1}", row, kinds, own, today)


def _section(
    title: str, row: Row, kinds: Mapping[str, str], missing: frozenset[str], today: Today
) -> Section:
    shown, unanswered = [], []
    for key, kind in kinds.items():
        answer = row.get(key)
        if answer is not None and (answered(answer) or answer.doubt or answer.text.strip()):
            shown.append(_shown(key, kind, answer, today))
        elif key in missing:
            shown.append(Shown(_question(key), "", "", "", False, "", "", needed=True))
        elif answer is not None:
            unanswered.append(_question(key))
    return Section(title, tuple(shown), tuple(unanswered))


def _shown(key: str, kind: str, answer: Answer, today: Today) -> Shown:
    value = _value(answer, kind, today)
    unusable = answer.value == "conflict" or (answer.value is None and bool(answer.doubt))
    unsure = answer.confidence < today.ask_below or unusable
    return Shown(
        question=_question(key),
        value=value,
        typed="" if _same(value, answer.text) else answer.text.strip(),
        place=place(answer.evidence),
        sure=not unsure,
        confidence=f"{answer.confidence:.2f}",
        doubt=answer.doubt,
    )


def _value(answer: Answer, kind: str, today: Today) -> str:
    """The value in words."""
    if answer.value is None:
        return ""
    if answer.value == "conflict":
        return "both yes and no are ticked"
    said = shown_value(answer.value)
    if kind == "agency":
        return today.register.name(said)
    if kind in ("yes/no", "choice", "choices", "gender"):
        said = "not known" if said == "unknown" else said
        return said[:1].upper() + said[1:]
    return said


def _same(value: str, text: str) -> bool:
    return " ".join(value.split()).casefold() == " ".join(text.split()).casefold()


def _question(key: str) -> str:
    name = QUESTIONS.get(key, key.replace("_", " "))
    return name[:1].upper() + name[1:]


def place(where: Evidence) -> str:
    """'page 2, table 3, row 5, cell 2': where to look in the document."""
    parts = [f"page {where.page}"] if where.page else []
    parts += [where.cell] if where.cell else []
    if not parts and where.box:
        left, top = where.box[:2]
        parts.append(f"{left:.0f} points from the left, {top:.0f} from the top")
    return ", ".join(parts) or where.method


def unknown_questions(form: SinForm) -> list[tuple[Labelled, str]]:
    """Questions the vocabulary does not know, with where they stand."""
    return [(labelled, place(labelled.evidence)) for labelled in form.unmapped]
