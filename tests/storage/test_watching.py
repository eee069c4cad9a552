"""What the service can tell of its own running, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cases import AT, FilingRoom, a_paper, a_sin_form, received
from sqlalchemy import Engine

from storage import audit, messages, outbox, polls, sending, summaries, troubles, watching
from storage.database import reading, transaction
from storage.sealing import KeyRing
from storage.service_tables import JobRow
from triage.letters import LIMIT_REACHED, Letter, Verdict
from triage.service_facts import JobFacts
from triage.troubles import Standing

MINUTE = timedelta(minutes=1)
NOW = AT + timedelta(hours=1)


def test_troubles_are_kept_changed_and_forgotten(database: Engine) -> None:
    first = Standing("disk nearly full", "Full.", AT, told_at=NOW)
    pending = Standing("letters not leaving", "No.", NOW, stands=False)
    with transaction(database) as session:
        troubles.remember(session, [first, pending])
    with transaction(database) as session:
        assert troubles.remembered(session) == [first, pending]
        assert troubles.standing(session) == [first]
        gone = Standing("disk nearly full", "Fuller.", AT, gone_at=NOW)
        troubles.remember(session, [gone])
    with reading(database) as session:
        assert (troubles.remembered(session), troubles.standing(session)) == ([gone], [])


def test_the_counts_and_times_that_troubles_are_found_in(database: Engine, keys: KeyRing) -> None:
    with transaction(database) as session:
        messages.received(session, received("1"), AT)
        messages.received(session, received("2"), AT + MINUTE)
        polls.note(session, "tscp", False, "no", NOW, refused=True)
        audit.append(session, "ann", "queue seen", "", NOW + MINUTE)
        audit.append(session, "ann", "queue seen", "", NOW)
        session.add(JobRow(name="chase", ok=False, reason="no", ended_at=NOW))
        session.add(JobRow(name="send", ok=False, reason="no", ended_at=AT))
    with transaction(database) as session:
        assert messages.claim(session, NOW) is not None
    with reading(database) as session:
        found = watching.backlog(session, NOW)
        assert (found.count, found.oldest) == (1, AT + MINUTE)
        assert watching.latest_entry(session) == NOW + MINUTE
        assert watching.failed_jobs(session, NOW) == (JobFacts("chase", "no"),)
        assert [poll.refused for poll in polls.last(session)] == [True]


def test_letters_are_counted_by_what_keeps_them(database: Engine, keys: KeyRing) -> None:
    with transaction(database) as session:
        for kind in ("thanks", "thanks", "thanks", "request"):
            outbox.add(session, keys, Letter(kind, "a@b.example", state="waiting"), AT)
        first = sending.claim(session, keys, AT, lambda _: Verdict("now"))
        assert first is not None
        sending.handing_over(session, first, "1", AT)
        sending.sent(session, first, AT)
        limited = sending.claim(session, keys, AT, lambda _: Verdict("now"))
        assert limited is not None
        later = NOW + MINUTE
        sending.put_back(session, limited, f"10 letters: {LIMIT_REACHED}", later, 0)
    with reading(database) as session:
        facts = watching.letters(session, NOW, ("request",), none_may=False)
        assert (facts.may_leave, facts.over_limit, facts.last_sent) == (1, 1, AT)
        assert watching.letters(session, NOW, (), none_may=True).may_leave == 0


def test_where_a_summary_left_off_is_known_for_each_recipient(
    database: Engine, keys: KeyRing
) -> None:
    FilingRoom(database, keys).file(a_paper(a_sin_form()))
    monday, to = date(2026, 3, 2), "a_b%@tscp.example"
    with transaction(database) as session:
        assert list(summaries.first_facts(session)) == ["TSCP-2026-0001"]
        for number, day in enumerate((monday, date(2026, 3, 3), date(2026, 3, 4))):
            key = summaries.key(keys, day, to)
            contents = {"html": "", "up_to": str(number)}
            letter = Letter("summary", to, state="waiting", key=key, contents=contents)
            made = outbox.add(session, keys, letter, datetime(2026, 3, 2 + number, tzinfo=UTC))
            assert made is not None
            if number == 0:
                mine = sending.claim(session, keys, NOW, lambda _: Verdict("now"))
                assert mine is not None
                sending.handing_over(session, mine, "1", NOW)
            assert len(summaries.cancel_older(session, keys, to, made)) == (number == 2)
    with reading(database) as session:
        found = summaries.left_off(session, keys, to.upper())
        assert found == summaries.LeftOff(datetime(2026, 3, 2, tzinfo=UTC), 0)
        assert summaries.left_off(session, keys, "other@tscp.example") is None
        assert summaries.made(session, keys, monday, to) is not None
