"""All letters are stopped at once, and let go again; also by administrators, who see none."""

from __future__ import annotations

from fastapi.responses import Response

from tscp.acts.letters import hold as hold_letters
from tscp.acts.letters import start_again
from tscp.web import letters, service
from tscp.web.acting import Attempt, acted
from tscp.web.typed import Sent, Typed
from tscp.web.visit import Here, Visit


def hold(visit: Here, typed: Sent) -> Response:
    """Stops them."""
    return _switched(visit, typed, "held")


def let_go(visit: Here, typed: Sent) -> Response:
    """Lets them leave again."""
    return _switched(visit, typed, "let-go")


def _switched(visit: Visit, typed: Typed, done: str) -> Response:
    home = "/letters" if visit.may("letters") else "/service"

    def act() -> str:
        (hold_letters if done == "held" else start_again)(visit.desk, visit.name)
        return f"{home}?done={done}"

    def again(_attempt: Attempt) -> Response:
        """Only after signing in again: nothing was typed, so the page says what there is to do."""
        return letters.show_list(visit) if home == "/letters" else service.show_service(visit)

    return acted(visit.desk, "", typed, act, again)
