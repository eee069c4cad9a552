"""What people do with letters: look, release, cancel, say that one left; stop all, start again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlmodel import Session

from storage import audit, letter_acts, outbox, switches
from storage.cases import load
from storage.database import reading, transaction
from storage.outbox import OutboxLine
from storage.switches import Switched
from triage.letters import BEFORE, SHADOW
from tscp.acts.desk import Desk, Refused
from tscp.acts.letter_words import letter_in_words
from tscp.mail_out.render import Rendered

LEFT = "it has left, or perhaps has"


def see_letters(
    desk: Desk, user: str, states: Sequence[str] = (), case: str | None = None
) -> list[OutboxLine]:
    """The outbox, or the letters of one case, in the order they were made."""
    with transaction(desk.engine) as session:
        audit.append(session, user, "letters seen", case or "", desk.now())
        return outbox.lines(session, desk.keys, states, case=case)


def see_letters_page(
    desk: Desk,
    user: str,
    states: Sequence[str],
    limit: int,
    offset: int,
    case: str | None = None,
) -> list[OutboxLine]:
    """A page of the letters in these states, in the order of storage.outbox.page."""
    with transaction(desk.engine) as session:
        audit.append(session, user, "letters seen", case or "", desk.now())
        return outbox.page(session, desk.keys, states, limit, offset, case)


def see_letter(desk: Desk, letter: str, user: str) -> tuple[OutboxLine, Rendered]:
    """One letter, and its words as they would leave now. Raises Refused."""
    with transaction(desk.engine) as session:
        found = _found(desk, session, letter)
        case = load(session, desk.keys, [found.case])[found.case] if found.case else None
        audit.append(session, user, f"letter seen: {found.id}", found.case or "", desk.now())
    return found, letter_in_words(desk, found, case)


def release(desk: Desk, letter: str, user: str) -> OutboxLine:
    """A person sends a draft, or once more what failed or was perhaps sent. Raises Refused."""
    live = desk.letters.live_from
    if live is None:
        raise Refused(f"{letter}: {SHADOW}; set [letters] live_from first")

    def act(session: Session, found: OutboxLine) -> None:
        if found.answers_mail_of is not None and found.answers_mail_of < live:
            raise Refused(f"{found.id}: {BEFORE}")
        if not letter_acts.release(session, found.number, user):
            raise Refused(f"{found.id} is '{found.state}': only what has not left can be sent")

    return _done(desk, letter, user, "released", act)


def cancel(desk: Desk, letter: str, user: str, why: str = "") -> OutboxLine:
    """It is not to leave. Raises Refused where it has left, or perhaps has."""

    def act(session: Session, found: OutboxLine) -> None:
        if not letter_acts.cancel(session, found.number, f"by {user}" + f": {why}" * bool(why)):
            raise Refused(f"{found.id} is '{found.state}': {LEFT}")

    return _done(desk, letter, user, "cancelled", act)


def was_sent(desk: Desk, letter: str, user: str) -> OutboxLine:
    """A person found that a letter perhaps sent did leave. Raises Refused."""

    def act(session: Session, found: OutboxLine) -> None:
        if not letter_acts.was_sent(session, found.number, user):
            raise Refused(f"{found.id} is '{found.state}', not 'perhaps sent'")

    return _done(desk, letter, user, "said to be sent", act)


def hold(desk: Desk, user: str) -> None:
    """Stops all letters at once, also one that is being offered to the server."""
    with transaction(desk.engine) as session:
        switches.switch_on(session, switches.HELD, user, desk.now())
        audit.append(session, user, "letters held", "", desk.now())


def held(desk: Desk) -> Switched | None:
    """Since when, and by whom, all letters are held; None if they are not."""
    with reading(desk.engine) as session:
        return switches.switched(session, switches.HELD)


def start_again(desk: Desk, user: str) -> None:
    """Letters leave again."""
    with transaction(desk.engine) as session:
        switches.switch_off(session, switches.HELD)
        audit.append(session, user, "letters started again", "", desk.now())


def _done(
    desk: Desk, letter: str, user: str, act: str, do: Callable[[Session, OutboxLine], None]
) -> OutboxLine:
    with transaction(desk.engine) as session:
        found = _found(desk, session, letter)
        do(session, found)
        audit.append(session, user, f"letter {act}: {found.id}", found.case or "", desk.now())
        return _found(desk, session, letter)


def _found(desk: Desk, session: Session, letter: str) -> OutboxLine:
    number = outbox.letter_number(letter)
    found = outbox.lines(session, desk.keys, only=[number]) if number else []
    if not found:
        raise Refused(f"no letter '{letter}': an id looks like L-000012; see `tscp letters`")
    return found[0]
