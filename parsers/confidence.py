"""How sure an answer is: of its label, of its value, and of the form as a whole.

Conservative on purpose: 0.95 and more means a clean value under a label that is listed, or whose
words fit one question of its section only. Below it a person is asked, which is a minute's work;
a child's case misread is not. How it was counted stands in docs/accuracy.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from parsers.asked import Asked
from parsers.meaning import EXACT, HERE, PATTERN, TAUGHT
from parsers.options import has_box
from parsers.reading import Text
from parsers.seen import most_sure
from parsers.typed import Typed
from triage.evidence import Answer
from triage.values.when import Age, Day, first_day

_MOST = 0.99  # how sure the surest value is of itself
GROUNDS = {
    "exact label": 0.99,
    "taught label": 0.99,
    "label of its section": 0.99,
    "label of its section, no heading": 0.92,  # 'Name' where nothing says whose
    "known words, telling value": 0.975,
    "known words, free answer": 0.97,
    "known words, yes or no": 0.92,  # either could answer any question
    "known words, a date": 0.93,  # a form asks for many, clocks start by them, the corpus has few
    "known words, no heading": 0.88,
    "known words of several fields": 0.85,
    "shared words": 0.85,
    "slip of the pen": 0.92,
    "boxes in the label": 0.6,  # part of its list of options was taken for the label
}
"""How sure a label is by the way it was found; docs/accuracy.md has the counts these rest on."""
_TELLING = frozenset(
    (
        *("email", "phone", "nhs number", "postcode"),
        *("agency", "gender", "choice", "choices"),
    )
)
"""Types whose values could answer few other questions; names and free words answer any."""
RECOGNISED = 0.99
"""How sure the clearest words of a picture are: as sure as an answer can be."""
_ALONE, _SEVERAL = 0.9, 0.8  # meaning.py: the only field its words fit, or the best of several
_SHORT = 80  # characters; what is longer is a narrative
SENT = ("referral_date", "signed_on")
"""The answers that tell when the form was sent, the first that is given counts."""
_OLDEST = 25  # years; care leavers are heard of to 24
_DATES_OF_PAST = ("incident_date", "la_aware_date", "consulted_on", "panel_notified_on")


def ground(asked: Asked, value: Typed) -> str:
    """On which of GROUNDS an answer rests."""
    assert asked.found is not None
    how, sure = asked.found.how, asked.found.sure
    if has_box(asked.label) and how == PATTERN:
        return "boxes in the label"
    if how == HERE:
        return "label of its section" if asked.section else "label of its section, no heading"
    if how != PATTERN:
        return {EXACT: "exact label", TAUGHT: "taught label"}.get(how, "slip of the pen")
    if sure < _ALONE:
        return "shared words" if sure > _SEVERAL else "known words of several fields"
    if not asked.section:
        return "known words, no heading"
    if asked.found.field.type in ("date", "birth"):
        return "known words, a date"
    if asked.found.field.type == "yes/no":
        return "known words, yes or no"
    telling = asked.found.field.type in _TELLING and value.value is not None
    return f"known words, {'telling value' if telling else 'free answer'}"


def sureness(asked: Asked, value: Typed) -> float:
    """How sure one answer is, from how its label was found and how its value was read."""
    assert asked.found is not None
    rests_on = ground(asked, value)
    most = GROUNDS[rests_on]
    if not rests_on.startswith("known words"):
        most = min(most, asked.found.sure)
    sure = most * asked.sure * value.sure / _MOST
    return round(min(sure * legibility(asked.answer), most_sure(asked, value)), 3)


def legibility(text: Text) -> float:
    """How surely an answer was recognised in a picture (scan_words.py); 1 for what was typed.

    One doubtful word makes a short answer doubtful; a narrative is as sure as its words are on
    the average.
    """
    seen = [(run.sure, len(run.text)) for run in text if run.text.strip()]
    if all(sure == 1 for sure, _ in seen):
        return 1.0
    letters = sum(length for _, length in seen)
    least = min(sure for sure, _ in seen)
    if letters <= _SHORT:
        return least / RECOGNISED
    return max(least, sum(sure * length for sure, length in seen) / letters) / RECOGNISED


def doubted(answer: Answer, sure: float, doubt: str) -> Answer:
    """The answer, no surer than this, with the reason."""
    return replace(answer, confidence=min(answer.confidence, sure), doubt=answer.doubt or doubt)


def sent_about(answers: Mapping[str, Answer]) -> date | None:
    """About when the form was sent: its own date, else the signature's."""
    days = (first_day(answers[key].value) for key in SENT if key in answers)
    return next((day for day in days if day), None)


def checked_answers(answers: Mapping[str, Answer], near: date | None) -> dict[str, Answer]:
    """Doubts that only the other answers raise: dates after the form itself was sent."""
    checked = dict(answers)
    for key in _DATES_OF_PAST:
        day = first_day(checked[key].value) if key in checked else None
        if day and near and day > near:
            checked[key] = doubted(checked[key], 0.6, "this is later than the form itself")
    told = Counter(answer.text for answer in checked.values())
    for key, answer in checked.items():
        if len(answer.text) >= _SHORT and told[answer.text] > 1:
            checked[key] = doubted(answer, 0.9, "the same text answers two questions")
    return checked


KNOWN_BY = {
    "events": ("date",),
    "family": ("name", "relationship"),
    "agencies": ("agency",),
    "children": ("child_name", "date_of_birth", "expected_delivery_date"),
}
"""Without any of these a row of the group is most likely the rest of one that was torn apart."""
_WITHOUT = {
    "events": "no date stands with this event",
    "family": "nobody's name stands with this",
    "agencies": "no agency stands with this",
    "children": "no child's name stands with this",
}


def checked_rest(row: Mapping[str, Answer], group: str) -> Mapping[str, Answer]:
    """A row of a group; a person is asked about one that nothing says whom or what it is about."""
    if any(key in row and (row[key].value is not None or row[key].text) for key in KNOWN_BY[group]):
        return row
    return {key: doubted(answer, 0.6, _WITHOUT[group]) for key, answer in row.items()}


def _too_old(age: object) -> bool:
    return isinstance(age, Age) and age.unit == "years" and age.count > _OLDEST


def checked_child(row: Mapping[str, Answer], incident: date | None) -> dict[str, Answer]:
    """Doubts about a child's dates: born after the incident, or far too old to be a child."""
    checked = dict(row)
    birth, death = checked.get("date_of_birth"), checked.get("date_of_death")
    born = first_day(birth.value) if birth else None
    if birth and born:
        if incident and born > incident:
            checked["date_of_birth"] = doubted(birth, 0.5, "born after the incident")
        elif incident and incident.year - born.year > _OLDEST:
            checked["date_of_birth"] = doubted(birth, 0.5, "too old to be a child")
        elif incident and born == incident:
            checked["date_of_birth"] = doubted(birth, 0.9, "born on the day of the incident")
    elif birth and _too_old(birth.value):
        checked["date_of_birth"] = doubted(birth, 0.5, "too old to be a child")
    if death and born and isinstance(death.value, Day) and death.value.on < born:
        checked["date_of_death"] = doubted(death, 0.5, "died before being born")
    return checked
