"""The managers' page: today's summary, as it goes out by mail. References and counts only."""

from __future__ import annotations

from fastapi.responses import Response

from tscp.acts.look import noted
from tscp.acts.summarise import summary_of
from tscp.web.page import shown
from tscp.web.visit import Here


def show(visit: Here) -> Response:
    """The summary of today."""
    noted(visit.desk, visit.name, "summary seen")
    return shown(visit, "summary.html", "summary", s=summary_of(visit.desk))
