"""A person settles a message: reads it again, files it, opens a case, or says it is not for us.

It goes the way of every message, from its stored original, with the person's decision in place
of the rules'. A reason given in words is kept with the case, never in the register.
"""

from __future__ import annotations

from storage import audit, messages
from storage.cases import load
from storage.database import reading, transaction
from storage.register import RegisterLine
from triage.filing import file
from triage.matching import Candidate
from triage.settling import Decide, new_case, not_for_us, to_case
from tscp.acts.change import unknown
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_message
from tscp.acts.process import process


def retry(desk: Desk, message: str, user: str) -> RegisterLine:
    """Reads the message again from its original, by the rules. Raises Refused."""
    return _again(desk, message, user, "read again", file)


def settle_to_case(
    desk: Desk, message: str, reference: str, user: str, why: str = ""
) -> RegisterLine:
    """Files the message to this case. Raises Refused."""
    with reading(desk.engine) as session:
        case = load(session, desk.keys, [reference]).get(reference)
    if case is None:
        raise unknown(reference)
    decide = to_case(Candidate(case), user, why, desk.now())
    return _again(desk, message, user, "filed by hand", decide)


def settle_new_case(desk: Desk, message: str, user: str, why: str = "") -> RegisterLine:
    """Opens a case for the message. Raises Refused."""
    return _again(desk, message, user, "case opened by hand", new_case(user, why))


def settle_not_for_us(desk: Desk, message: str, user: str, why: str) -> RegisterLine:
    """Ignores the message, for the person's reason. Raises Refused."""
    if not why.strip():
        raise Refused("say why it is not for us")
    return _again(desk, message, user, "not for us", not_for_us(user, why))


def _again(desk: Desk, message: str, user: str, act: str, decide: Decide) -> RegisterLine:
    line = see_message(desk, message, user)
    if line.state == "filed":
        raise Refused(f"{line.id} is filed to {', '.join(line.cases)} already")
    if line.kind == "duplicate":
        raise Refused(f"{line.id} is {line.reason}: settle that one")
    with transaction(desk.engine) as session:
        messages.again(session, line.number)
        mine = messages.claim(session, desk.now(), only=line.number)
        audit.append(session, user, act, line.id, desk.now())
    if mine is not None:
        process(desk, mine, user, decide)
    return see_message(desk, message, user)
