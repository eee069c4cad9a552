"""Every answer of the corpus with the ground its confidence rests on, and whether it is right.

Documents are read in this process, since the worker hands back answers without their grounds.
Forms in mails are left out: they rest on the same grounds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.accuracy.judging import COUNTED, judged
from benchmarks.corpus.build import Layout, drawn
from benchmarks.corpus.formats import PICTURED, all_made_as, possible
from parsers.asked import Asked
from parsers.confidence import ground, legibility
from parsers.identify import identify
from parsers.labelling import labelled
from parsers.mapping import mapped
from parsers.outcome import DocumentRead
from parsers.read_json import as_json, evidence_as_json
from parsers.readers import READERS
from parsers.reading import Unreadable
from parsers.typed import Context, typed
from parsers.vocabulary import Vocabulary
from triage.agency_names import agency_names
from triage.sin_form import GROUPS, SinForm

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grounded:
    """One answer: its field, confidence and doubt, what it rests on, and whether it is right.

    `place` is where the answer stands to its label, `clear` how clear that is, `value` how sure
    its value is of itself, `legible` how well it was recognised in a picture.
    """

    layout: str
    field: str
    said: float
    right: bool
    doubt: str
    ground: str = "no label"
    place: str = ""
    clear: float = 1.0
    type: str = ""
    value: float = 1.0
    legible: float = 1.0

    @property
    def clean(self) -> bool:
        """Whether nothing but its label speaks against it."""
        return not self.doubt and self.clear == 1 and self.value >= 0.96 and self.legible >= 0.99


def grounded(
    layouts: Sequence[Layout],
    form: str,
    seeds: Sequence[int],
    words: Vocabulary,
    agencies: Mapping[str, str],
) -> Iterator[Grounded]:
    """The answers of all layouts and seeds in one format."""
    written = [x for x in layouts if x.kind != "eml" and possible(form, x)]
    pairs = [(layout, seed) for layout in written for seed in seeds]
    drawings = [drawn(layout, seed, plain=form != "drawn") for layout, seed in pairs]
    originals = {
        str(number): (pair[0].kind, drawing[0], pair[1])
        for number, (pair, drawing) in enumerate(zip(pairs, drawings, strict=True))
    }
    made = all_made_as(form, originals)
    for (layout, _), (_, truth), (kind, content) in zip(
        pairs, drawings, made.values(), strict=True
    ):
        if read := _read(kind, content, words, agencies):
            yield from _answers(layout.name, truth, *read, agencies, form in PICTURED)


def _read(
    kind: str, content: bytes, words: Vocabulary, agencies: Mapping[str, str]
) -> tuple[SinForm, Sequence[Asked]] | None:
    """The form a document is, and what it asked; None for what cannot be read."""
    try:
        reading = READERS[identify(f"form.{kind}", content)](content)
    except Unreadable:
        return None
    asked = labelled(words, reading)
    form = mapped(asked, reading, words, agencies)
    return (form, asked) if form else None


def _answers(
    layout: str,
    truth: Json,
    form: SinForm,
    asked: Sequence[Asked],
    agencies: Mapping[str, str],
    picture: bool,
) -> Iterator[Grounded]:
    result = as_json(DocumentRead("form", "", form=form), "")
    questions = {
        _place(q.found.field.key, evidence_as_json(q.evidence)): q for q in asked if q.found
    }
    held: list[tuple[str, Json]] = []
    for row in (result["answers"], *(row for group in GROUPS for row in result[group])):
        for key, answer in row.items():
            held.append((key, dict(answer)))
            answer["confidence"] = len(held) - 1  # so that its verdict tells which answer it is of
    for verdict in judged(truth, result, picture):
        if verdict.said is not None and verdict.what in COUNTED:
            key, answer = held[int(verdict.said)]
            question = questions.get(_place(key, answer["evidence"]))
            yield _one(layout, verdict.field, answer, verdict.right, question, agencies)


def _place(key: str, evidence: Json) -> str:
    return json.dumps([key, evidence])


def _one(
    layout: str,
    field: str,
    answer: Json,
    right: bool,
    question: Asked | None,
    agencies: Mapping[str, str],
) -> Grounded:
    said, doubt = answer["confidence"], answer.get("doubt", "")
    if question is None or question.found is None:
        return Grounded(layout, field, said, right, doubt)
    value = typed(question.found.field, question.answer, Context(agency_names(agencies)))
    return Grounded(
        layout, field, said, right, doubt, ground(question, value), question.how, question.sure,
        question.found.field.type, value.sure, legibility(question.answer),
    )  # fmt: skip
