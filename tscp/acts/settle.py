"""A person settles a message: reads it again, files it, opens a case, or says it is not for us.

It goes the way of every message, from its stored original, with the person's decision in place
of the rules'. A reason given in words is kept with the case, never in the register. What was
filed already is filed anew: the filing before is withdrawn, and stays visible as that.
"""

from __future__ import annotations

from storage import audit, messages
from storage.cases import load
from storage.database import one_writer, reading, transaction
from storage.filing import save
from storage.register import RegisterLine
from storage.settled import Envelope, Settled
from triage.correspondence import Correspondence
from triage.filing import Arrival, file
from triage.matching import Candidate
from triage.settling import Decide, new_case, not_for_us, read_with_password, to_case
from tscp.acts.change import unknown
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_message
from tscp.acts.process import process
from tscp.acts.withdraw import end_if_empty, own_case, withdraw

LONGEST_PASSWORD = 1_000
"""Characters. Office takes 255, PDF 127 bytes; none is longer but by mistake."""


def retry(desk: Desk, message: str, user: str, password: str = "", why: str = "") -> RegisterLine:
    """Reads the message again from its original, by the rules. Raises Refused.

    One that had opened a case goes back to it where the rules take it for new again.

    `password` opens those of its documents that do not open without one. It is kept nowhere: it
    goes to the process that reads, and that process ends with this message.
    """
    line = _open(desk, message, user)
    if not password:
        return _again(desk, message, user, "read again", own_case(desk, line, file, user), why=why)
    if line.state == "filed":  # what another password opened would be locked again
        raise Refused(
            f"{line.id} is filed to {', '.join(line.cases)} already; a document of it that was not "
            "read: save a copy that opens, and take it in with `tscp import FILE`"
        )
    if len(password) > LONGEST_PASSWORD:
        raise Refused(f"a password has at most {LONGEST_PASSWORD} characters")
    decide = read_with_password(user)
    act = "read again with a password"
    try:
        return _again(desk, message, user, act, decide, password, why)
    finally:
        desk.worker.close()


def settle_to_case(
    desk: Desk, message: str, reference: str, user: str, why: str = ""
) -> RegisterLine:
    """Files the message to this case. Raises Refused."""
    with reading(desk.engine) as session:
        case = load(session, desk.keys, [reference]).get(reference)
    if case is None:
        raise unknown(reference)
    line = _open(desk, message, user)
    if reference in line.cases:
        raise Refused(f"{line.id} is filed to {reference} already")
    decide = to_case(Candidate(case), user, why, desk.now())
    return _again(desk, message, user, "filed by hand", decide, why=why)


def settle_new_case(desk: Desk, message: str, user: str, why: str = "") -> RegisterLine:
    """Opens a case for the message. Raises Refused."""
    return _again(desk, message, user, "case opened by hand", new_case(user, why), why=why)


def settle_not_for_us(desk: Desk, message: str, user: str, why: str) -> RegisterLine:
    """Ignores the message, for the person's reason. Raises Refused.

    Of a message that could not be fetched so far too: when it is, it stays ignored.
    """
    if not why.strip():
        raise Refused("say why it is not for us")
    line = _open(desk, message, user)
    decide = not_for_us(user, why)
    if not line.fetched:
        return _unseen(desk, message, user, "not for us", decide)
    return _again(desk, message, user, "not for us", decide, why=why)


def _open(desk: Desk, message: str, user: str) -> RegisterLine:
    """The register's line of a message; of the same bytes elsewhere Refused is raised."""
    line = see_message(desk, message, user)
    if line.state == "ignored" and line.kind == "duplicate":
        raise Refused(f"{line.id} is {line.reason}: settle that one")
    return line


def _again(
    desk: Desk,
    message: str,
    user: str,
    act: str,
    decide: Decide,
    password: str = "",
    why: str = "",
) -> RegisterLine:
    """Takes the message to its end anew; what it was filed to before, it is filed to no more."""
    line = _open(desk, message, user)
    if not line.fetched:
        raise Refused(
            f"{line.id} could not be fetched from the mailbox so far: every poll tries again, and "
            "then reads and files it by itself; until then it can only be settled as not for us"
        )
    with transaction(desk.engine) as session:
        one_writer(session)
        held = withdraw(session, desk, line, user, why or act)
        messages.again(session, line.number)
        mine = messages.claim(session, desk.now(), only=line.number)
        audit.append(session, user, act, line.id, desk.now())
    if mine is not None:
        process(desk, mine, user, decide, password)
    end_if_empty(desk, held, user, why)
    return see_message(desk, message, user)


def _unseen(desk: Desk, message: str, user: str, act: str, decide: Decide) -> RegisterLine:
    """What a person decided about a message of which nothing is here yet, saved at once."""
    line, now = _open(desk, message, user), desk.now()
    arrival = Arrival(line.id, line.received_at, Correspondence(sender=""))
    end = decide(arrival, (), desk.today())
    settled = Settled(
        end.state, end.reason, end.kind, (), (), Envelope(None, "", "", "", end.note), ()
    )
    with transaction(desk.engine) as session:
        messages.again(session, line.number)
        mine = messages.claim(session, now, only=line.number)
        audit.append(session, user, act, line.id, now)
        if mine is not None:
            save(session, desk.keys, mine, end, settled, desk.today(), now, user)
    return see_message(desk, message, user)
