"""Layouts and wordings by another hand than those of layouts/: held out until 25 November 2026.

Nobody tuned to them before; since they were looked at in detail they count as tuned to.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus.build import Layout
from benchmarks.corpus.second_hand import mails, papers, sheets

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
