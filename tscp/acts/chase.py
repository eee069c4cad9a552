"""Requests and reminders to agencies: drafted when due, and cancelled when no longer wanted."""

from __future__ import annotations

from storage import audit, letter_acts, outbox
from storage.cases import load, open_cases
from storage.database import reading, transaction
from storage.outbox import OutboxLine
from triage.chasing import letters_due, no_longer_wanted
from triage.letters import TO_AGENCIES
from tscp.acts.desk import Desk

SERVICE = "service"
UNSENT = ("draft", "waiting", "failed")


def chase(desk: Desk) -> int:
    """Drafts what is due on every open case, cancels what no longer is; how many were drafted."""
    _cancel_unwanted(desk)
    with reading(desk.engine) as session:
        today = desk.today()
        due = [
            (case.reference, letters_due(case, today)) for case in open_cases(session, desk.keys)
        ]
    drafted = 0
    for reference, letters in due:
        if not letters:
            continue
        with transaction(desk.engine) as session:
            for letter in letters:
                number = outbox.add(session, desk.keys, letter, desk.now(), reference)
                if number is not None:
                    drafted += 1
                    act = f"letter {letter.state}: {letter.kind} to {letter.agency}"
                    audit.append(session, SERVICE, act, reference, desk.now())
    return drafted


def _cancel_unwanted(desk: Desk) -> None:
    with reading(desk.engine) as session:
        unsent = outbox.lines(session, desk.keys, UNSENT)
    for letter in unsent:
        if letter.kind in TO_AGENCIES and (why := unwanted(desk, letter)):
            with transaction(desk.engine) as session:
                letter_acts.cancel(session, letter.number, why)
                audit.append(
                    session,
                    SERVICE,
                    f"letter cancelled: {letter.id}",
                    letter.case or "",
                    desk.now(),
                )


def unwanted(desk: Desk, letter: OutboxLine) -> str:
    """Why a letter to an agency should not leave any more; '' if it should, or is another kind."""
    if letter.kind not in TO_AGENCIES or letter.case is None:
        return ""
    with reading(desk.engine) as session:
        case = load(session, desk.keys, [letter.case])[letter.case]
    return no_longer_wanted(letter.kind, letter.agency, letter.key, case, desk.today())
