"""What is missing on a case, as text to copy into an e-mail."""

from __future__ import annotations

from typing import Any

from fastapi.responses import Response

from triage.case import Case
from triage.missing import missing_text, outstanding_text
from triage.today import Today
from tscp.web.acting import FRESH
from tscp.web.case_form import form_page
from tscp.web.visit import Here


def show(visit: Here, reference: str) -> Response:
    """Two texts: the questions for the referrer, and the contributions that are outstanding."""

    def words(case: Case, today: Today) -> dict[str, Any]:
        return {
            "texts": (
                ("questions", "For the referrer", missing_text(case, today)),
                ("contributions", "Contributions outstanding", outstanding_text(case, today)),
            )
        }

    return form_page(visit, reference, "missing.html", FRESH, words)
