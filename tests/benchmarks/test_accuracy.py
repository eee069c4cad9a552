"""The corpus is the same every time and tells the truth; the judge is right about the truth."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from benchmarks.accuracy.figures import Figures, Judged, figures
from benchmarks.accuracy.judging import judged
from benchmarks.corpus.build import Layout, drawn, form_of
from benchmarks.corpus.layouts import LAYOUTS
from benchmarks.corpus.truth import GROUPS, truth_of
from parsers.vocabulary import load_vocabularies
from tscp.compose import FORMS

CHOSEN = [layout for layout in LAYOUTS if layout.name in ("two columns", "mail html table")]


@pytest.mark.parametrize("layout", CHOSEN, ids=lambda layout: layout.name)
def test_a_document_of_the_corpus_is_the_same_every_time(layout: Layout) -> None:
    assert drawn(layout, 5) == drawn(layout, 5)
    assert drawn(layout, 5)[0] != drawn(layout, 6)[0]


def test_every_truth_speaks_of_keys_and_choices_that_the_vocabulary_has() -> None:
    fields = load_vocabularies(FORMS)[-1].fields
    choices = {(field.group, field.key): {*field.choices} for field in fields}
    for layout in LAYOUTS:
        truth = truth_of(form_of(layout, 3))
        rows = [("answers", truth["answers"])] + [(g, row) for g in GROUPS for row in truth[g]]
        for group, key, value in [(g, k, a["value"]) for g, row in rows for k, a in row.items()]:
            meant = choices[group, key]
            if meant and value:
                assert {*value} <= meant if isinstance(value, list) else value in meant


def test_all_the_seeds_together_show_every_habit() -> None:
    shown = {
        habit for layout in LAYOUTS for seed in range(4) for habit in form_of(layout, seed).habits
    }
    assert {"both ticked", "twins", "tracked changes", "label typos", "age for birth"} <= shown


def _read(truth: dict[str, Any]) -> dict[str, Any]:
    """What a perfect reader says."""

    def row(answers: dict[str, Any]) -> dict[str, Any]:
        return {key: a | {"confidence": 0.99} for key, a in answers.items()}

    groups = {group: [row(r) for r in reversed(truth[group])] for group in GROUPS}
    return {"answers": row(truth["answers"]), **groups, "unmapped": truth["unmapped"]}


def _scored(truth: dict[str, Any], read: dict[str, Any]) -> Figures:
    return figures([Judged("a", "drawn", 1, "form", tuple(judged(truth, read)))])


def test_the_truth_itself_scores_one_whatever_the_order_of_rows() -> None:
    for layout in CHOSEN:
        truth = drawn(layout, 3)[1]
        score = _scored(truth, _read(truth))
        assert (score.precision, score.recall, score.f1, score.exact) == (1, 1, 1, 1)
        assert score.wrong_and_confident == 0
        assert score.ticks == 1


@pytest.mark.parametrize("spoiled", ["wrong", "missing", "extra", "row"])
def test_one_spoiled_answer_costs_precision_or_recall(spoiled: str) -> None:
    truth = drawn(CHOSEN[0], 3)[1]
    read = copy.deepcopy(_read(truth))
    if spoiled == "wrong":
        read["answers"]["referrer_name"]["value"] = "Somebody Else"
    elif spoiled == "missing":
        read["answers"]["referrer_name"]["value"] = None
    elif spoiled == "extra":
        read["answers"]["expected_delivery_date"] = {"value": "2026-01-01", "confidence": 0.99}
    else:
        read["family"].append({"name": {"value": "Somebody Else", "confidence": 0.99}})
    score = _scored(truth, read)
    assert (score.precision == 1) == (spoiled == "missing")
    assert (score.recall == 1) == (spoiled in ("extra", "row"))
    assert score.exact == 0
    assert bool(score.wrong_and_confident) == (spoiled != "missing")
