"""A question known by what it offers: 'Your view: statutory criteria / local learning / unsure'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.asked import Asked
from parsers.meaning import EXACT, PATTERN, TAUGHT, Found
from parsers.options import boxed
from parsers.reading import TICKED, UNTICKED, plain
from parsers.vocabulary import Field, Vocabulary
from triage.values.choices import YES_NO, choose, exactly

_BETWEEN = re.compile(f"[{TICKED}{UNTICKED}]|\\s/\\s|\\n|\\t|\\s{{3,}}")
_FEWEST = 3  # options, all of one field
_SURE = 0.85


def by_options(words: Vocabulary, asked: Iterable[Asked]) -> Iterator[Asked]:
    """The questions; those whose label is unknown, or means another list than the one printed,
    with the field whose options they offer."""
    held = tuple(asked)
    taken = {q.found.field for q in held if q.found and q.found.how in (EXACT, TAUGHT)}
    for question in held:
        field = _offered(words, question) if _in_doubt(words, question) else None
        field = field or _of_yes_and_no(words, question)
        if field is None or field in taken:
            yield question
        else:
            yield replace(question, found=Found(field, _SURE, PATTERN))


def _of_yes_and_no(words: Vocabulary, question: Asked) -> Field | None:
    """Boxes of yes and no where a name or a day would be asked: the one question of yes or no
    in that part ('Safeguarding lead: Yes / No')."""
    found = question.found
    if found is None or found.field.type not in ("name", "date", "agency") or question.row:
        return None
    offered = [p.strip() for p in _BETWEEN.split(boxed(plain(question.answer))) if p.strip()]
    if len(offered) < 2 or not all(exactly(option, YES_NO) for option in offered):
        return None
    home = [f for f in words.fields if (f.section, f.type) == (found.field.section, "yes/no")]
    return home[0] if len(home) == 1 else None


def _in_doubt(words: Vocabulary, question: Asked) -> bool:
    section = words.section(question.section)
    if question.row is not None or (section and section.group in ("unread", "agencies", "family")):
        return False
    found = question.found
    return found is None or (
        found.how not in (EXACT, TAUGHT) and found.field.type in ("choice", "choices")
    )


def _offered(words: Vocabulary, question: Asked) -> Field | None:
    """The one field whose options are all that the answer's list offers, and no other's."""
    said = boxed(plain(question.answer))
    options = [" ".join(part.split()) for part in _BETWEEN.split(said) if part.strip()]
    if len(options) < _FEWEST:
        return None
    own = question.found.field if question.found else None
    if own is not None and sum(bool(_value(own, o)) for o in options) * 2 >= len(options):
        return None
    fits = [f for f in words.fields if f.type in ("choice", "choices") and _covers(f, options)]
    return fits[0] if len(fits) == 1 else None


def _covers(field: Field, options: list[str]) -> bool:
    values = [_value(field, option) for option in options]
    return None not in values and len(set(values)) >= _FEWEST


def _value(field: Field, option: str) -> str | None:
    known = exactly(option, field.choices)
    if known:
        return known
    read = choose(option, field.choices)
    return read.value if read.confidence > 0.8 else None
