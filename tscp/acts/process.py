"""From received to filed, needs a person or ignored: one message at a time, each by itself.

Three steps, and no transaction is open while documents are read: claim the message; open and
read it in a worker process; then match, decide and save in one transaction, if the claim is
still ours. A message that fails in any way nobody foresaw goes to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog

from intake.opening import Attachment, Opened, open_message
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.worker import WorkerStopped
from storage import letter_acts, messages
from storage.cases import candidates
from storage.database import DatabaseUnreachable, one_writer, reading, transaction
from storage.filing import save
from storage.messages import Claimed, LostClaim
from storage.sealing import KeysUnusable
from storage.settled import Envelope, Settled
from triage.correspondence import Correspondence
from triage.filing import Arrival, Outcome, file
from triage.matching import Candidate
from triage.papers import Paper
from triage.problem import Problem
from triage.today import Today
from tscp.acts.body import body_papers
from tscp.acts.desk import Desk
from tscp.acts.papers import documents_of, paper_of

log = structlog.get_logger()

SERVICE = "service"
Decide = Callable[[Arrival, Sequence[Candidate], Today], Outcome]
DAMAGED = (
    "the stored original of this message cannot be read any more: open it in the mailbox, and "
    "tell the administrator, who can put the file back from the last backup"
)
OWN_FAULT = (
    "the service failed while it was reading this message: open it in the mailbox, "
    "and tell the administrator, whose log names the error"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A message opened and its documents read, before anything is decided."""

    correspondence: Correspondence
    papers: tuple[tuple[Paper, Attachment, str], ...]
    problems: tuple[Problem, ...]


def process_waiting(desk: Desk) -> Iterator[tuple[str, str]]:
    """Takes every waiting message to its end; yields its id and the state it came to.

    Ends early if the desk is being stopped: what was being read then is let go.
    """
    let_go(desk)
    with suppress(WorkerStopped):
        if any_waiting(desk):
            # Before the first claim: a kill while it starts must not count against a message.
            desk.worker.start()
        while not desk.stopping() and (ended := process_next(desk)) is not None:
            yield ended
    let_go(desk)


def any_waiting(desk: Desk) -> bool:
    """Whether a message waits to be processed."""
    with reading(desk.engine) as session:
        return messages.any_waiting(session)


def let_go(desk: Desk) -> None:
    """Frees the messages whose reading was broken off, so that it does not count as an attempt."""
    while desk.unfinished:
        with transaction(desk.engine) as session:
            messages.let_go(session, desk.unfinished[0])
        desk.unfinished.pop(0)


def process_next(desk: Desk) -> tuple[str, str] | None:
    """Claims and processes the next message; None when none is waiting."""
    with transaction(desk.engine) as session:
        mine = messages.claim(session, desk.now())
    return process(desk, mine) if mine is not None else None


def process(
    desk: Desk, mine: Claimed, actor: str = SERVICE, decide: Decide = file, password: str = ""
) -> tuple[str, str]:
    """Takes a claimed message to its end, whatever happens; its id and the state it came to.

    `decide` is the rules, or in their place what a person decided. `password` opens what does
    not open without one; it goes to the worker and is kept nowhere. Raises DatabaseUnreachable or
    WorkerStopped, which do not count as an attempt, or KeysUnusable, which does.
    """
    message = messages.name(mine.id)
    try:
        state = _ended(desk, mine, actor, decide, password)
    except (DatabaseUnreachable, WorkerStopped):
        desk.unfinished.append(mine)
        raise
    log.info("message_settled", message=message, state=state)
    return message, state


def _ended(desk: Desk, mine: Claimed, actor: str, decide: Decide, password: str) -> str:
    message = messages.name(mine.id)
    try:
        content = desk.originals.read(mine.sha256)
    except (OSError, KeysUnusable) as error:  # one damaged file stops no other message
        log.error("original_unreadable", message=message, exc_info=error)
        return _give_up(desk, mine, actor, DAMAGED)
    try:
        return _process(desk, mine, content, actor, decide, password)
    except LostClaim:
        return "received"
    except (DatabaseUnreachable, KeysUnusable, WorkerStopped):
        raise
    except Exception as error:  # the message must end with a person
        log.error("message_failed", message=message, exc_info=error)
        return _give_up(desk, mine, actor, OWN_FAULT)


def _process(
    desk: Desk, mine: Claimed, content: bytes, actor: str, decide: Decide, password: str
) -> str:
    read = _read(desk, content, mine.problem, password)
    arrival = Arrival(
        message=messages.name(mine.id),
        received_at=min(mine.received_at, mine.registered_at),
        mail=read.correspondence,
        papers=tuple(paper for paper, _, _ in read.papers),
        problems=read.problems,
    )
    with transaction(desk.engine) as session:
        one_writer(session)
        found = candidates(session, desk.keys, arrival.mail, arrival.papers)
        outcome = decide(arrival, found, desk.today())
        save(
            session, desk.keys, mine, outcome, _end(outcome, read), desk.today(), desk.now(), actor
        )
        letter_acts.bounced(session, desk.keys, arrival.mail.returned)
    return outcome.state


def _read(desk: Desk, content: bytes, problem: str, password: str) -> Read:
    """Opens a message and reads its documents, each in the worker, under limits."""
    opened = desk.worker.run(open_message, content, desk.trusted, password)
    if isinstance(opened, Problem):
        opened = Opened(Correspondence(sender=""), (), (opened,))
    problems = opened.problems
    if problem:
        problems = (Problem(problem, kind="too big"), *problems)
    ordinary = opened.correspondence.kind == "ordinary"
    papers = []
    for number, attachment in enumerate(opened.attachments, start=1):
        reads = partial(_outcome, desk, attachment, password)
        paper, reader = paper_of(number, attachment, reads, ordinary)
        papers.append((paper, attachment, reader))
    papers += body_papers(desk.worker, opened)
    return Read(opened.correspondence, tuple(papers), problems)


def _outcome(desk: Desk, attachment: Attachment, password: str) -> DocumentRead | Problem:
    if attachment.problem is not None:
        return attachment.problem
    return desk.worker.run(warm.read, attachment.name, attachment.content, password)


def _end(outcome: Outcome, read: Read) -> Settled:
    mail = read.correspondence
    return Settled(
        state=outcome.state,
        reason=outcome.reason,
        kind=outcome.kind,
        flags=outcome.flags,
        offered=outcome.offered,
        envelope=Envelope(
            mail.message_id, mail.sender, mail.sender_name, mail.subject, outcome.note
        ),
        documents=documents_of(read.papers),
        answers=(*mail.in_reply_to, *mail.references),
    )


def _give_up(desk: Desk, mine: Claimed, actor: str, why: str) -> str:
    """The message goes to a person, with the reason."""
    outcome = Outcome("needs a person", why, "unreadable")
    end = Settled(outcome.state, why, "unreadable", (), (), Envelope(None, "", "", ""), ())
    try:
        with transaction(desk.engine) as session:
            save(session, desk.keys, mine, outcome, end, desk.today(), desk.now(), actor)
    except LostClaim:
        return "received"
    return outcome.state
