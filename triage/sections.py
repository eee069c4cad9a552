"""The parts of a form, as staff see a case and as a revised form is compared with it."""

from __future__ import annotations

from collections.abc import Mapping

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
FURTHER = "Further"
_ROWS = {"children": "Child", "family": "Family", "agencies": "Agency", "events": "Event"}


def section_of(path: str) -> str:
    """The part of the form a question stands in, by its key or path ('children.1.gender')."""
    group, _, rest = path.partition(".")
    if rest:
        return f"{_ROWS[group]} {int(rest.partition('.')[0]) + 1}"
    return next((title for title, keys in SECTIONS.items() if path in keys), FURTHER)
