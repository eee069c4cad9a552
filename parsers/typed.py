"""An answer's text becomes its value, by the type of its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from parsers.options import Picked, picked
from parsers.printed_options import alike_boxes, breaks_off, is_printed_list, left_in
from parsers.reading import TICKED, Text, plain
from parsers.texts import tidy
from parsers.vocabulary import Field, Vocabulary
from triage.agency_names import AgencyNames
from triage.evidence import Value
from triage.values import names, numbers
from triage.values.blank import is_blank, says_not_known, says_nothing
from triage.values.choices import GENDERS, YES_NO, Choices, choose, denies, every_choice, yes_or_no
from triage.values.dates import parse_when

CONFLICT = "conflict"
BOTH_TICKED = "more than one box is ticked"
NOTHING_CHOSEN = "no option is chosen"
ALIKE = "ticked and empty boxes look the same here"
DENIED = "some of what is named here is denied"
CUT = "the list of options seems to be cut short"
_MARK = re.compile(f"[xX✓✔√{TICKED}]")
"""Alone where yes or no is asked: the box of 'yes' is marked."""


class Typed(NamedTuple):
    """A value (None: none given), the text as typed, how sure, and why not surer."""

    value: Value | None
    text: str
    sure: float
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What values need beside their own text: the register, and about when the form was sent."""

    agencies: AgencyNames
    near: date | None = None
    words: Vocabulary | None = None
    """What else the form asks, against which answers are held (misfit.py)."""


def typed(field: Field, text: Text, context: Context) -> Typed:
    """The value of an answer to this field."""
    said = tidy(plain(text))
    reads = _READS.get(field.type, _text)
    if field.type not in _LISTED:
        said = tidy(plain(tuple(run for run in text if not run.struck)))
        if says_nothing(said):
            return Typed(None, said, 0.99)
    return reads(field, text, said, context)


def _yes_no(field: Field, text: Text, said: str, context: Context) -> Typed:
    if plain(text).strip() == "?":
        return Typed("unknown", "?", 0.9, "only a question mark stands there")
    if is_blank(said):
        return Typed(None, said, 0.99)
    choices = field.choices or YES_NO
    list_ = picked(text, choices)
    found = _boxes_alike(list_, said)
    found = found or (_one_of(list_, said, CONFLICT) if list_ else None)
    found = found or _beside(list_, choices, said) or _left_in(said, choices)
    if found:
        return found
    if says_not_known(said):
        return Typed("unknown", said, 0.98)
    if says_nothing(said):
        return Typed(None, said, 0.99)
    if _MARK.fullmatch(said):
        return Typed("yes", said, 0.95)
    answer = yes_or_no(said, choices)
    doubt = "" if answer.value else "neither yes nor no could be read"
    return Typed(answer.value, said, answer.confidence, doubt)


def _one_of(list_: Picked, said: str, both: str | None) -> Typed | None:
    """A list in which one option may be chosen. None where it is no list of ours at all."""
    if len(list_.values) > 1:
        return Typed(both, said, 0.9 if both else 0.5, BOTH_TICKED)
    if list_.values:
        doubt = "another box is ticked that we do not know" if list_.strange else ""
        return Typed(list_.values[0], said, list_.sure, doubt)
    if list_.strange or list_.rest:
        return None
    return Typed(None, said, 0.97, NOTHING_CHOSEN)


def _beside(list_: Picked | None, choices: Choices, said: str) -> Typed | None:
    """No box is ticked, but the answer is typed beside them."""
    if list_ is None or not list_.rest or list_.values:
        return None
    answer = choose(list_.rest, choices)
    if answer.value and answer.confidence > 0.9:
        return Typed(answer.value, said, 0.93, "typed beside the boxes")
    return Typed(None, said, 0.9, NOTHING_CHOSEN)


def _boxes_alike(list_: Picked | None, said: str) -> Typed | None:
    """Black squares only: the font may have no other, so nothing tells which are ticked."""
    if list_ is None or not alike_boxes(said):
        return None
    alone = len(list_.values) == list_.offered == 1
    return Typed(list_.values[0] if alone else None, said, 0.5, ALIKE)


def _left_in(said: str, choices: Choices) -> Typed | None:
    """'Yes / No - No': the printed options were left, the answer (or a remark) is behind them."""
    behind = left_in(said, choices)
    if behind is None:
        return None
    answer = choose(behind, choices)
    if answer.value and answer.confidence > 0.9:
        return Typed(answer.value, said, 0.93, "typed beside the options")
    return Typed(None, said, 0.9, NOTHING_CHOSEN)


def _choice(field: Field, text: Text, said: str, context: Context) -> Typed:
    if is_blank(said):
        return Typed(None, said, 0.99)
    list_ = picked(text, field.choices)
    found = _boxes_alike(list_, said) or (_one_of(list_, said, None) if list_ else None)
    found = found or _beside(list_, field.choices, said) or _left_in(said, field.choices)
    if found:
        return found
    answer = choose(said, field.choices)
    if answer.value is None and says_nothing(said):
        return Typed(None, said, 0.99)
    doubt = "" if answer.value else "none of the known answers could be read"
    return Typed(answer.value, said, answer.confidence, doubt)


def _choices(field: Field, text: Text, said: str, context: Context) -> Typed:
    if says_nothing(said):
        return Typed(None, said, 0.99)
    list_ = picked(text, field.choices)
    if found := _boxes_alike(list_, said):
        return found
    # A few of many options, none of them marked, are not the printed list: they were typed.
    if list_ and not (list_.doubtful and list_.offered * 2 <= len(field.choices)):
        values = _in_order(list_.values or every_choice(list_.rest, field.choices), field)
        if list_.strange and "other" in field.choices:
            values = _in_order((*values, "other"), field)
        if breaks_off(said, field.choices) or list_.offered * 2 < len(field.choices):
            return Typed(values or None, said, min(list_.sure, 0.8), CUT)
        doubt = "" if values else NOTHING_CHOSEN
        return Typed(values or None, said, list_.sure, doubt)
    if list_ and is_printed_list(said, list_.offered):
        return Typed(None, said, 0.85, NOTHING_CHOSEN)
    return _choices_in_words(said, field.choices)


def _choices_in_words(said: str, choices: Choices) -> Typed:
    """What somebody typed, all in their own words; what they deny is left out."""
    found, denied = every_choice(said, choices), denies(said, choices)
    if found or denied:
        sure = 0.9 if len(said) < 200 and not denied else 0.7
        return Typed(found or None, said, sure, DENIED if denied else "")
    none = re.match(r"^(none|no|nil)\b", said, re.IGNORECASE)
    doubt = "" if none else "none of the known answers could be read"
    return Typed(None, said, 0.9 if none else 0.4, doubt)


def _in_order(values: tuple[str, ...], field: Field) -> tuple[str, ...]:
    return tuple(value for value in field.choices if value in values)


def _date(field: Field, text: Text, said: str, context: Context) -> Typed:
    found = parse_when(said, birth=field.type == "birth", near=context.near)
    return Typed(found.value, said, found.confidence, found.doubt)


def _name(field: Field, text: Text, said: str, context: Context) -> Typed:
    name = names.tidy(" ".join(said.split("\n")))
    if re.search(r"\s(?:and|&|/)\s|;|\n", said):
        return Typed(name, said, 0.7, "perhaps more than one name")
    sure = 0.98 if re.fullmatch(r"[^\d@\n]{2,70}", name) and (" " in name or field.part) else 0.9
    return Typed(name, said, sure)


def _text(field: Field, text: Text, said: str, context: Context) -> Typed:
    # Broken lines of a short answer are one line; an address broken at '@' is one word.
    line = numbers.mended_email(" ".join(said.split()))
    return Typed(line, said, 0.98 if len(line) < 200 else 0.9)


def _narrative(field: Field, text: Text, said: str, context: Context) -> Typed:
    return Typed(said, said, 0.97)


def _address(field: Field, text: Text, said: str, context: Context) -> Typed:
    lines = [line.rstrip(" ,") for line in said.split("\n")]
    return Typed(", ".join(lines), said, 0.97)


def _gender(field: Field, text: Text, said: str, context: Context) -> Typed:
    list_ = picked(text, GENDERS)
    found = _boxes_alike(list_, said) or (_one_of(list_, said, None) if list_ else None)
    if found := found or _left_in(said, GENDERS):
        return found
    if says_nothing(said):
        return Typed(None, said, 0.99)
    answer = choose(said, GENDERS)
    return Typed(answer.value, said, answer.confidence) if answer.value else _text(
        field, text, said, context
    )  # fmt: skip


def _agency(field: Field, text: Text, said: str, context: Context) -> Typed:
    found = context.agencies.find(" ".join(said.split()))
    return Typed(found.id, said, found.sure, found.doubt)


def _number(reads: Callable[[str], numbers.Number]) -> Callable[..., Typed]:
    def read(field: Field, text: Text, said: str, context: Context) -> Typed:
        found = reads(" ".join(said.split()))
        return Typed(found.value, said, found.confidence, found.doubt)

    return read


_LISTED = {"yes/no", "choice", "choices", "gender"}
_READS: dict[str, Callable[[Field, Text, str, Context], Typed]] = {
    "yes/no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "birth": _date,
    "name": _name,
    "text": _text,
    "narrative": _narrative,
    "address": _address,
    "gender": _gender,
    "agency": _agency,
    "email": _number(numbers.email),
    "phone": _number(numbers.telephone),
    "nhs number": _number(numbers.nhs_number),
    "postcode": _number(numbers.postcode),
}
