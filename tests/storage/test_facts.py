"""A case comes back from the store exactly as it was filed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cases import (
    AT,
    INCIDENT,
    RECEIVED,
    a_filed,
    a_paper,
    a_sin_form,
    an_arrival,
    an_end,
    decided,
    received,
    seen_on,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage import messages
from storage.cases import load
from storage.database import reading, transaction
from storage.facts import Fact, fields_of, opened_child, row_values, sealed_child
from storage.filing import add_facts, refresh, save
from storage.sealing import KeyRing
from storage.tables import FactRow
from triage.case import Assignment, Correction, MailFlag, Move, PartnersTold, Relation
from triage.evidence import Answer, Evidence, Labelled
from triage.filing import file
from triage.identity import ChildKeys
from triage.sin_form import ANSWERS, CHILD, SinForm
from triage.values.when import Age, Day, Period, Roughly

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
TEXTS = st.text(max_size=30)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.builds(Day, DAYS, st.none() | st.just("09:05")),
    st.builds(Period, DAYS, DAYS),
    st.builds(Roughly, TEXTS, st.none() | st.just("2026-03")),
    st.builds(Age, st.integers(0, 24), st.sampled_from(["years", "months", "weeks", "days"])),
    st.sampled_from(["2026-03-03", "4", '{"on": "2026-03-03"}', "null", "\x00", "Zoë 👶"]),
)
BOXES = st.none() | st.tuples(*[st.floats(0, 2000, allow_nan=False)] * 4)
EVIDENCE = st.builds(Evidence, st.none() | st.integers(1, 99), st.none() | TEXTS, BOXES, TEXTS)
ANSWER = st.builds(Answer, VALUES, TEXTS, st.floats(0, 1), EVIDENCE, TEXTS)
FORMS = st.builds(
    SinForm,
    form=TEXTS,
    document=TEXTS,
    answers=st.dictionaries(st.sampled_from(sorted(ANSWERS)), ANSWER, max_size=4),
    children=st.lists(st.dictionaries(st.sampled_from(sorted(CHILD)), ANSWER, max_size=3)).map(
        lambda rows: tuple(rows[:2])
    ),
    unmapped=st.lists(st.builds(Labelled, TEXTS, TEXTS, EVIDENCE), max_size=2).map(tuple),
)
KEYS = KeyRing({b"1234": bytes(range(32))})


def there_and_back(fact: Fact) -> Fact:
    """The fact, sealed as a row and opened again."""
    row = FactRow(**row_values("TSCP-2026-0001", fact, KEYS, None))
    ((found,),) = fields_of([row], KEYS).values()
    return found


@settings(deadline=None)
@given(FORMS, st.datetimes(timezones=st.just(UTC)))
def test_any_form_comes_back_exactly(form: SinForm, at: datetime) -> None:
    mail = a_filed(form, at, flags=(MailFlag("protected mail", "locked"),), documents=("d1",))
    assert there_and_back(mail) == mail


def test_every_other_fact_comes_back_exactly() -> None:
    facts = (
        told("gmp", "requested", due_on=RECEIVED, documents=("d1",), message="M-000002"),
        Move("received", "triage", AT, "sam", "seen"),
        Correction("la_aware_date", Day(INCIDENT), "2nd", AT, "sam", "why", over=Roughly("May")),
        Correction("harm_types", ("neglect",), "neglect", AT, "sam", over=("physical",)),
        Correction(
            "family.0.name",
            None,
            "-",
            AT,
            "sam",
            row={"name": "Zoë", "date_of_birth": Age(4, "years")},
        ),
        Correction(
            "children.1.child_name", "2026-03-03", "x", AT, "sam", adds=True, withdrawn=True
        ),
        Assignment(None, AT, "sam"),
        decided(True, sent_on=RECEIVED, panel_reference="P/1", why="Because"),
        PartnersTold(INCIDENT, AT, "sam"),
        Relation("TSCP-2026-0002", "the same NHS number", 0.97, AT, "possible duplicate"),
    )
    assert tuple(map(there_and_back, facts)) == facts


def test_a_childs_keys_come_back() -> None:
    for child in (ChildKeys("jo sample", INCIDENT, "9990001239"), ChildKeys("", None, "")):
        assert opened_child(sealed_child(child, KEYS), KEYS) == child


def test_a_case_is_loaded_as_it_was_saved_in_the_order_of_saving(
    database: Engine, keys: KeyRing
) -> None:
    outcome = file(an_arrival(a_paper(a_sin_form())), (), seen_on())
    later = (told("gmp", "received"), told("gmp", "requested", INCIDENT), decided(False))
    with transaction(database) as session:
        messages.received(session, received(), AT)
        mine = messages.claim(session, AT)
        assert mine is not None
        save(session, keys, mine, outcome, an_end(), seen_on(), AT, "service")
        add_facts(session, keys, "TSCP-2026-0001", later)
        saved = refresh(session, keys, "TSCP-2026-0001", seen_on())
    with reading(database) as session:
        (case,) = load(session, keys, ["TSCP-2026-0001", "TSCP-1999-0001"]).values()
    assert case == saved
    assert case.mails == (outcome.filings[0].mail,)
    assert (case.contributions, case.notifications) == (later[:2], later[2:])
    assert [(letter.kind, letter.state) for letter in case.letters] == [
        ("acknowledgement", "draft")
    ]
    assert case.received_at == AT
    assert case.received_at.utcoffset() == timedelta(0)
