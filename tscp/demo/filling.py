"""A form filled in by a fictitious professional about a fictitious incident, from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tscp.demo.forms import FormContent
from tscp.demo.incidents import NO, UNKNOWN, YES, Filled, incidents
from tscp.demo.people import People, Person
from tscp.demo.people import agency_name as name_of
from tscp.demo.people import words as invented
from tscp.demo.typed import (
    BIRTH_STYLES,
    Answers,
    Typed,
    any_day,
    day,
    nhs_number,
    nothing,
    telephone,
    words,
)

PARTNERS = ("csc", "gmp", "icb")


class FormWriter:
    """Fills in one form; the same seed fills it in the same way."""

    def __init__(self, seed: object, theme: str, on: date, children: int = 1) -> None:
        self.rng = random.Random(f"form {seed}")
        self.people = People(f"form {seed}")
        self.theme = incidents()[theme]
        self.on = on
        self.happened = on - timedelta(days=self.rng.randrange(1, 3))
        self.style = tuple(self.rng.sample(BIRTH_STYLES, 2))
        surname = self.people.surname()
        self.carer = self.people.adult(surname, on, "female")
        self.partner = self.people.adult(self.people.surname(), on, "male")
        self.address = self.people.address()
        self.children = self._children(surname, children)
        self.referrer = self.people.professional(self.theme["referrer"])
        self.lead = self.people.professional(self.referrer.agency)

    def _children(self, surname: str, count: int) -> tuple[Person, ...]:
        low, high = self.theme["ages"]
        if low < 0:
            return (Person("Baby", surname.upper(), "", None),)
        ages = [self.rng.randrange(low, high) + 700 * number for number in range(count)]
        made: dict[str, Person] = {}
        while len(made) < count:
            child = self.people.child(surname, self.happened, ages[len(made)])
            made.setdefault(child.given, child)
        return tuple(made.values())

    def filled(self, wording: str = "full", version: str = "") -> Filled:
        """The whole form and its people."""
        children = tuple(self._child(child, n) for n, child in enumerate(self.children))
        answers = {**self._referrer(), **self._incident(), **self._criteria()}
        family, agencies, events = self._family(), self._agencies(), self._events()
        extra = (
            ("Ward", self.address.town),
            ("Name of health visitor / school nurse", "Not known"),
        )
        form = FormContent(answers, children, family, agencies, events, extra[:1], wording, version)
        return Filled(form, self.referrer, self.children, self.carer, self.address)

    def date(self, on: date) -> Typed:
        """A day in one of the ways this person writes days."""
        return any_day(self.rng, on)

    def _referrer(self) -> Answers:
        who, lead = self.referrer, self.lead
        return {
            "referrer_name": words(who.name),
            "referrer_role": words(who.role),
            "referrer_agency": Typed(who.agency_name, who.agency),
            "referrer_email": words(who.email),
            "referrer_phone": telephone(who.phone),
            "referral_date": self.date(self.on),
            "safeguarding_lead_consulted": YES,
            "safeguarding_lead_name": words(lead.name),
            "safeguarding_lead_agency": Typed(lead.agency_name, lead.agency),
            "consulted_on": self.date(self.on),
        }

    def _incident(self) -> Answers:
        theme, criminal = self.theme, "criminal" in self.theme["parallel"]
        crime = f"CRI/06XX/{self.rng.randrange(10000):04d}/{self.on:%y}"
        return {
            "incident_date": self.date(self.happened),
            "incident_place": words(theme["place"]),
            "la_aware_date": self.date(self.on),
            "outcome_for_child": Typed(theme["outcome"].capitalize(), theme["outcome"]),
            "abuse_or_neglect": Typed(theme["abuse"].capitalize(), theme["abuse"]),
            "harm_types": Typed(", ".join(theme["harm"]), list(theme["harm"])),
            "incident_summary": words(self._told("summary")),
            "immediate_actions": words(self._told("actions")),
            "police_investigation": YES if criminal else NO,
            "crime_reference": words(crime) if criminal else nothing("N/A"),
            "other_children_at_risk": NO,
            "media_interest": self.rng.choice((NO, UNKNOWN)),
            "parallel_processes": Typed(", ".join(theme["parallel"]), theme["parallel"] or None),
        }

    def _criteria(self) -> Answers:
        theme = self.theme
        return {
            "criteria_met": Typed(theme["criteria"].capitalize(), theme["criteria"]),
            "reason_for_referral": words(self._told("reason")),
            "good_practice": self._perhaps("practice"),
            "learning_identified": self._perhaps("learning"),
            "panel_notified": NO,
            "panel_notified_on": nothing("N/A"),
            "panel_reference": nothing(),
            "signature": words(self.referrer.name),
            "signed_on": self.date(self.on),
        }

    def _told(self, part: str) -> str:
        told: str = self.theme[part]
        return told.format(child=self.children[0].given, carer=self.carer.name)

    def _perhaps(self, part: str) -> Typed:
        return (
            words(self._told(part)) if self.theme[part] else nothing(self.rng.choice(("", "TBC")))
        )

    def _child(self, child: Person, number: int) -> Answers:
        dead = self.theme["outcome"] == "death"
        small = child.born is None or (self.on - child.born).days < 900
        school = (
            nothing("N/A")
            if small
            else words(invented("schools")[(number + self.rng.randrange(3)) % 3])
        )
        born, due = nothing("Unborn"), nothing()
        if child.born is None:
            due = self.date(self.on + timedelta(days=-self.theme["ages"][0]))
        else:
            born = any_day(self.rng, child.born, self.style)
        return {
            "child_name": words(child.name),
            "date_of_birth": born,
            "expected_delivery_date": due,
            "date_of_death": self.date(self.happened) if dead else nothing(),
            "gender": Typed(child.sex.capitalize(), child.sex or None),
            **self._circumstances(child),
            "school_or_setting": school,
            "gp_practice": words(self.rng.choice(invented("surgeries"))),
            "legal_status": Typed("None", "none"),
            "usual_local_authority": words("Tameside"),
            "social_care_id": words(f"LCS{self.rng.randrange(10**6):06d}"),
        }

    def _circumstances(self, child: Person) -> Answers:
        number = nothing("TBC") if child.born is None else nhs_number(self.people.nhs_number())
        return {
            "ethnicity": words(self.rng.choice(invented("ethnicities"))),
            "religion": nothing("Not known") if self.rng.random() < 0.5 else words("Christian"),
            "disability": words("None known"),
            "first_language": words("English"),
            "interpreter_needed": NO,
            "nhs_number": number,
            "home_address": words(self.address.line),
            "postcode": words(self.address.postcode),
            "whereabouts_at_incident": words(self.theme["place"]),
            "carer_at_incident": words(f"{self.carer.name} (mother)"),
        }

    def _family(self) -> tuple[Answers, ...]:
        adults = ((self.carer, "Mother", YES), (self.partner, "Mother's partner", NO))
        rows = [self._member(who, how, parent) for who, how, parent in adults]
        return tuple(rows)

    def _member(self, who: Person, how: str, parent: Typed) -> Answers:
        assert who.born is not None
        return {
            "name": words(who.name),
            "relationship": words(how),
            "date_of_birth": day(who.born, self.style[0]),
            "address": words(self.address.line),
            "parental_responsibility": Typed(parent.text[0], parent.value),
            "household_member": Typed("Y", "yes"),
        }

    def _agencies(self) -> tuple[Answers, ...]:
        known: dict[str, str] = dict(self.theme["known"])
        others = [agency for agency in PARTNERS if agency not in known]
        asked = [*known, *(a for a in others if a != self.referrer.agency)]
        return tuple(self._agency(agency, known.get(agency)) for agency in asked)

    def _agency(self, agency: str, involvement: str | None) -> Answers:
        contact = self.people.professional(agency)
        reach = contact.phone if self.rng.random() < 0.4 else contact.email
        return {
            "agency": Typed(name_of(agency), agency),
            "contact_name": words(contact.name),
            "contact_details": words(reach),
            "known": YES if involvement else UNKNOWN,
            "involvement": words(involvement) if involvement else nothing(),
        }

    def _events(self) -> tuple[Answers, ...]:
        before = self.happened - timedelta(days=self.rng.randrange(20, 90))
        told = (
            (before, "09:30", "GP", "Last routine contact before the incident."),
            (self.happened, "06:45", "NWAS", "Emergency call received."),
            (self.on, "14:00", "CSC", "Strategy discussion held."),
        )
        return tuple(
            {
                "date": self.date(on),
                "time": words(at),
                "source": words(source),
                "event": words(event),
            }
            for on, at, source, event in told
        )


def fill(
    seed: object,
    theme: str,
    on: date,
    *,
    children: int = 1,
    wording: str = "full",
    version: str = "",
    **answers: Typed,
) -> Filled:
    """A form about a theme, referred on a day; single answers can be given."""
    writer = FormWriter(seed, theme, on, children)
    filled = writer.filled(wording, version)
    if not answers:
        return filled
    form = filled.form.but(**answers)
    return Filled(form, filled.referrer, filled.children, filled.carer, filled.address)
