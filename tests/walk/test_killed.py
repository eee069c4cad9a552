"""kill -9 of `tscp poll` at any moment: nothing is lost and nothing is done twice."""

from __future__ import annotations

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from factories import a_file, a_form, a_mail
from servers import Account

from tscp.demo.incidents import incidents
from tscp.demo.mails import Sent

from .running import Service, alive, deliver, events, kill, within

MOMENTS = int(os.environ.get("MOMENTS", "5"))
"""On each of two databases; MOMENTS=25 for a longer look."""
A_ROUND = 2
"""Mails that arrive before each poll."""
LAST_WEEK = datetime.now(UTC) - timedelta(days=7)


def arriving(seed: int) -> Iterator[Sent]:
    """Referrals, each of another child, and in between mail that opens no case."""
    themes = sorted(incidents())
    for number in range(1, 1000):
        at = LAST_WEEK + timedelta(minutes=number)
        if number % 4 == 0:
            yield a_mail("housing", f"Question {number}", "Who can I speak to?", at=at)
            continue
        form = a_form(seed + number, themes[number % len(themes)], at.date())
        yield a_mail("tgicft", f"SIN form {number}", attached=[a_file(form)], at=at)


@pytest.mark.timeout(900)
def test_nothing_is_lost_when_killed(service: Service, mail_account: Account) -> None:
    """The moments are spread over starting, fetching, and reading; a clean poll ends it."""
    seed = secrets.randbelow(10**6)
    rng, mails, sent = random.Random(seed), arriving(seed), []
    print(f"kill seed {seed}")
    killed: Counter[str] = Counter()
    for _ in range(MOMENTS):
        new = [next(mails) for _ in range(A_ROUND)]
        deliver(mail_account, new)
        sent += new
        killed[killed_poll(service, rng)] += 1
    print(f"killed after: {dict(killed)}")
    service.poll()
    all_is_there_once(service, mail_account, sent)
    given_up_is_read_again(service)
    each_referral_is_one_case(service, sent)
    audit_and_register_agree(service)
    assert service.poll()["mailboxes"][0]["new"] == 0


def killed_poll(service: Service, rng: random.Random) -> str:
    """Kills a poll a moment after its n-th event, or while it starts; says after which."""
    process = service.start("poll", "--json")
    wait, last = rng.randrange(0, 2 * A_ROUND + 3), "start"
    for number, event in enumerate(events(process) if wait else (), 1):
        last = event.strip()
        if number == wait:
            break
    time.sleep(rng.uniform(0, 0.15 if wait else 1.5))
    workers = kill(process)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
    assert within(15, lambda: not any(map(alive, workers))), "a worker outlived its parent"
    return last


def all_is_there_once(service: Service, account: Account, sent: list[Sent]) -> None:
    """One original row a mail, none waiting, every original readable as it was sent."""
    lines = service.messages()
    assert sorted(line["uid"] for line in lines) == account.uids()
    assert {line["state"] for line in lines} <= {"filed", "needs a person"}
    kept = service.originals()
    content = sorted(kept.read(line["sha256"]) for line in lines)
    assert content == sorted(mail.content for mail in sent)
    assert service.rows("SELECT count(*) FROM messages WHERE original") == [(len(sent),)]


def given_up_is_read_again(service: Service) -> None:
    """A mail that was being read at three kills waits for a person, who has it read again."""
    for line in service.messages("--state", "needs a person"):
        if line["kind"] == "unreadable":
            assert "stopped three times" in line["reason"]
            (again,) = service.json("settle", line["id"], "--retry")
            assert again["state"] == "filed" or again["kind"] == "other"


def each_referral_is_one_case(service: Service, sent: list[Sent]) -> None:
    """As many cases as referrals, their references without a gap or a double."""
    lines = service.messages("--state", "filed")
    referrals = [mail for mail in sent if mail.subject.startswith("SIN form")]
    cases = [case for line in lines for case in line["cases"]]
    assert len(lines) == len(cases) == len(set(cases)) == len(referrals)
    year = LAST_WEEK.year
    assert sorted(cases) == [f"TSCP-{year}-{n + 1:04d}" for n in range(len(cases))]
    assert service.rows("SELECT count(*) FROM cases") == [(len(cases),)]
    once = "SELECT message FROM facts WHERE kind = 'mail' GROUP BY message HAVING count(*) > 1"
    assert service.rows(once) == []


def audit_and_register_agree(service: Service) -> None:
    """Each message was settled once by the service, each case opened once."""
    settled = "SELECT reference, count(*) FROM audit WHERE act = 'message filed' GROUP BY reference"
    filed = {line["id"] for line in service.messages("--state", "filed")}
    assert dict(service.rows(settled)) == dict.fromkeys(filed, 1)
    opened = "SELECT reference, count(*) FROM audit WHERE act LIKE '%: new referral' GROUP BY 1"
    assert set(dict(service.rows(opened)).values()) == {1}
