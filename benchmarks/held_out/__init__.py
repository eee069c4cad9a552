"""Layouts and wordings that nobody tunes to: what the figures of docs/accuracy.md rest on.

Written by another hand than the reader's. Whoever changes the reader looks at totals only; once a
layout here has been looked at in detail it belongs into benchmarks/corpus/layouts.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus.build import Layout
from benchmarks.held_out import mails, papers, sheets

HERE = Path(__file__).parent
COUNTY, HOSPITAL, YOUNG = (HERE / f"{name}.toml" for name in ("county", "hospital", "young"))

LAYOUTS = (
    Layout("pairs under labels", "docx", papers.pairs_under_labels, wordings=(COUNTY, HOSPITAL)),
    Layout("number, question, answer", "docx", papers.numbered, wordings=(COUNTY, YOUNG)),
    Layout("label and line break", "docx", papers.line_breaks, wordings=(YOUNG, COUNTY)),
    Layout("children side by side", "docx", papers.side_by_side, wordings=(HOSPITAL, YOUNG)),
    Layout("controls in cells", "docx", papers.controls, ("controls",), (COUNTY, HOSPITAL, YOUNG)),
    Layout("boxes with labels inside", "pdf", sheets.boxes, wordings=(HOSPITAL, YOUNG)),
    Layout("ruled lines only", "pdf", sheets.bars, wordings=(COUNTY, YOUNG)),
    Layout("dotted", "pdf", sheets.dotted, wordings=(HOSPITAL, COUNTY)),
    Layout("fields under labels", "pdf", sheets.fields, ("squares",), (COUNTY, HOSPITAL)),
    Layout("questions and answers", "eml", mails.questions_and_answers, wordings=(COUNTY, YOUNG)),
)
