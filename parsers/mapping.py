"""Labelled answers -> SinForm: each under its key with its value; nothing on the form is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from parsers.answers import Kept, answers_of
from parsers.asked import MORE, Asked
from parsers.confidence import SENT, checked_answers, checked_child, checked_rest, sent_about
from parsers.contacts import parted
from parsers.groups import rows_of_group
from parsers.labelling import labelled
from parsers.reading import Paragraph, Reading, Table, plain
from parsers.several_people import checked_person
from parsers.texts import tidy
from parsers.typed import Context
from parsers.unborn import due_not_born
from parsers.vocabulary import Vocabulary
from triage.agency_names import agency_names
from triage.evidence import Answer, Labelled
from triage.sin_form import GROUPS, Row, SinForm
from triage.values.numbers import postcode
from triage.values.when import first_day


def to_sin_form(
    reading: Reading,
    words: Vocabulary,
    agencies: Mapping[str, str],
    document: str = "",
) -> SinForm | None:
    """The form a document holds, read by this vocabulary; None if it asks nothing we know."""
    return mapped(labelled(words, reading), reading, words, agencies, document)


def mapped(
    asked: Sequence[Asked],
    reading: Reading,
    words: Vocabulary,
    agencies: Mapping[str, str],
    document: str = "",
) -> SinForm | None:
    """As `to_sin_form`, from questions already labelled."""
    if not any(question.found for question in asked):
        return None
    context = Context(agency_names(agencies), words=words)
    once = [q for q in asked if q.found and q.found.field.group == "answers"]
    # First of all: dates without a year lean on the day the form was sent, itself an answer.
    dated = [q for q in once if q.found and q.found.field.key in SENT]
    near = sent_about(answers_of(dated, context).answers)
    context = Context(context.agencies, near, words)
    top = answers_of(once, context)
    answers = checked_answers({**_version(reading, words), **top.answers}, near)
    groups, left = _groups(asked, context)
    incident = first_day(answers["incident_date"].value) if "incident_date" in answers else None
    children = tuple(_child(row, incident or near) for row in groups["children"])
    if len(children) > 1:
        children = tuple(checked_rest(row, "children") for row in children)
    return SinForm(
        form=words.form,
        document=document,
        answers=answers,
        children=children,
        family=tuple(checked_rest(checked_person(row), "family") for row in groups["family"]),
        agencies=tuple(checked_rest(parted(row), "agencies") for row in groups["agencies"]),
        events=tuple(checked_rest(row, "events") for row in groups["events"]),
        unmapped=tuple(_unmapped(asked, [*top.left, *left])),
    )


def _groups(
    asked: Sequence[Asked], context: Context
) -> tuple[dict[str, tuple[Row, ...]], list[Asked]]:
    """Every repeating group's rows, and the questions that found no place in them."""
    rows: dict[str, tuple[Row, ...]] = {}
    left: list[Asked] = []
    for group in GROUPS:
        read = [answers_of(questions, context) for questions in rows_of_group(asked, group)]
        kept = [_with_kin(one, group) for one in read if _tells(one)]
        rows[group] = tuple(one.answers for one in kept)
        left += [question for one in read for question in one.left]
    return rows, left


def _tells(one: Kept) -> bool:
    """Whether a row holds anything: blank rows of a template are no relatives."""
    return any(answer.value is not None or _touched(answer) for answer in one.answers.values())


def _touched(answer: Answer) -> bool:
    """Something was typed, though it gives no value (an option list left alone is not)."""
    return bool(answer.text) and answer.doubt != "no option is chosen"


def _with_kin(one: Kept, group: str) -> Kept:
    """'Mother' over a block is her relationship, where none is asked or given."""
    relationship = one.answers.get("relationship")
    if group != "family" or not one.kin or (relationship and relationship.value):
        return one
    evidence = next(iter(one.answers.values())).evidence
    told = Answer(one.kin.capitalize(), one.kin, 0.85, evidence, "taken from the heading")
    return one._replace(answers={**one.answers, "relationship": told})


def _child(row: Row, incident: date | None) -> Row:
    """A child's row, its dates checked, its postcode taken from the address if not asked."""
    checked = checked_child(due_not_born(row), incident)
    address = checked.get("home_address")
    if "postcode" not in checked and address and address.value:
        found = postcode(address.text)
        if found.value:
            sure = min(address.confidence, found.confidence, 0.93)
            doubt = "taken from the address"
            told = Answer(found.value, found.value, sure, address.evidence, doubt)
            checked["postcode"] = told
    return checked_person(checked)


def _version(reading: Reading, words: Vocabulary) -> dict[str, Answer]:
    """The form's version as printed in its margins or title."""
    for paragraph in (*reading.margin, *_first_paragraphs(reading)):
        text = plain(paragraph.text)
        if match := words.version.search(text):
            told = " ".join(match[0].split())
            return {"form_version": Answer(told, told, 0.8, paragraph.evidence)}
    return {}


def _first_paragraphs(reading: Reading) -> Iterable[Paragraph]:
    for block in reading.blocks[:6]:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table) and block.cells:
            yield Paragraph(block.cells[0].text, block.cells[0].evidence)


def _unmapped(asked: Sequence[Asked], left: list[Asked]) -> Iterable[Labelled]:
    """Questions nobody knows, and answers that found no place, in the order of the form."""
    spare = [q for q in asked if (q.found is None or q.found.kept or q in left) and not q.blank]
    for held in _answers(spare):
        text = "\n".join(tidy(plain(question.answer)) for question in held)
        if text.strip():
            label = " ".join(held[0].label.split())
            yield Labelled(label.rstrip(" :"), text, held[0].evidence)


def _answers(spare: Iterable[Asked]) -> Iterable[list[Asked]]:
    """Lines that go on under one label are one answer. The same question asked again (of the next
    child, in the next row) begins another."""
    held: list[Asked] = []
    for question in spare:
        if not (held and question.how == MORE and question.label == held[-1].label):
            if held:
                yield held
            held = []
        held.append(question)
    if held:
        yield held
