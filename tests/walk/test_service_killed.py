"""kill -9 of `tscp run` while mail arrives and letters leave: nothing is lost, nothing is doubled.

KILLS=300 pytest -s tests/walk/test_service_killed.py: the long run, which tells how far it is.
SEED=… repeats the moments of one that failed, as far as a machine repeats anything.
"""

from __future__ import annotations

import os
import random
import secrets
import time
from collections import Counter

import pytest
from servers import Account
from servers_smtp import MailSink

from tscp.demo.mails import Sent

from .running import Service, deliver, within
from .served import copies, live, nothing_waits, running
from .test_killed import (
    all_is_there_once,
    arriving,
    audit_and_register_agree,
    each_referral_is_one_case,
    given_up_is_read_again,
)

KILLS = int(os.environ.get("KILLS", "3"))
"""On each of two databases."""
SEED = int(os.environ.get("SEED", "0"))
MOMENTS = {
    "": 1.5,
    "service_started": 1.0,
    "message_received": 1.0,
    "message_settled": 0.5,
    "letter_ended": 0.3,
}
"""After which event it is killed, and how many seconds later at most ('': after its start)."""
PATIENCE = 10.0
"""Where an event does not come, it is killed all the same."""


@pytest.mark.timeout(300 + 15 * KILLS)
def test_nothing_is_lost_or_doubled_when_the_service_is_killed(
    service: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """A mail or two arrive with each start; the mail server is slow with its answers, so that
    many kills come between its taking a letter and our knowing."""
    seed = SEED or secrets.randbelow(10**6)
    rng, mails, sent = random.Random(seed), arriving(seed), list[Sent]()
    print(f"SEED={seed} KILLS={KILLS} on {service.database.partition(':')[0]}", flush=True)
    live(service, mail_account, mail_sink)
    mail_sink.rule("content", "slow")
    killed: Counter[str] = Counter()
    for number in range(KILLS):
        killed[a_kill(service, mail_account, [next(mails) for _ in range(2)], sent, rng)] += 1
        if number % 10 == 9:
            print(f"{number + 1} kills, {len(sent)} mails, {states(service)}", flush=True)
    print(f"killed after: {dict(killed)}; {states(service)}", flush=True)
    left_alone(service)
    all_is_there_once(service, mail_account, sent)
    given_up_is_read_again(service)
    each_referral_is_one_case(service, sent)
    audit_and_register_agree(service)
    left_alone(service)
    every_letter_is_accounted_for(service, mail_sink, sent)


def a_kill(
    service: Service, account: Account, new: list[Sent], sent: list[Sent], rng: random.Random
) -> str:
    """One mail is there at the start, one comes just before the end; says after which event."""
    after, later = rng.choice(list(MOMENTS.items()))
    deliver(account, new[:1])
    with running(service) as one:
        if after:
            within(PATIENCE, lambda: after in one.events() or not one.is_up())
        deliver(account, new[1:])
        time.sleep(rng.uniform(0, later))
        assert one.is_up(), one.log()
        one.kill()
    sent += new
    return after or "start"


def left_alone(service: Service) -> None:
    """It takes everything to its end, and is then ended well."""
    with running(service) as one:
        assert one.says("mailbox_polled", 2, 60)
        assert within(60 + KILLS, lambda: nothing_waits(service)), states(service)
        one.stop()


def states(service: Service) -> dict[str, int]:
    """How many letters are in each state."""
    counted = service.rows("SELECT state, count(*) FROM letters GROUP BY state ORDER BY state")
    return {str(state): int(count) for state, count in counted}


def every_letter_is_accounted_for(service: Service, sink: MailSink, sent: list[Sent]) -> None:
    """One a referral. Sent means taken once; perhaps sent, at most once; and a person, who sends
    those again, is the only one of whom anybody hears twice."""
    referrals = {mail.message_id for mail in sent if mail.subject.startswith("SIN form")}
    letters = service.json("letters")
    assert len(letters) == len(referrals)
    assert {letter["state"] for letter in letters} <= {"sent", "perhaps sent"}
    unsure = [letter["id"] for letter in letters if letter["state"] == "perhaps sent"]
    arrived = copies(sink)
    assert set(arrived) <= referrals
    assert set(arrived.values()) <= {1}
    assert len(letters) - len(unsure) <= len(arrived) <= len(letters)
    if unsure:
        service.run("letters", "--send", *unsure)
        service.run("letters", "--deliver")
    again = copies(sink)
    assert set(again) == referrals
    twice = sum(count - 1 for count in again.values())
    assert max(again.values()) <= 2
    said = "SELECT count(*) FROM letters WHERE state = 'sent' AND reason LIKE 'sent again%'"
    assert twice <= len(unsure)
    assert service.rows(said) == [(len(unsure),)]
    assert states(service) == {"sent": len(referrals)}
