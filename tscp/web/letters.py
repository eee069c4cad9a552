"""The outbox: what waits for a person first, and each letter in words as it would leave now."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi.responses import Response

from storage.outbox import OutboxLine
from tscp.acts.desk import Refused
from tscp.acts.letters import (
    cancel,
    held,
    release,
    see_letter,
    see_letters_page,
    was_sent,
)
from tscp.mail_out.render import TemplateWrong
from tscp.web.acting import FRESH, Attempt, acted, sentence
from tscp.web.case_form import REFERENCE, nowhere
from tscp.web.page import PER_PAGE, shown, turning
from tscp.web.typed import Sent, Typed
from tscp.web.visit import Here, Visit

LETTER = re.compile(r"L-\d{6,12}")
OPEN = ("draft", "waiting", "perhaps sent", "failed", "bounced")
FILTERS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("open", "All that may need something", OPEN),
    ("draft", "Drafts that wait for a person", ("draft",)),
    ("waiting", "Waiting to leave", ("waiting",)),
    ("perhaps sent", "Perhaps sent", ("perhaps sent",)),
    ("failed", "Could not be sent", ("failed",)),
    ("bounced", "Came back undelivered", ("bounced",)),
    ("sent", "Sent", ("sent",)),
    ("cancelled", "Cancelled", ("cancelled",)),
)
"""The filter's word in the address, what it says, and the states it shows, in their order."""
HEADINGS = {states[0]: words for _, words, states in FILTERS[1:]}
WHAT_TO_DO = {
    "waiting": "They leave by themselves: agencies are written to on working days, 08:00 to 18:00.",
    "perhaps sent": "The mail server did not say whether it took them. Ask the addressee, then say "
    "that it was sent, or send it again.",
    "failed": "The reason stands beside each. Put it right, then send it again.",
    "bounced": "The address does not take mail. Find the right one and write from the mailbox.",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Letters of one state; of drafts, those of one case ('' for none)."""

    state: str
    case: str
    letters: tuple[OutboxLine, ...]


def show_list(
    visit: Here, state: str = "open", page: int = 1, case: str = "", done: str = ""
) -> Response:
    """A page of letters, by state; of one case if asked."""
    return _list(visit, state, page, case, FRESH, done)


def _list(
    visit: Visit, state: str, page: int, case: str, attempt: Attempt, done: str = ""
) -> Response:
    desk, page = visit.desk, max(1, min(page, 100_000))
    known = {word: states for word, _, states in FILTERS}
    state = state if state in known else "open"
    case = case if REFERENCE.fullmatch(case) else ""
    skip = PER_PAGE * (page - 1)
    found = see_letters_page(desk, visit.name, known[state], PER_PAGE + 1, skip, case or None)
    kept = {"state": state.replace(" ", "+"), "case": case}
    return shown(
        visit,
        "letters.html",
        "letters",
        status=attempt.status,
        done=done,
        attempt=attempt,
        groups=_groups(found[:PER_PAGE]),
        headings=HEADINGS,
        what_to_do=WHAT_TO_DO,
        state=state,
        case=case,
        filters=FILTERS,
        agency=desk.register.name,
        held=held(desk),
        live=desk.letters.live(desk.now()),
        may_leave=desk.letters.live_from is not None,
        turning=turning("/letters", page, len(found) > PER_PAGE, **kept),
    )


def _groups(letters: Sequence[OutboxLine]) -> list[Group]:
    def key(letter: OutboxLine) -> tuple[str, str]:
        return letter.state, (letter.case or "") if letter.state == "draft" else ""

    return [Group(*which, tuple(same)) for which, same in groupby(letters, key)]


def release_several(visit: Here, typed: Sent) -> Response:
    """Releases the ticked drafts; those that cannot be are named, the others are released."""

    case = typed.get("case")

    def again(attempt: Attempt) -> Response:
        return _list(visit, "open", 1, case, attempt)

    def act() -> str:
        if not typed.all("letter"):
            raise Refused("tick the letters that are to leave")
        refused = [why for one in typed.all("letter") if (why := _refusal(visit, one))]
        if refused:
            raise Refused(". ".join(refused))
        back = f"/case/{case}" if REFERENCE.fullmatch(case) else "/letters"
        return f"{back}?done=several-released"

    return acted(visit.desk, "", typed, act, again)


def _refusal(visit: Visit, letter: str) -> str:
    """Releases one; why it could not be, '' where it was."""
    if not LETTER.fullmatch(letter):
        return "there is no such letter"
    try:
        release(visit.desk, letter, visit.name)
    except Refused as error:
        return sentence(error)
    return ""


def show(visit: Here, letter: str, done: str = "") -> Response:
    """One letter."""
    return _one(visit, letter, FRESH, done)


def _one(visit: Visit, letter: str, attempt: Attempt, done: str = "") -> Response:
    desk = visit.desk
    if not LETTER.fullmatch(letter):
        return nowhere(visit, "A letter's number looks like L-000012.")
    try:
        found, words = see_letter(desk, letter, visit.name)
    except Refused:
        return nowhere(visit, f"There is no letter {letter}.")
    except TemplateWrong as error:
        return shown(
            visit, "error.html", status=500, title="This letter cannot be shown", said=str(error)
        )
    return shown(
        visit,
        "letter.html",
        status=attempt.status,
        done=done,
        attempt=attempt,
        letter=found,
        words=words,
        agency=desk.register.name,
        held=held(desk),
        live=desk.letters.live(desk.now()),
        may_leave=desk.letters.live_from is not None,
    )


def release_one(visit: Here, letter: str, typed: Sent) -> Response:
    """A person sends it, or sends it again."""
    return _acted(visit, letter, typed, lambda: release(visit.desk, letter, visit.name), "released")


def cancel_one(visit: Here, letter: str, typed: Sent) -> Response:
    """It is not to leave."""

    def act() -> OutboxLine:
        return cancel(visit.desk, letter, visit.name, typed.get("why"))

    return _acted(visit, letter, typed, act, "cancelled")


def say_sent(visit: Here, letter: str, typed: Sent) -> Response:
    """A letter that was perhaps sent did leave."""
    return _acted(
        visit, letter, typed, lambda: was_sent(visit.desk, letter, visit.name), "was-sent"
    )


def _acted(
    visit: Visit, letter: str, typed: Typed, act: Callable[[], OutboxLine], done: str
) -> Response:
    def then() -> str:
        return f"/letters/{act().id}?done={done}"

    if not LETTER.fullmatch(letter):
        return nowhere(visit, "A letter's number looks like L-000012.")
    return acted(visit.desk, letter, typed, then, lambda a: _one(visit, letter, a))
