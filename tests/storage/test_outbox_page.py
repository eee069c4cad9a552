"""A page of the outbox: what waits for a person first, the drafts of a case together."""

from datetime import UTC, datetime

from storage import outbox
from storage.database import reading, transaction
from storage.tables import CaseRow
from triage.letters import Letter

AT = datetime(2026, 3, 4, 10, tzinfo=UTC)
MADE = [("request", "draft", "B"), ("thanks", "waiting", "A"), ("request", "draft", "A"),
        ("chaser", "draft", "B"), ("thanks", "sent", "A"), ("thanks", "sent", "B")]  # fmt: skip


def put(database, keys):
    with transaction(database) as session:
        for case in "AB":
            session.add(CaseRow(reference=case, received_at=AT, state="triage", open=True,
                                urgent=False, version=1))  # fmt: skip
        session.flush()
        for kind, state, case in MADE:
            outbox.add(session, keys, Letter(kind, "a@b.example", state=state), AT, case)


def numbers(database, keys, *states, **how):
    with reading(database) as session:
        return [one.number for one in outbox.page(session, keys, states, 10, **how)]


def test_states_come_as_asked_and_drafts_of_a_case_together(database, keys):
    put(database, keys)
    assert numbers(database, keys, "draft", "waiting") == [3, 1, 4, 2]
    assert numbers(database, keys, "waiting", "draft", case="B") == [1, 4]
    assert numbers(database, keys, "sent") == [6, 5]
    assert numbers(database, keys, "draft", "waiting", offset=3) == [2]


def test_letters_are_counted_by_kind_and_state(database, keys):
    put(database, keys)
    with reading(database) as session:
        found = outbox.counts_by_kind(session)
    assert found[("request", "draft")] == found[("thanks", "sent")] == 2
    assert sum(found.values()) == len(MADE)
