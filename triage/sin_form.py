"""The SIN form in canonical fields, whatever its layout or wording was.

The keys are those of the interface; their meaning is the Greater Manchester Serious Child
Safeguarding Incident Notification form. Required means 'needed for triage': a gap is a flag,
never a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from triage.evidence import Answer, Labelled

ANSWERS: Mapping[str, str] = {
    "referrer_name": "name",
    "referrer_role": "text",
    "referrer_agency": "agency",
    "referrer_email": "email",
    "referrer_phone": "phone",
    "referral_date": "date",
    "safeguarding_lead_consulted": "yes/no",
    "safeguarding_lead_name": "name",
    "safeguarding_lead_agency": "agency",
    "consulted_on": "date",
    "incident_date": "date",
    "incident_place": "text",
    "la_aware_date": "date",
    "outcome_for_child": "choice",
    "abuse_or_neglect": "choice",
    "harm_types": "choices",
    "incident_summary": "narrative",
    "immediate_actions": "narrative",
    "police_investigation": "yes/no",
    "crime_reference": "text",
    "other_children_at_risk": "yes/no",
    "media_interest": "yes/no",
    "parallel_processes": "choices",
    "linked_cases": "narrative",
    "criteria_met": "choice",
    "meets_notification": "yes/no",
    "wants_local_learning": "yes/no",
    "reason_for_referral": "narrative",
    "good_practice": "narrative",
    "learning_identified": "narrative",
    "panel_notified": "yes/no",
    "panel_notified_on": "date",
    "panel_reference": "text",
    "form_version": "text",
    "signature": "text",
    "signed_on": "date",
}
"""Key -> type of the answers asked once."""

CHILD: Mapping[str, str] = {
    "child_name": "name",
    "date_of_birth": "birth",
    "expected_delivery_date": "date",
    "date_of_death": "date",
    "gender": "gender",
    "ethnicity": "text",
    "religion": "text",
    "disability": "text",
    "first_language": "text",
    "interpreter_needed": "yes/no",
    "nhs_number": "nhs number",
    "home_address": "address",
    "postcode": "postcode",
    "whereabouts_at_incident": "text",
    "carer_at_incident": "text",
    "school_or_setting": "text",
    "gp_practice": "text",
    "legal_status": "choice",
    "usual_local_authority": "text",
    "social_care_id": "text",
}
FAMILY: Mapping[str, str] = {
    "name": "name",
    "relationship": "text",
    "date_of_birth": "birth",
    "address": "address",
    "legal_status": "text",
    "parental_responsibility": "yes/no",
    "household_member": "yes/no",
}
AGENCY: Mapping[str, str] = {
    "agency": "agency",
    "contact_name": "name",
    "contact_details": "text",
    "known": "yes/no",
    "involvement": "narrative",
    "information_attached": "yes/no",
}
EVENT: Mapping[str, str] = {"date": "date", "time": "text", "source": "text", "event": "narrative"}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "children": CHILD,
    "family": FAMILY,
    "agencies": AGENCY,
    "events": EVENT,
}
"""The repeating groups, each with its keys."""

REQUIRED: tuple[str, ...] = (
    "referrer_name",
    "referrer_agency",
    "referrer_email",
    "referral_date",
    "safeguarding_lead_consulted",
    "incident_date",
    "la_aware_date",
    "outcome_for_child",
    "abuse_or_neglect",
    "incident_summary",
    "reason_for_referral",
)
"""Needed for triage (and of each child: its name, and a date of birth, due date or age)."""

Row = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class SinForm:
    """One form as read: answers by canonical key, repeating groups, and what nobody knew.

    `form` is the vocabulary that knew it (sin_gm, or an older board's). A key that was not on
    the form is absent; a question left blank is absent too or has the value None.
    """

    form: str
    document: str
    answers: Row
    children: tuple[Row, ...] = ()
    family: tuple[Row, ...] = ()
    agencies: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    unmapped: tuple[Labelled, ...] = field(default=())

    def every_answer(self) -> Iterator[tuple[str, Answer]]:
        """Each answer with its path ('la_aware_date', 'children.0.date_of_birth')."""
        yield from self.answers.items()
        for group in GROUPS:
            for number, row in enumerate(getattr(self, group)):
                for key, answer in row.items():
                    yield f"{group}.{number}.{key}", answer
