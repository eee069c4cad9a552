"""What staff correct stands before what was read, stays with its child, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from cases import AT, AWARE, MAX, RECEIVED, TILLY, a_case, a_filed, a_letter, a_sin_form, seen_on
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.case import Case
from triage.changes import changed_questions
from triage.clocks import clocks
from triage.correcting import Said, correction, sound_path, withdrawal
from triage.current import current_form, form_as_read
from triage.evidence import Answer, Corrected, Value
from triage.flags import flags
from triage.flags.form import missing_answers, uncertain_paths
from triage.identity import keys_of_case
from triage.looking_back import as_of
from triage.matching import Candidate, match_form
from triage.problem import Problem
from triage.queue import queue_entry
from triage.twins import Copies
from triage.values.when import Day

LATER = AT + timedelta(hours=1)
ZOE = {"child_name": "Zoe Exampleton", "date_of_birth": date(2018, 1, 2)}


def corrected(case: Case, path: str, value: Value | date | None, text: str = "as typed") -> Case:
    """The case with this answer corrected by sam."""
    kept = Day(value) if isinstance(value, date) else value
    fact = correction(case, path, Said(kept, text, LATER, "sam", "she rang"))
    assert not isinstance(fact, Problem), fact
    return replace(case, corrections=(*case.corrections, fact))


def withdrawn(case: Case, path: str) -> Case:
    """The case with the correction of this answer taken back."""
    fact = withdrawal(case, path, Said(None, "", LATER, "sam", ""))
    assert not isinstance(fact, Problem), fact
    return replace(case, corrections=(*case.corrections, fact))


def with_form(
    case: Case, *children: dict[str, Any], kind: str = "revised referral", **answers: Any
):
    """The case after a further form with these children came."""
    mail = a_filed(a_sin_form(children, **answers), AT + timedelta(days=1), kind=kind)
    return replace(case, mails=(*case.mails, mail))


def answer(case: Case, path: str) -> Answer | None:
    """An answer by its path."""
    return dict(current_form(case).every_answer()).get(path)


def value(case: Case, path: str) -> Any:
    """Its value."""
    found = answer(case, path)
    return found.value if found else None


def disputes(case: Case) -> list[str]:
    """What 'answers disagree' says of corrections."""
    raised = flags(case, seen_on(RECEIVED + timedelta(days=2)))
    named = [f.why for f in raised if f.name == "answers disagree" and "was corrected" in f.why]
    return [why.split(":")[0] for why in named]


# ---- one answer -----------------------------------------------------------------------------


def test_a_correction_says_who_and_what_the_papers_say() -> None:
    case = corrected(a_case(), "la_aware_date", date(2026, 3, 2), "2nd March 2026")
    found, read = answer(case, "la_aware_date"), answer(a_case(), "la_aware_date")
    assert isinstance(found, Corrected)
    assert (found.value, found.text, found.confidence) == (
        Day(date(2026, 3, 2)),
        "2nd March 2026",
        1.0,
    )
    assert (found.was, found.by, found.why, found.disputed) == (read, "sam", "she rang", False)
    assert (found.evidence.method, found.evidence.cell) == (
        "corrected",
        "corrected by sam on 4 March 2026",
    )
    assert form_as_read(case) == current_form(a_case())


def test_clocks_flags_and_the_queue_follow_the_correction() -> None:
    near_miss = corrected(a_case(), "outcome_for_child", "near miss")
    assert "notification" in {clock.name for clock in clocks(a_case(), seen_on())}
    assert "notification" not in {clock.name for clock in clocks(near_miss, seen_on())}
    assert queue_entry(near_miss, seen_on()).outcome_for_child == "near miss"
    earlier = corrected(a_case(), "la_aware_date", date(2026, 2, 2))
    due = {clock.name: clock.due_on for clock in clocks(earlier, seen_on())}
    assert due["notification"] == date(2026, 2, 9)
    asked = corrected(a_case(), "other_children_at_risk", "yes")
    assert queue_entry(asked, seen_on()).urgent
    renamed = corrected(a_case(), "children.0.child_name", "Anna Berry")
    assert queue_entry(renamed, seen_on()).initials == ("A.B.",)


def test_an_uncertain_answer_confirmed_by_staff_is_certain() -> None:
    unsure = Answer(Day(AWARE), "3/3", 0.6, a_sin_form().answers["la_aware_date"].evidence)
    case = a_case(a_sin_form(la_aware_date=unsure))
    assert uncertain_paths(case, seen_on()) == ["la_aware_date"]
    assert uncertain_paths(corrected(case, "la_aware_date", AWARE), seen_on()) == []


def test_a_missing_answer_is_given_and_a_wrong_one_taken_away() -> None:
    case = a_case(a_sin_form(referrer_email=None))
    assert missing_answers(case) == ["referrer_email"]
    assert missing_answers(corrected(case, "referrer_email", "a@b.uk")) == []
    assert missing_answers(corrected(a_case(), "la_aware_date", None, "-")) == ["la_aware_date"]


def test_what_is_withdrawn_is_as_it_was_read_and_may_be_corrected_again() -> None:
    case = corrected(a_case(), "children.0.date_of_birth", date(2020, 1, 1))
    back = withdrawn(case, "children.0.date_of_birth")
    assert current_form(back) == current_form(a_case())
    again = corrected(back, "children.0.date_of_birth", date(2019, 1, 1))
    assert value(again, "children.0.date_of_birth") == Day(date(2019, 1, 1))
    refused = withdrawal(back, "children.0.date_of_birth", Said(None, "", LATER, "sam", ""))
    assert isinstance(refused, Problem)


def test_a_later_form_changes_nothing_that_was_corrected_but_says_so() -> None:
    case = corrected(a_case(), "la_aware_date", date(2026, 3, 2))
    assert disputes(with_form(case, TILLY)) == []
    came = with_form(case, TILLY, la_aware_date=date(2026, 2, 20))
    found = answer(came, "la_aware_date")
    assert isinstance(found, Corrected)
    assert (found.value, found.disputed) == (Day(date(2026, 3, 2)), True)
    assert found.was is not None
    assert found.was.value == Day(date(2026, 2, 20))
    assert disputes(came) == ["date the LA became aware"]
    assert disputes(corrected(came, "la_aware_date", date(2026, 3, 2))) == []
    assert disputes(withdrawn(came, "la_aware_date")) == []
    assert disputes(with_form(case, TILLY, la_aware_date=date(2026, 3, 2))) == []


def test_corrections_are_no_change_of_a_form_that_comes_again() -> None:
    case = corrected(a_case(), "la_aware_date", date(2026, 3, 2))
    assert changed_questions(case, a_sin_form()) == ()
    said = changed_questions(case, a_sin_form(la_aware_date=date(2026, 3, 1)))
    assert said == ("date the LA became aware",)


def test_a_form_is_known_by_the_corrected_child_and_by_the_child_as_written() -> None:
    case = corrected(a_case(), "children.0.child_name", "Matilda Othername")
    case = corrected(case, "children.0.date_of_birth", date(2020, 1, 1))
    case = corrected(case, "children.0.nhs_number", "9990000123")
    case = corrected(case, "referrer_email", "right@tgh.nhs.uk")
    assert {keys.nhs_number for keys in keys_of_case(case)} == {"9990000123", "9990001239"}
    mail = a_letter("Please see attached.", sender="rita.referrer@tgh.nhs.uk")
    now = {"child_name": "Matilda Othername", "date_of_birth": date(2020, 1, 1)}
    for child in (TILLY, now):
        copies = Copies(a_sin_form((child,), incident_place="a park"), ())
        match = match_form(copies, mail, [Candidate(case)], seen_on())
        assert (match.kind, match.reference) == ("revised referral", case.reference)


# ---- rows -----------------------------------------------------------------------------------


def test_a_further_child_begins_with_its_name_and_meets_its_form_later() -> None:
    case = corrected(a_case(), "children.1.child_name", "Max Sampleton")
    case = corrected(case, "children.1.date_of_birth", date(2015, 11, 9))
    assert [value(case, f"children.{n}.child_name") for n in (0, 1, 2)] == [
        TILLY["child_name"],
        "Max Sampleton",
        None,
    ]
    came = with_form(case, ZOE, MAX | {"postcode": "SK14 1AA"}, TILLY)
    names = [child["child_name"].value for child in current_form(came).children]
    assert names == [TILLY["child_name"], "Max Sampleton", "Zoe Exampleton"]
    assert value(came, "children.1.postcode") == "SK14 1AA"
    gone = withdrawn(case, "children.1.date_of_birth")
    assert len(current_form(withdrawn(gone, "children.1.child_name")).children) == 1


def test_rows_of_every_group_can_be_added_to_a_case_without_a_form() -> None:
    case = a_case(mails=())
    for path in ("children.0.child_name", "family.0.name", "agencies.0.agency", "events.0.event"):
        case = corrected(case, path, "gp")
        assert value(case, path) == "gp"


def test_twins_called_alike_stay_two_and_keep_their_corrections() -> None:
    one = {"child_name": "Baby SAMPLE", "date_of_birth": date(2026, 3, 1)}
    twins = (one | {"nhs_number": "9990000131"}, one | {"nhs_number": "9990000158"})
    case = corrected(a_case(a_sin_form(twins)), "children.1.child_name", "Ben Sample")
    case = corrected(case, "children.0.child_name", "Ada Sample")
    came = with_form(case, twins[1], twins[0])
    rows = [(c["child_name"].value, c["nhs_number"].value) for c in current_form(came).children]
    assert rows == [("Ada Sample", "9990000131"), ("Ben Sample", "9990000158")]


def test_twins_nothing_tells_apart_stay_two() -> None:
    baby = {"child_name": "Baby SAMPLE"}
    case = a_case(a_sin_form((baby, baby)))
    came = with_form(case, baby | {"gender": "female"}, baby | {"gender": "male"})
    assert [c["gender"].value for c in current_form(came).children] == ["female", "male"]


def test_a_child_nothing_names_is_found_by_its_number_until_it_has_a_name() -> None:
    case = a_case(a_sin_form((TILLY, {"date_of_birth": date(2026, 1, 1)})))
    case = corrected(case, "children.1.gender", "female")
    case = corrected(case, "children.1.child_name", "Zoe Exampleton")
    came = with_form(case, {"child_name": "Zoe Exampleton"}, TILLY, MAX)
    row = current_form(came).children[1]
    assert (row["child_name"].value, row["gender"].value) == ("Zoe Exampleton", "female")
    assert len(current_form(came).children) == 3


def test_a_correction_outlives_the_form_it_was_made_on() -> None:
    """Read anew, the paper tells of nobody by that name: the correction is still seen."""
    case = corrected(a_case(a_sin_form((TILLY, MAX))), "children.1.postcode", "SK14 1AA")
    anew = replace(case, mails=(a_filed(a_sin_form((TILLY,))),))
    (_, row) = current_form(anew).children
    assert (row["child_name"].value, row["postcode"].value) == ("Max Sampleton", "SK14 1AA")
    swapped = replace(case, mails=(a_filed(a_sin_form((MAX, TILLY))),))
    assert value(swapped, "children.0.postcode") == "SK14 1AA"


def test_corrections_are_always_current_but_tell_of_no_child_before_its_form() -> None:
    case = with_form(a_case(), TILLY, MAX)
    case = corrected(case, "children.1.postcode", "SK14 1AA")
    case = corrected(case, "la_aware_date", date(2026, 3, 2))
    then = as_of(case, RECEIVED)
    assert then is not None
    assert len(current_form(then).children) == 1
    assert value(then, "la_aware_date") == Day(date(2026, 3, 2))


REFUSED = [
    ("la_aware", "perhaps la_aware_date"),
    ("date_of_birth", "children.0.date_of_birth or family.0.date_of_birth"),
    ("children.date_of_birth", "children.0.date_of_birth for the first child"),
    ("children.0.date_of_brith", "perhaps children.0.date_of_birth"),
    ("children.-1.child_name", "children.0.child_name"),
    ("martians.0.name", "la_aware_date"),
    ("children.2.child_name", "the case has 1 child: a further child begins with children.1"),
    ("children.1.postcode", "a further child begins with children.1.child_name"),
    ("events.1.event", "the case has 0 events: a further event begins with events.0.event"),
]


@pytest.mark.parametrize(("path", "right"), REFUSED)
def test_nonsense_is_refused_with_what_would_be_right(path: str, right: str) -> None:
    found = sound_path(path)
    if not isinstance(found, Problem):
        found = correction(a_case(), path, Said("x", "x", LATER, "sam", ""))
    assert isinstance(found, Problem)
    assert right in found.sentence()


# ---- any sequence of forms and corrections --------------------------------------------------

POOL = {
    "A": {
        "child_name": "Ada Sample",
        "date_of_birth": date(2015, 1, 1),
        "nhs_number": "9990000131",
    },
    "B": {
        "child_name": "Ben Sample",
        "date_of_birth": date(2015, 1, 1),
        "nhs_number": "9990000158",
    },
    "C": {
        "child_name": "Cas Tester",
        "date_of_birth": date(2020, 2, 2),
        "nhs_number": "9990000166",
    },
}
"""Two of them share a birthday and a surname; each row says whose it is in `social_care_id`."""
CORRECT = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from(["child_name", "date_of_birth", "nhs_number", "postcode"]),
    st.integers(1, 9),
)
FORMS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sets(st.sampled_from(["date_of_birth", "nhs_number"]))),
    min_size=1,
    unique_by=lambda row: row[0],
)
STEPS = st.lists(st.one_of(FORMS, CORRECT, CORRECT), max_size=9)


def said_by_staff(who: str, key: str, number: int) -> Any:
    """A value that no other child is given."""
    n = "ABC".index(who) * 10 + number
    born = Day(date(2000, 1, 1) + timedelta(days=n))
    return {"date_of_birth": born, "nhs_number": f"99911122{n:02d}"}.get(key, f"{who}aa Right{n}")


def row_for(who: str, left_out: set[str], renamed: str | None) -> dict[str, Any]:
    """A child as a form tells of it; the referrer may have heard of its corrected name."""
    kept = {key: v for key, v in POOL[who].items() if key not in left_out}
    return kept | {"social_care_id": who} | ({"child_name": renamed} if renamed else {})


@settings(deadline=None, max_examples=60)
@given(STEPS, st.booleans(), st.integers(0, 12))
def test_a_correction_stays_with_its_child_whatever_forms_come(
    steps: list[Any], heard: bool, day: int
) -> None:
    """`day`: the same at any day looked back at."""
    case = a_case(a_sin_form((row_for("A", set(), None),)))
    last: dict[tuple[str, str], Any] = {}
    for number, step in enumerate(steps, start=1):
        if isinstance(step, list):
            names = {w: last.get((w, "child_name")) if heard else None for w in "ABC"}
            rows = tuple(
                # A child new to the case brings its number: by a name alone, among as many
                # children as before, it would be taken for one of them under another name.
                row_for(who, left_out if place_of(case, who) is not None else set(), names[who])
                for who, left_out in step
            )
            mail = a_filed(a_sin_form(rows), AT + timedelta(days=number), kind="revised referral")
            case = replace(case, mails=(*case.mails, mail))
        elif (place := place_of(case, step[0])) is not None:
            last[step[:2]] = said_by_staff(*step)
            case = corrected(case, f"children.{place}.{step[1]}", last[step[:2]])
    then = as_of(case, RECEIVED + timedelta(days=day))
    assert then is not None
    for seen in (case, then):
        there = [place_of(seen, who) for who in "ABC"]
        assert len(current_form(seen).children) == sum(place is not None for place in there)
        for who, place in zip("ABC", there, strict=True):
            row = current_form(seen).children[place] if place is not None else {}
            told = {key: a.value for key, a in row.items() if isinstance(a, Corrected)}
            expected = {key: v for (w, key), v in last.items() if w == who}
            assert told == (expected if place is not None else {})


def place_of(case: Case, who: str) -> int | None:
    """The number of a child's row."""
    rows = current_form(case).children
    places = [n for n, row in enumerate(rows) if row["social_care_id"].value == who]
    assert len(places) <= 1
    return places[0] if places else None
