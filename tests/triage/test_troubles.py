"""What is a trouble, and who is told of it when: once, every day, and when it is over."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from triage.service_facts import (
    Backlog,
    JobFacts,
    LetterFacts,
    MailboxFacts,
    ServiceFacts,
    troubles,
)
from triage.troubles import CURES, Standing, Trouble, follow, kind_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE, HOUR, GB = timedelta(minutes=1), timedelta(hours=1), 1_000_000_000


def facts(**different: Any) -> ServiceFacts:
    """All is well: started an hour ago, read a minute ago."""
    well: dict[str, Any] = {
        "now": NOW,
        "started_at": NOW - HOUR,
        "silent_after": 30 * MINUTE,
        "mailboxes": (box(),),
        "backlog": Backlog(),
        "letters": LetterFacts(),
        "failed_jobs": (),
        "disk_free": 50 * GB,
        "disk_size": 100 * GB,
        "latest_entry": NOW,
    }
    return ServiceFacts(**(well | different))


def box(**different: Any) -> MailboxFacts:
    well: dict[str, Any] = {"tried_at": NOW - MINUTE, "good_at": NOW - MINUTE}
    return MailboxFacts("tscp", **(well | different))


def names(**different: Any) -> list[str]:
    return [trouble.name for trouble in troubles(facts(**different))]


def test_where_all_is_well_there_is_no_trouble():
    assert names() == []


SILENT, REFUSED = ["mailbox silent: tscp"], ["mailbox refuses sign-in: tscp"]


@pytest.mark.parametrize(
    ("mailbox", "started", "expected"),
    [
        (box(good_at=NOW - 31 * MINUTE), HOUR, SILENT),
        (box(good_at=NOW - 30 * MINUTE), HOUR, []),
        (box(good_at=None, reason="no"), HOUR, SILENT),
        (box(good_at=None), 5 * MINUTE, []),
        (MailboxFacts("tscp"), HOUR, SILENT),
        (MailboxFacts("tscp"), 5 * MINUTE, []),
        # Switched off for three days, and just started: the first try is still to come.
        (box(tried_at=NOW - 72 * HOUR, good_at=NOW - 72 * HOUR), MINUTE, []),
        (box(tried_at=NOW, good_at=NOW - 72 * HOUR, reason="no"), MINUTE, SILENT),
        (box(refused=True, reason="the server refused the account"), HOUR, REFUSED),
        (box(refused=True, good_at=None, reason="refused"), HOUR, REFUSED),
    ],
)
def test_a_mailbox_is_silent_after_the_time_set_and_refused_at_once(mailbox, started, expected):
    assert names(mailboxes=(mailbox,), started_at=NOW - started) == expected


@pytest.mark.parametrize(
    ("mailbox", "expected"),
    [
        (box(good_at=NOW - 31 * MINUTE), SILENT),
        (box(good_at=None, tried_at=NOW - 31 * MINUTE), SILENT),
        (box(good_at=NOW - 29 * MINUTE), []),
        (MailboxFacts("tscp"), []),
    ],
)
def test_where_no_service_runs_the_polls_alone_tell(mailbox, expected):
    assert names(mailboxes=(mailbox,), started_at=None) == expected


def test_the_reason_stands_in_the_sentence_once():
    said = "Mailbox 'tscp': imap.example.org:993 refuses connections"
    (one,) = troubles(facts(mailboxes=(box(good_at=NOW - HOUR, reason=said),)))
    assert one.said == (
        "Mailbox tscp was last read to its end Tue 24 Nov 08:00:"
        " imap.example.org:993 refuses connections."
    )


@pytest.mark.parametrize(
    ("waited", "settled", "found"),
    [(14, None, False), (16, None, True), (16, 20, True), (16, 2, False), (121, 2, True)],
)
def test_a_backlog_is_a_trouble_where_nothing_moves_or_somebody_waits_for_hours(
    waited, settled, found
):
    last = NOW - settled * MINUTE if settled else None
    backlog = Backlog(3, NOW - waited * MINUTE, last)
    assert names(backlog=backlog) == ["e-mails not processed"] * found


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        (LetterFacts(may_leave=1), ["letters not leaving"]),
        (LetterFacts(may_leave=9, last_sent=NOW - MINUTE), []),
        (LetterFacts(failed=1), ["letters failed"]),
        (LetterFacts(perhaps_sent=2), ["letters perhaps sent"]),
        (LetterFacts(over_limit=2), ["limit of letters reached"]),
    ],
)
def test_letters_that_need_somebody(letters, expected):
    assert names(letters=letters) == expected


@pytest.mark.parametrize(
    ("free", "size", "low"),
    [(6, 100, False), (4.9, 100, True), (0.9, 10, True), (1.1, 10, False)],
)
def test_a_disk_is_nearly_full_below_a_gigabyte_or_a_twentieth(free, size, low):
    found = names(disk_free=int(free * GB), disk_size=size * GB)
    assert found == ["disk nearly full"] * low


def test_a_time_still_to_come_in_the_audit_is_a_clock_set_back():
    assert names(latest_entry=NOW + 4 * MINUTE) == []
    assert names(latest_entry=NOW + HOUR) == ["clock set back"]


def test_every_kind_has_a_cure_and_a_section_in_the_operations_guide():
    everything = facts(
        mailboxes=(box(refused=True), replace(box(good_at=None), name="other")),
        backlog=Backlog(1, NOW - HOUR),
        letters=LetterFacts(may_leave=1, failed=1, perhaps_sent=1, over_limit=1),
        failed_jobs=(JobFacts("poll", "no"),),
        disk_free=1,
        latest_entry=NOW + HOUR,
    )
    assert {kind_of(trouble.name) for trouble in troubles(everything)} == set(CURES)
    guide = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert set(CURES) <= set(re.findall(r"^### (.+)$", guide, re.MULTILINE))


# ---- who is told when


class Watched:
    """A service looked at every minute: `bad(n)` and `good(n)` minutes of it."""

    def __init__(self, after: timedelta = timedelta()) -> None:
        self.now, self.standing, self.told = NOW, list[Standing](), list[str]()
        self.trouble = Trouble("disk nearly full", "Full.", after=after)

    def bad(self, minutes: int = 1, step: int = 1) -> Watched:
        return self._on([self.trouble], minutes, step)

    def good(self, minutes: int = 1) -> Watched:
        return self._on([], minutes, 1)

    def _on(self, found: list[Trouble], minutes: int, step: int) -> Watched:
        for _ in range(0, minutes, step):
            self.standing, alerts = follow(self.standing, found, self.now, True)
            self.told += [alert.stage for alert in alerts]
            self.now += step * MINUTE
        return self


def test_one_alert_a_reminder_a_day_and_the_all_clear():
    watched = Watched().bad(3 * 1440 + 5, step=5).good(11)
    assert watched.told == ["begins", "reminder", "reminder", "reminder", "over"]
    assert watched.standing == []


def test_what_is_gone_for_less_than_ten_minutes_has_not_gone():
    watched = Watched()
    for _ in range(50):
        watched.bad(3).good(9)
    assert watched.told == ["begins"]
    assert watched.good(2).told == ["begins", "over"]


def test_what_must_last_counts_only_once_it_has_and_is_forgotten_before():
    watched = Watched(after=30 * MINUTE).bad(30).good(1).bad(30)
    assert watched.told == []
    assert watched.bad(1).told == ["begins"]
    assert Watched(after=30 * MINUTE).bad(29).good(20).told == []


def test_nobody_is_told_in_shadow_mode_and_the_alert_comes_with_going_live():
    standing, alerts = follow([], [Trouble("disk nearly full", "Full.")], NOW, False)
    assert ([one.stands for one in standing], alerts) == ([True], [])
    _, alerts = follow(standing, [Trouble("disk nearly full", "Full.")], NOW + HOUR, True)
    assert [(alert.stage, alert.trouble.since) for alert in alerts] == [("begins", NOW)]
    standing, _ = follow(standing, [], NOW + HOUR, False)
    assert follow(standing, [], NOW + 2 * HOUR, True) == ([], [])  # never told, no all-clear


def test_after_a_long_pause_one_reminder_stands_for_all():
    watched = Watched().bad(1)
    watched.now += timedelta(days=5)
    assert watched.bad(60).told == ["begins", "reminder"]


def test_whatever_happens_alerts_alternate_and_no_two_have_one_key():
    chance = random.Random(7)
    now, standing, keys, stages = NOW, list[Standing](), [], []
    for _ in range(5000):
        found = [Trouble("disk nearly full", "Full.")] * (chance.random() < 0.5)
        now += chance.choice((MINUTE, 7 * MINUTE, 11 * MINUTE, 5 * HOUR))
        standing, alerts = follow(standing, found, now, True)
        keys += [alert.key for alert in alerts]
        stages += [alert.stage for alert in alerts]
    assert len(keys) == len(set(keys))
    said = "".join(stage[0] for stage in stages)
    assert re.fullmatch(r"(br*o)*(br*)?", said)
    assert said.count("b") > 100
