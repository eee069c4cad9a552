"""A corpus of filled forms in many layouts, each with its truth: what `make bench-accuracy` reads.

In: a layout, a seed, a format. Out: a document's bytes and `truth` (see truth.py). Start reading
at build.py. Contents come from tscp.demo (decision 5), habits of those who fill forms from
habits/, labels from wordings/*.toml, drawings from layouts/.

How to write a layout, without reading the rest
-----------------------------------------------
A layout is a function that draws a `Form` (form.py) and an entry in a tuple of `Layout`s:

    def label_above(form: Form) -> bytes:
        document = word.new(form)                     # title, header with the version, intro
        for section in form.sections:
            document.add_heading(section.heading, 1)
            for question in section.questions:
                document.add_paragraph(question.label).runs[0].bold = True
                word.write(document.add_paragraph(), question, form.marks)
            for number, row in enumerate(section.rows, 1):      # children, agencies, events …
                document.add_heading(section.row_heading.format(number=number), 2)
                for question in row:
                    document.add_paragraph(question.label)
                    word.write(document.add_paragraph(), question, form.marks)
        return word.saved(document)

    LAYOUTS = (Layout("label above", "docx", label_above),)

Rules
* Draw every question of every section and every row, once; the truth says they are there. A
  layout that cannot ask some keys names them: Layout(..., leaves_out=("crime_reference",)).
* `question.label` is printed, `question.guidance` (may be '') too, at a place of your choice.
  `question.lines` are the lines typed; `question.options` the printed choices with `.label` and
  `.ticked`, () where the answer is typed. `question.long`: needs the page's width.
* `form.marks` is how this person marks choices: a key of `marks.MARKS` ('boxes', 'brackets',
  'beside', 'bold', 'struck' …). `word.write(paragraph, question, marks)`, `pdf.answer(question,
  marks)`, `mail.answer(question, marks)` draw the answer, typed or marked; a layout may name the
  marks that it can bear: Layout(..., marks=("boxes", "brackets")), or draw options by itself from
  `question.options` (a tick table, form fields).
* `section.group` is 'children', 'family', 'agencies', 'events' or ''; `section.columns` are a
  grid's headings, `section.spare` how many empty rows it has left. All rows have the same
  questions in the same order, so a grid is `section.columns` over `row[i]`.
* `form.chance` is a random.Random of this form: the only source of chance.
* Bytes must be the same for the same form (word.saved, pdf.saved see to it).
* kind: 'docx', 'pdf' or 'eml'. Word layouts are also measured as .pdf, .doc, .odt, .rtf; all
  but eml as scans and photographs.
* `one_page=True`: it fits on one page whatever is in it; only those become single photographs.
* `form.plain`: the drawing will be converted; leave away what LibreOffice cannot draw.
* wordings=("one", "two") limits the wordings; a Path names a TOML file of your own (wordings/
  are examples).
Held-out layouts live in benchmarks/held_out/__init__.py as a tuple LAYOUTS of the same kind.
Look at one: `python -P -m benchmarks.corpus "label above" --seed 1 --out build/look`.
"""
