"""The demo's three weeks of mail through Dovecot: every mail ends as the story says."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from .conftest import Walked
from .running import Json


def test_every_mail_ends_as_the_story_says(walked: Walked) -> None:
    """State, kind and case; and at least the flags it names, on the mail or on its case."""
    for mail, line in walked.ends():
        print(mail.key, line["id"], line["state"], line["kind"], line["case"], line["reason"])
    told = {mail.key: (mail.state, mail.kind, mail.case) for mail in walked.mails}
    ended = {m.key: (line["state"], line["kind"], line["case"]) for m, line in walked.ends()}
    assert ended == told


def test_every_flag_the_story_names_is_raised(walked: Walked) -> None:
    """On the mail, or on the case it was filed to."""
    missing = {mail.key: set(mail.flags) - _flags(walked, line) for mail, line in walked.ends()}
    assert {key: flags for key, flags in missing.items() if flags} == {}


def _flags(walked: Walked, line: Json) -> set[str]:
    case = walked.queue.get(line["case"] or "", {"flags": []})
    return {*line["flags"], *case["flags"]}


def test_the_register_adds_up_and_gives_reasons(walked: Walked) -> None:
    """What the poll counted is what is there; whatever was not filed says why."""
    states = Counter(line["state"] for line in walked.lines.values())
    polled = walked.polled
    assert [polled[key] for key in ("filed", "needs_a_person", "ignored")] == [
        states[state] for state in ("filed", "needs a person", "ignored")
    ]
    assert sum(states.values()) == len(walked.mails) == polled["mailboxes"][0]["new"]
    for line in walked.lines.values():
        assert bool(line["cases"]) == (line["state"] == "filed")
        assert bool(line["reason"]) == (line["state"] != "filed")
        assert all(d["reason"] for d in line["documents"] if d["state"] == "needs a person")


def test_polled_again_nothing_is_new_and_nothing_on_the_server_changed(walked: Walked) -> None:
    """No flag, no \\Seen, no mail gone: a colleague sees the mailbox as it was."""
    assert walked.service.poll() == {
        "mailboxes": [{"name": "tscp", "ok": True, "reason": "", "new": 0}],
        "filed": 0,
        "needs_a_person": 0,
        "ignored": 0,
    }
    assert walked.account.flags() == walked.flags
    assert len(walked.account.uids()) == len(walked.mails)


def test_originals_are_the_bytes_as_they_were_sent(walked: Walked) -> None:
    """Under the register's sha-256."""
    kept = walked.service.originals()
    for mail, line in walked.ends():
        assert kept.read(line["sha256"]) == mail.content


def test_the_queue_is_worst_first(walked: Walked) -> None:
    """Urgent cases, then by the next day due; what has none is last."""
    order = [
        (not case["urgent"], (case["next_clock"] or {"due_on": "9999"})["due_on"])
        for case in walked.queue.values()
    ]
    assert order == sorted(order)
    assert order[0][0] is False
    assert len(order) == len({mail.case for mail in walked.mails if mail.case})


def test_yesterday_knows_nothing_of_today(walked: Walked) -> None:
    """With --on: later mails, answers and moves are hidden, and the day is that day."""
    service, first = walked.service, walked.mails[1]
    day = first.delivered_at.date()
    opened = {m.case for m in walked.mails if m.case and m.delivered_at.date() <= day}
    (line,) = service.json("queue", "--on", str(day))
    assert opened == {line["reference"]}
    assert line["next_clock"]["overdue"] is False
    service.run("assign", line["reference"], "ann")
    then, now = service.case(line["reference"], "--on", str(day)), service.case(line["reference"])
    assert (then["state"], then["assigned_to"], then["moves"]) == ("received", None, [])
    assert (now["state"], now["assigned_to"]) == ("triage", "ann")
    assert len(then["messages"]) < len(now["messages"])
    assert _received(then) < _received(now)
    assert "revised form" not in then["flags"]
    before = str(day - timedelta(days=1))
    refused = service.run("case", line["reference"], "--on", before, expect=2)
    assert line["reference"] in refused.err
    assert service.json("queue", "--on", before) == []


def _received(case: Json) -> int:
    return sum(c["state"] in ("received", "not known to us") for c in case["contributions"])


def test_the_summary_of_an_earlier_day_counts_what_was_there(walked: Walked) -> None:
    """The register's sum as of that day."""
    day = walked.mails[9].delivered_at.date()
    there = sum(mail.delivered_at.date() <= day for mail in walked.mails)
    text = walked.service.run("summary", "--preview", "--on", str(day)).out
    assert f"Register: {there} received" in text
