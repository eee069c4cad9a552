"""One answer for people: what was typed, where, how surely it was read, who corrected it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.beside import Beside
from triage.corrections import Path
from triage.current import answered
from triage.evidence import Answer, Corrected, Evidence
from triage.plain_words import QUESTIONS
from triage.shown import shown_value
from triage.today import Today

ONE_OF = {"children": "Child", "family": "Family", "agencies": "Agency", "events": "Key event"}


@dataclass(frozen=True, slots=True)
class Other:
    """What another agency's copy says of it; `at` is UTC, `place` names the document."""

    value: str
    by: str
    at: datetime
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer for people. `typed` is '' where it says no more than the value.

    `path` is what a correction calls it; `said` is who corrected it and why, '' where nobody did.
    """

    path: str
    question: str
    value: str
    typed: str
    place: str
    sure: bool
    confidence: str
    doubt: str
    needed: bool = False
    said: str = ""
    disputed: bool = False
    others: tuple[Other, ...] = ()


def to_show(answer: Answer) -> bool:
    """Whether it says anything, be it in doubt."""
    told = answered(answer) or bool(answer.doubt) or bool(answer.text.strip())
    return told or isinstance(answer, Corrected)


def needed(path: str, key: str) -> Shown:
    """An answer needed for triage that was not given."""
    return Shown(path, question_of(key), "", "", "", False, "", "", needed=True)


def shown(path: str, key: str, kind: str, answer: Answer, today: Today) -> Shown:
    """An answer for people; of one that staff corrected, what they say."""
    if isinstance(answer, Corrected):
        return _corrected(path, key, kind, answer, today)
    value = value_of(answer, kind, today)
    unusable = answer.value == "conflict" or (answer.value is None and bool(answer.doubt))
    unsure = answer.confidence < today.ask_below or unusable
    return Shown(
        path=path,
        question=question_of(key),
        value=value,
        typed="" if _same(value, answer.text) else answer.text.strip(),
        place=place(answer.evidence),
        sure=not unsure,
        confidence=f"{answer.confidence:.2f}",
        doubt=answer.doubt,
    )


def _corrected(path: str, key: str, kind: str, answer: Corrected, today: Today) -> Shown:
    """What staff say, with what was read beside it."""
    was = value_of(answer.was, kind, today) if answer.was is not None else ""
    return Shown(
        path=path,
        question=question_of(key),
        value=value_of(answer, kind, today) or "Not given",
        typed=was,
        place=place(answer.was.evidence) if answer.was is not None else "",
        sure=not answer.disputed,
        confidence="",
        doubt="",
        said=f"{place(answer.evidence)}{f': {answer.why}' if answer.why else ''}",
        disputed=answer.disputed,
    )


def others(told: Sequence[Beside], kind: str, today: Today) -> tuple[Other, ...]:
    """What other agencies say otherwise, for people."""
    return tuple(
        Other(
            value_of(one.answer, kind, today),
            today.register.name(one.agency) if one.agency else "another agency",
            one.at,
            one.message,
            f"{one.document}, {place(one.answer.evidence)}",
        )
        for one in told
    )


def whose(path: Path) -> str:
    """'child 2: ', before a question asked of several; '' for one that is asked once."""
    return f"{ONE_OF[path.group].lower()} {path.row + 1}: " if path.group else ""


def value_of(answer: Answer, kind: str, today: Today) -> str:
    """The value in words."""
    if answer.value is None:
        return ""
    if answer.value == "conflict":
        return "both yes and no are ticked"
    said = shown_value(answer.value)
    if kind == "agency":
        return today.register.name(said)
    if kind in ("yes/no", "choice", "choices", "gender"):
        said = "not known" if said == "unknown" else said
        return said[:1].upper() + said[1:]
    return said


def _same(value: str, text: str) -> bool:
    return " ".join(value.split()).casefold() == " ".join(text.split()).casefold()


def question_of(key: str) -> str:
    """Its plain name, with a capital."""
    name = QUESTIONS.get(key, key.replace("_", " "))
    return name[:1].upper() + name[1:]


def place(where: Evidence) -> str:
    """'page 2, table 3, row 5, cell 2': where to look in the document."""
    parts = [f"page {where.page}"] if where.page else []
    parts += [where.cell] if where.cell else []
    if not parts and where.box:
        left, top = where.box[:2]
        parts.append(f"{left:.0f} points from the left, {top:.0f} from the top")
    return ", ".join(parts) or where.method
