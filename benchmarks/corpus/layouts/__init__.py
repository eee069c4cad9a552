"""The layouts that may be tuned to. Held-out ones lie in benchmarks/held_out."""

from __future__ import annotations

from benchmarks.corpus import marks
from benchmarks.corpus.build import Layout
from benchmarks.corpus.layouts import (
    mails,
    pdf_fields,
    pdf_free,
    pdf_ruled,
    word_boxes,
    word_fields,
    word_rows,
    word_tables,
    word_text_boxes,
)

LAYOUTS = (
    Layout("two columns", "docx", word_tables.two_columns),
    Layout("guidance column", "docx", word_tables.guidance_column, ticks_in_rows=True),
    Layout("pairs", "docx", word_tables.pairs),
    Layout("merged grid", "docx", word_tables.merged_grid),
    Layout("one cell", "docx", word_boxes.one_cell),
    Layout("boxed", "docx", word_boxes.boxed),
    Layout("numbered bars", "docx", word_boxes.numbered_bars),
    Layout("nested", "docx", word_boxes.nested),
    Layout("colon lines", "docx", word_boxes.colon_lines),
    Layout("label above", "docx", word_boxes.label_above),
    Layout("content controls", "docx", word_fields.controls),
    Layout("legacy fields", "docx", word_fields.legacy_fields, ticks_in_rows=True),
    Layout("row a child", "docx", word_rows.row_a_child, leaves_out=word_rows.IN_ROWS),
    Layout("child tables", "docx", word_rows.child_tables),
    Layout("child columns", "docx", word_rows.child_columns),
    Layout("tick columns", "docx", word_rows.tick_columns, ticks_in_rows=True),
    Layout("text boxes", "docx", word_text_boxes.text_boxes),
    Layout("pdf ruled", "pdf", pdf_ruled.ruled),
    Layout("pdf one page", "pdf", pdf_ruled.one_page, wordings=("brief",), one_page=True),
    Layout("pdf unruled", "pdf", pdf_free.unruled),
    Layout("pdf dotted", "pdf", pdf_free.dotted),
    Layout("pdf colons", "pdf", pdf_free.colons),
    Layout("pdf boxes", "pdf", pdf_free.boxes),
    Layout("pdf two columns", "pdf", pdf_free.two_page_columns),
    Layout("pdf turned", "pdf", pdf_free.turned),
    Layout("pdf fields beside", "pdf", pdf_fields.fields_beside, ticks_in_rows=True),
    Layout("pdf fields below", "pdf", pdf_fields.fields_below, ticks_in_rows=True),
    Layout("mail text", "eml", mails.text_lines),
    Layout("mail html table", "eml", mails.html_table, marks=(*marks.TEXT, "boxes", "bold")),
    Layout("mail html lines", "eml", mails.html_paragraphs),
)
