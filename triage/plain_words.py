"""How the domain says things to people: the names of questions, and dates in words."""

from __future__ import annotations

from datetime import date

QUESTIONS = {
    "referrer_name": "referrer's name",
    "referrer_role": "referrer's job title",
    "referrer_agency": "referrer's agency",
    "referrer_email": "referrer's e-mail address",
    "referrer_phone": "referrer's telephone",
    "referral_date": "date of the referral",
    "safeguarding_lead_consulted": "whether a Safeguarding Lead or Senior Manager was consulted",
    "safeguarding_lead_name": "Safeguarding Lead's name",
    "safeguarding_lead_agency": "Safeguarding Lead's agency",
    "consulted_on": "date of the consultation",
    "incident_date": "date of the incident",
    "incident_place": "place of the incident",
    "la_aware_date": "date the LA became aware",
    "outcome_for_child": "outcome for the child",
    "abuse_or_neglect": "whether abuse or neglect is known or suspected",
    "harm_types": "kinds of harm",
    "incident_summary": "summary of the incident",
    "immediate_actions": "immediate actions taken",
    "police_investigation": "police investigation",
    "crime_reference": "crime reference",
    "other_children_at_risk": "whether other children are at risk",
    "media_interest": "media interest",
    "parallel_processes": "parallel processes",
    "linked_cases": "linked cases",
    "criteria_met": "which criteria the referrer considers",
    "meets_notification": "whether the referrer considers notification",
    "wants_local_learning": "whether the referrer asks for local learning",
    "reason_for_referral": "reason for the referral",
    "good_practice": "good practice",
    "learning_identified": "learning identified",
    "panel_notified": "whether the Panel was notified",
    "panel_notified_on": "date the Panel was notified",
    "panel_reference": "Panel reference",
    "form_version": "version of the form",
    "signature": "signature",
    "signed_on": "date signed",
    "child_name": "child's name",
    "date_of_birth": "date of birth",
    "expected_delivery_date": "expected delivery date",
    "date_of_death": "date of death",
    "nhs_number": "NHS number",
    "home_address": "home address",
    "gp_practice": "GP practice",
    "carer_at_incident": "who was caring at the time",
    "whereabouts_at_incident": "where the child was at the time",
    "school_or_setting": "school or setting",
    "legal_status": "legal status",
    "usual_local_authority": "usual local authority",
    "social_care_id": "social care number",
    "household_member": "in the household",
    "contact_name": "contact",
    "contact_details": "contact details",
    "known": "known to the agency",
    "information_attached": "information attached",
}


def question(path: str) -> str:
    """The plain name of a question by its key or path ('children.1.date_of_birth')."""
    group, _, rest = path.partition(".")
    if not rest:
        return QUESTIONS.get(path, path.replace("_", " "))
    number, _, key = rest.partition(".")
    name = QUESTIONS.get(key, key.replace("_", " "))
    if group == "children":
        return name if number == "0" else f"{name} (child {int(number) + 1})"
    return f"{name} ({group} row {int(number) + 1})"


def day_in_words(day: date | None) -> str:
    """'3 March 2026'; 'no date' for None."""
    return f"{day.day} {day:%B %Y}" if day else "no date"


def counted(number: int, noun: str) -> str:
    """'1 contribution', '2 contributions'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
