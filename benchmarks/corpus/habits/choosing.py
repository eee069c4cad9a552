"""Choices that were not made as the form asks."""

from __future__ import annotations

from benchmarks.corpus.contents import Contents
from tscp.demo.typed import Typed

ASKED = ("police_investigation", "other_children_at_risk", "media_interest", "panel_notified")
CHOICES = ("outcome_for_child", "abuse_or_neglect", "criteria_met", "safeguarding_lead_consulted")


def both_ticked(made: Contents) -> None:
    """Yes and no: no answer, or a conflict, as the interface says."""
    key = made.chance.choice(ASKED)
    made.ticked[key] = frozenset(("yes", "no"))
    made.answers[key] = Typed("Yes, No", None, ("conflict",))


def none_ticked(made: Contents) -> None:
    """The options stand there, undeleted or unticked: no answer."""
    for key in made.chance.sample(ASKED + CHOICES, 2):
        made.ticked[key] = frozenset()
        made.answers[key] = Typed("", None)
