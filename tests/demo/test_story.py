"""The story holds what the demo promises, and is the same whenever it is told."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from functools import cache

import pytest

from tscp.demo.story import SCENES, story
from tscp.demo.telling import LONDON, StoryMail

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@cache
def told() -> tuple[StoryMail, ...]:
    """The story, told once."""
    return tuple(story(NOW))


def by_key(key: str) -> StoryMail:
    """One of its mails."""
    return next(mail for mail in told() if mail.key == key)


def test_it_is_told_alike_twice() -> None:
    """Byte for byte."""
    assert tuple(story(NOW + timedelta(hours=3))) == told()


def test_it_has_enough_mails_and_every_end() -> None:
    """At least 34, most of them filed, some for a person, some ignored."""
    assert len(told()) == len(SCENES) >= 34
    states = Counter(mail.state for mail in told())
    assert set(states) == {"filed", "needs a person", "ignored"}
    assert states["filed"] > states["needs a person"] > states["ignored"]


def test_mails_come_in_working_hours_of_the_last_weeks() -> None:
    """In order, Monday to Friday, before now."""
    times = [mail.delivered_at for mail in told()]
    assert times == sorted(times)
    assert NOW - timedelta(days=30) < times[0] < times[-1] < NOW
    for moment in times:
        local = moment.astimezone(LONDON)
        assert local.weekday() < 5
        assert 8 <= local.hour < 18


def test_bank_holidays_are_skipped() -> None:
    """Nobody writes on a closed day."""
    closed = {date(2026, 11, 23), date(2026, 11, 20)}
    days = {mail.delivered_at.astimezone(LONDON).date() for mail in story(NOW, closed)}
    assert not days & closed


def test_answers_name_the_message_they_answer() -> None:
    """Every In-Reply-To is the Message-ID of an earlier mail."""
    known: set[str] = set()
    answers = 0
    for mail in told():
        message = message_from_bytes(mail.content)
        if message["In-Reply-To"]:
            assert message["In-Reply-To"] in known
            answers += 1
        known.add(message["Message-ID"])
    assert answers >= 5


def test_references_are_given_in_order_of_receipt() -> None:
    """The n-th new referral of a year is number n, and mails quote them."""
    opened = [mail.case for mail in told() if mail.kind == "new referral"]
    assert opened == [f"TSCP-2026-{n:04d}" for n in range(1, len(opened) + 1)]
    quoted = re.findall(rb"^Subject: (TSCP-\d{4}-\d{4})", by_key("police, not known").content, re.M)
    assert [q.decode() for q in quoted] == [by_key("infant").case]


def test_the_same_bytes_come_twice_and_the_same_form_once_more() -> None:
    """One duplicate place, one duplicate document."""
    assert by_key("the same bytes").content == by_key("contribution in words").content
    assert by_key("same form").kind == "duplicate"


@pytest.mark.parametrize("mail", told(), ids=lambda mail: mail.key)
def test_mails_parse_without_defects(mail: StoryMail) -> None:
    """Headers laid around the time of delivery; no broken MIME."""
    message = message_from_bytes(mail.content)
    assert all(not part.defects for part in message.walk())
    assert message["Received"]
    assert message["Message-ID"].endswith(".example>")
