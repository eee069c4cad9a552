"""Which key a label probably means, for a person to confirm: nearest by words or by options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from parsers.label_words import fold
from parsers.learning_sheet import Label
from parsers.meaning import EXACT, HERE, Found, allowed, meaning
from parsers.vocabulary import Field, Vocabulary
from triage.plain_words import QUESTIONS
from triage.values.choices import YES_NO, Choices, choose, exactly

SURE, GUESS, NEAR = 100.0, 66.0, 56.0
"""Scores: to the letter; good enough to be proposed; near enough to be named."""
_HOME, _ASKED_SO, _ASKED_ELSE = 6.0, 8.0, -25.0
_CHOSEN = ("choice", "choices")
_SHORT = 2  # words
_SO = (
    (re.compile(r"\b(when|date|day|on what)\b|\bon$"), ("date", "birth")),
    (
        re.compile(r"\bwhere\b|\b(place|address|spot|lives?)\b|\bat$"),
        ("address", "text", "postcode"),
    ),
    (re.compile(r"\bwho\b|\bnames?\b"), ("name", "text")),
    (re.compile(r"^(is|are|was|were|has|have|did|does|do|will)\b"), ("yes/no", "choice")),
    (re.compile(r"\be ?mail\b"), ("email", "text")),
    (re.compile(r"\b(phone|ring|tel|mobile)\b"), ("phone", "text")),
)


class Candidate(NamedTuple):
    """A field a label may mean, with a score of 100; `by_options`: what is offered says so."""

    field: Field
    score: float
    by_options: bool = False


def candidates(words: Vocabulary, label: Label, section: str) -> list[Candidate]:
    """The fields a label may mean in a section, the likeliest first."""
    known = words.section(section)
    found = meaning(words, label.text, section)
    best: dict[tuple[str, str], Candidate] = {}
    if found is not None and _listed(found, label.text, section):
        best[(found.field.group, found.field.key)] = Candidate(found.field, SURE)
    asked = fold(label.text, words.alike)
    for field in words.fields:
        if not allowed(field, known):
            continue
        score = _by_words(words, asked, field, section) + _by_kind(asked, field)
        score += _by_ticks(label.options, field)
        offered = _by_options(label.options, field)
        by_options, score = offered > score, max(score, offered)
        if found is not None and found.field is field:
            score = max(score, 100 * found.sure - 8)
        score = min(score, SURE - 1)
        held = best.get((field.group, field.key))
        if score >= NEAR and (held is None or score > held.score):
            best[(field.group, field.key)] = Candidate(field, score, by_options)
    return sorted(best.values(), key=lambda one: -one.score)


def _listed(found: Found, label: str, section: str) -> bool:
    """The built-in words list the label, and it is at home here or too long to mean two things."""
    at_home = found.field.section == section or len(label.split()) > _SHORT
    return found.how in (EXACT, HERE) and found.sure > 0.9 and at_home


def _by_words(words: Vocabulary, asked: str, field: Field, section: str) -> float:
    """How near the label is to the nearest of the field's own; short ones count at home only."""
    if field.section == section:
        return max(_nearest(words, asked, field), _nearest_here(asked, field)) + _HOME
    return _nearest(words, asked, field)


# A label is held against every field in each section that it may stand in.
@lru_cache(maxsize=100_000)
def _nearest(words: Vocabulary, asked: str, field: Field) -> float:
    named = (fold(QUESTIONS[field.key], words.alike),) if field.key in QUESTIONS else ()
    return max((_alike(asked, told) for told in (*field.labels, *named)), default=0.0)


@lru_cache(maxsize=100_000)
def _nearest_here(asked: str, field: Field) -> float:
    return max((_alike(asked, told) for told in field.here), default=0.0)


def _alike(asked: str, told: str) -> float:
    """Of 100. Words in another order count; a few words within many do so less."""
    few, many = sorted((len(asked.split()), len(told.split())))
    within = float(fuzz.token_set_ratio(asked, told)) * (0.6 + 0.4 * few / max(many, 1))
    return max(float(fuzz.token_sort_ratio(asked, told)), within)


def _by_kind(asked: str, field: Field) -> float:
    """'When …' asks for a date, 'Who …' for a name."""
    for words, types in _SO:
        if words.search(asked):
            return _ASKED_SO if field.type in types else _ASKED_ELSE * (field.type in _SHAPES)
    return _ASKED_ELSE if field.type in ("date", "birth", "email", "phone") else 0.0


_SHAPES = {"date", "birth", "email", "phone", "nhs number", "yes/no", "narrative", "postcode"}


def _by_ticks(options: Sequence[str], field: Field) -> float:
    """Boxes for yes and no ask another kind of question than boxes for anything else."""
    if not options:
        return 0.0
    types = ("yes/no",) if plain_yes_no(options) else (*_CHOSEN, "yes/no", "gender")
    return _ASKED_SO if field.type in types else _ASKED_ELSE


def plain_yes_no(options: Sequence[str]) -> bool:
    """Whether nothing but yes, no and not known is offered."""
    return bool(options) and all(exactly(option, YES_NO) for option in options)


def _by_options(options: Sequence[str], field: Field) -> float:
    """How many of the options printed are options of this field; yes and no tell nothing."""
    if field.type not in _CHOSEN or len(options) < 2 or plain_yes_no(options):
        return 0.0
    values = {value for option in options if (value := valued(option, field.choices)[0])}
    return 92.0 * len(values) / len(options) if len(values) >= 2 else 0.0


def valued(option: str, choices: Choices) -> tuple[str | None, bool]:
    """The value an option means among these, and whether that is certain."""
    if value := exactly(option, choices):
        return value, True
    named = choose(option, choices)
    if named.value and named.confidence > 0.75:
        return named.value, named.confidence > 0.9
    near = [
        (max(_alike(option.casefold(), wording) for wording in (value, *wordings)), value)
        for value, wordings in choices.items()
    ]
    score, value = max(near, default=(0.0, ""))
    return (value, False) if score >= GUESS else (None, False)


def assigned(
    wanted: Iterable[tuple[int, Sequence[Candidate]]],
) -> Mapping[int, Candidate | None]:
    """One key a label: the surest choose first, and what is asked once is given away once."""
    left = {number: list(offered) for number, offered in wanted}
    taken: set[tuple[str, str, str, str]] = set()
    given: dict[int, Candidate | None] = {}
    pairs = [(c.score, -n, n, c) for n, offered in left.items() for c in offered]
    for score, _, number, candidate in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        field = candidate.field
        claim = (field.group, field.key, field.part, field.also)
        if number in given or score < GUESS or (claim in taken and score < SURE):
            continue
        given[number] = candidate
        taken.add(claim)
    return {number: given.get(number) for number in left}
