"""The layouts that may be tuned to. Held-out ones lie in benchmarks/held_out."""

from __future__ import annotations

from benchmarks.corpus.build import Layout
from benchmarks.corpus.layouts.pdf_ruled import ruled
from benchmarks.corpus.layouts.word_tables import two_columns

LAYOUTS = (
    Layout("two columns", "docx", two_columns),
    Layout("pdf ruled", "pdf", ruled),
)
