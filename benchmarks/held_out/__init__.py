"""Held-out layouts by another hand: nobody tunes to them; totals only.

In: a Form (benchmarks.corpus). Out: Word documents, PDFs and a mail in four wordings of their own
(*.toml), written without sight of the reader, its vocabularies or the other layouts' drawings.
"""

from __future__ import annotations

from benchmarks.held_out import letters, prints, sheets, strips

LAYOUTS = (*sheets.LAYOUTS, *strips.LAYOUTS, *prints.LAYOUTS, *letters.LAYOUTS)
