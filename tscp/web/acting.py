"""How every form of the desk acts: it is done once, or shown again with what was typed and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import RedirectResponse, Response

from storage import audit
from storage.database import reading
from tscp.acts.change import StaleCase
from tscp.acts.desk import Desk, Refused
from tscp.web.arrived import Done, acts
from tscp.web.typed import Typed, Unclear

DONE: Mapping[str, str] = {
    "assigned": "It is recorded who has the case",
    "contribution": "The contribution is recorded",
    "notification": "The decision on notification is recorded",
    "partners-told": "It is recorded when the partners were told",
    "moved": "The case has been moved",
    "undone": "The last move has been undone",
    "corrected": "The answer has been corrected",
    "withdrawn": "The correction has been taken back: what was read counts again",
    "filed": "The e-mail has been filed to this case",
    "opened": "A case has been opened for the e-mail",
    "not-for-us": "The e-mail is settled: not for us",
    "read-again": "The e-mail has been read again: see below what became of it",
    "released": "The letter will leave when letters next leave",
    "several-released": "The letters will leave when letters next leave",
    "cancelled": "The letter is cancelled and will not leave",
    "was-sent": "The letter is recorded as sent",
    "held": "All letters are held: none leaves until they are let go",
    "let-go": "Letters leave again",
}
"""What a page says after an act, by the word in its address; nothing else can be put there."""
REFUSED, CHANGED = 422, 409
COMMAND_LINE = re.compile(r"; see `tscp [^`]*`|(?<!\w)--(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form about to be shown: what was typed, why it was refused and at which field.

    `changed` is what others did meanwhile; pressing again does it all the same.
    """

    typed: Typed
    wrong: str = ""
    at: str = ""
    stale: bool = False
    changed: Sequence[Done] = ()

    @property
    def status(self) -> int:
        """The answer's status."""
        return CHANGED if self.stale else REFUSED if self.wrong else 200


FRESH = Attempt(Typed())


def acted(
    desk: Desk,
    about: str,
    typed: Typed,
    act: Callable[[], str],
    again: Callable[[Attempt], Response],
    at: str = "",
) -> Response:
    """Acts and goes to the address `act` gives; else the form again, with all that was typed.

    A form that comes back after signing in again (`again`) is shown first: time has passed.
    `at` is the id of the field that a refusal is about, where it says no other.
    """
    if typed.get("again"):
        return again(Attempt(typed))
    try:
        return RedirectResponse(act(), 303)
    except StaleCase:
        return again(Attempt(typed, stale=True, changed=changes(desk, about, typed.shown)))
    except Unclear as error:
        return again(Attempt(typed, sentence(error), error.at))
    except Refused as error:
        return again(Attempt(typed, sentence(error), at))


def sentence(error: Refused) -> str:
    """A refusal for the desk, which has no command line."""
    text = COMMAND_LINE.sub("", str(error))
    return text[:1].upper() + text[1:]


def changes(desk: Desk, about: str, since: datetime | None) -> list[Done]:
    """What was done to a case or an e-mail since a page was shown, newest first."""
    with reading(desk.engine) as session:
        entries = audit.about(session, about)
    wanted = [
        entry
        for entry in entries
        if (since is None or entry[0] >= since) and not _only_a_look(entry[2])
    ]
    return acts(wanted)


def _only_a_look(act: str) -> bool:
    return act.endswith(" seen") or act.startswith(("letter seen", "refused: "))
