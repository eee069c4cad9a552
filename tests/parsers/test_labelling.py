"""Where on a page an answer stands: one test a way of laying out a form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import head, line, read, reading, table, text, values, vocabularies

from parsers.labelling import labelled
from parsers.meaning import meaning
from parsers.option_columns import option_of
from parsers.options import picked
from parsers.reading import TICKED, UNTICKED, plain
from triage.values.choices import YES_NO

TITLE = "**Serious Child Safeguarding Incident Notification**"
REST = table(
    ["**Date of incident**", "1/3/26"],
    ["**Date LA became aware**", "2/3/26"],
    ["**Outcome for child**", "Death"],
    ["**Abuse or neglect**", "No"],
)


def form_of(*blocks):
    """The form these blocks are, with enough of a form around them to be one."""
    found = read(TITLE, *blocks, head("The incident"), REST)
    assert found.status == "form", found.reason
    return found.form


def answers(*blocks):
    """Key -> value of what these blocks answer."""
    around = ("incident_date", "la_aware_date", "outcome_for_child", "abuse_or_neglect")
    found = values(form_of(*blocks).answers)
    return {key: value for key, value in found.items() if key not in around}


def kept(form):
    """Label -> text of what nobody knew."""
    return {item.label: item.text for item in form.unmapped}


WHO = {"referrer_name": "Ann Tester", "referrer_agency": "gmp", "referrer_role": "Nurse"}
PAIRS = (("Name", "Ann Tester"), ("Agency", "Police"), ("Job title", "Nurse"))


@pytest.mark.parametrize(
    "blocks",
    [
        [table(*([f"**{label}**", answer] for label, answer in PAIRS))],
        [table(*([f"{label}:", answer] for label, answer in PAIRS))],
        [table(["Name", "Ann Tester", "Agency", "Police"], ["Job title", "Nurse", "", ""])],
        [table([f"#{label}" for label, _ in PAIRS], [answer for _, answer in PAIRS])],
        [table(*([f"**{label}:** {answer}", ""] for label, answer in PAIRS))],
        [table(*([f"**{label}**\n{answer}"] for label, answer in PAIRS))],
        [table(["\n".join(f"**{label}:** {answer}" for label, answer in PAIRS), ""])],
        [table(*(cell for label, answer in PAIRS for cell in ([f"#**{label}**"], [answer])))],
        [table(*([f"1.{i}", f"**{p[0]}**", p[1]] for i, p in enumerate(PAIRS, 1)))],
        [line(f"**{label}:** {answer}") for label, answer in PAIRS],
        [line(f"{label}: {answer}") for label, answer in PAIRS],
        [line(f"{label} ............ {answer}") for label, answer in PAIRS],
        [line(f"{label}\t{answer}") for label, answer in PAIRS],
        [line("    ".join(f"{label}: {answer}" for label, answer in PAIRS))],
        [line(words) for label, answer in PAIRS for words in (f"**{label}**", answer)],
        [line(f"{label}: {{{{{answer}}}}}") for label, answer in PAIRS],
        [table(*([f"#**{n}. {p[0]}***\n//(please print)//", p[1]] for n, p in enumerate(PAIRS)))],
    ],
    ids=[
        "label left", "label left with colon", "two pairs a row", "labels above answers",
        "answer in the label's cell", "answer under the label in its cell", "all in one cell",
        "answer in the row below", "a column of numbers", "bold label in a line",
        "label and colon in a line", "dotted line", "tab", "several in a line",
        "label a line, answer a line", "form fields in lines", "guidance under the label",
    ],
)  # fmt: skip
def test_an_answer_is_found_wherever_it_stands(blocks):
    assert answers(head("Referrer details"), *blocks) == WHO


def test_the_section_tells_whose_name_it_is():
    form = form_of(
        head("1. Referrer"), table(["Name", "Ann Tester"]),
        head("2. Safeguarding Lead"), table(["Name", "Lee Leader"]),
        head("3. The child"), table(["Name", "Bo Child"]),
    )  # fmt: skip
    assert form.answers["referrer_name"].value == "Ann Tester"
    assert form.answers["safeguarding_lead_name"].value == "Lee Leader"
    assert form.children[0]["child_name"].value == "Bo Child"


def test_headings_at_the_side_and_across_the_table_are_sections_too():
    sides = table(
        ["#v2 **Referrer**", "**Name**", "Ann Tester"], ["**Agency**", "Police"],
        ["#v2 **The child**", "**Name**", "Bo Child"], ["**DOB**", "1/2/20"],
    )  # fmt: skip
    across = table(
        ["#>2 **Referrer**"], ["Name", "Ann Tester"], ["#>2 **The child**"], ["Name", "Bo Child"]
    )
    for blocks in (sides, across):
        form = form_of(blocks)
        assert form.answers["referrer_name"].value == "Ann Tester"
        assert form.children[0]["child_name"].value == "Bo Child"


def test_words_of_a_label_inside_a_narrative_stay_in_it():
    told = ["It began at home.", "Date of birth: not recorded", "Name: she gave none", "The end."]
    for label in ("**Summary of incident**", "**Summary of incident:**"):
        found = answers(head("Incident"), label, *told, "**Media interest?** No")
        assert found["incident_summary"] == "\n".join(told)
        assert found["media_interest"] == "no"
    found = answers(head("Incident"), table(["Summary of incident", "\n".join(told)]))
    assert found["incident_summary"] == "\n".join(told)


def test_guidance_before_in_and_after_an_answer_is_not_part_of_it():
    found = answers(
        head("Incident"),
        "**Summary of incident**", "//Please include dates and who was present.//", "It fell.",
        table(
            ["**Immediate actions** //(include strategy meetings)//", "(please describe)\nMoved."],
            ["**Place of incident**", "{{Home}}\n//Give the full address.//"],
        ),
    )  # fmt: skip
    assert found["incident_summary"] == "It fell."
    assert found["immediate_actions"] == "Moved."
    assert found["incident_place"] == "Home"


def test_rows_without_a_label_go_on_with_the_row_above():
    pairs = table(["**Summary of incident**", "First."], ["", "Second."])
    assert answers(head("Incident"), pairs)["incident_summary"] == "First.\nSecond."
    spanning = table(["v2 **Home address**", "1 High St"], ["Hyde"], ["**DOB**", "1/2/20"])
    child = form_of(head("The child"), spanning).children
    assert values(child[0])["home_address"] == "1 High St, Hyde"
    agencies = table(
        ["**Agency**", "**Involvement**", "**Known?**"],
        ["Police", "Called once", "Yes"],
        ["", "and once again", ""],
        ["GP", "", "No"],
    )
    rows = form_of(head("Agencies involved"), agencies).agencies
    assert [row["agency"].value for row in rows] == ["gmp", "gp"]
    assert rows[0]["involvement"].value == "Called once\nand once again"


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        (f"Yes {TICKED}  No {UNTICKED}  Not known {UNTICKED}", "yes"),
        (f"{UNTICKED} Yes  {TICKED} No  {UNTICKED} Not known", "no"),
        (f"{UNTICKED} Yes\n{UNTICKED} No\n{TICKED} Not known", "unknown"),
        ("[ ] Yes [x] No", "no"), ("(X) Yes ( ) No", "yes"),
        (f"Yes {UNTICKED}   No {UNTICKED} X   Not known {UNTICKED}", "no"),
        (f"X {UNTICKED} Yes   {UNTICKED} No", "yes"),
        ("**Yes** / No", "yes"), ("Yes / __No__ / Not known", "no"), ("==Yes== / No", "yes"),
        ("Yes / ~~No~~", "yes"), ("~~Yes~~ / No / ~~Not known~~", "no"), ("Yes X / No", "yes"),
        ("~~Yes~~ / No (delete as appropriate)", "no"),
        ("Yes / No (delete as appropriate)", None), ("Yes / No", None), ("**Yes / No**", None),
        (f"Yes {UNTICKED} No {UNTICKED}", None),
        (f"Yes {TICKED} No {TICKED}", "conflict"), ("**Yes** / **No** / Not known", "conflict"),
        (f"Yes {UNTICKED} No {UNTICKED}\nyes", "yes"),
        ("No", "no"), ("Yes, the local paper rang", "yes"), ("n/a", None), ("NK", "unknown"),
    ],
)  # fmt: skip
def test_what_was_chosen_of_yes_and_no(shown, value):
    blocks = head("Other processes"), table(["#**Is there media interest?**", shown])
    assert answers(*blocks).get("media_interest") == value


def test_an_undecided_list_is_asked_but_not_answered():
    form = form_of(head("Other processes"), table(["Is there media interest?", "Yes / No"]))
    answer = form.answers["media_interest"]
    assert (answer.value, answer.text, answer.doubt) == (None, "Yes / No", "no option is chosen")


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=3, max_size=3), st.booleans(), st.sampled_from("\n \t"))
def test_boxes_are_read_whichever_side_they_stand(ticks, before, gap):
    boxes = [TICKED if on else UNTICKED for on in ticks]
    names = ["Yes", "No", "Not known"]
    pairs = [f"{b} {n}" if before else f"{n} {b}" for b, n in zip(boxes, names, strict=True)]
    found = picked(text((gap * 4).join(pairs)), YES_NO)
    wanted = [v for v, on in zip(("yes", "no", "unknown"), ticks, strict=True) if on]
    assert list(found.values) == wanted


def test_options_in_rows_with_their_tick_in_a_column():
    found = answers(
        head("Incident"), "**Type of harm**",
        table(["Physical abuse", "x"], ["Neglect", ""], ["Sexual abuse", ""], ["FII", "✓"]),
        table(["**Question**", "**Yes**", "**No**"], ["Is there media interest?", "", "X"],
              ["Are other children at risk?", TICKED, UNTICKED]),
    )  # fmt: skip
    assert found["harm_types"] == ("physical", "fabricated or induced illness")
    assert found["media_interest"] == "no"
    assert found["other_children_at_risk"] == "yes"


def test_agencies_with_a_column_for_each_answer():
    plain_head = table(
        ["**Agency**", "**Yes**", "**No**", "**Not known**"],
        ["Police", "x", "", ""], ["GP", "", "x", ""], ["Housing", "", "", "x"],
    )  # fmt: skip
    two_heads = table(
        ["**Agency**", ">3 **Known?**", ">2 **Information attached**"],
        ["", "Yes", "No", "Not known", "Yes", "No"],
        ["Police", TICKED, UNTICKED, UNTICKED, UNTICKED, TICKED],
        ["GP", UNTICKED, TICKED, UNTICKED, UNTICKED, UNTICKED],
        ["Housing", UNTICKED, UNTICKED, TICKED, TICKED, UNTICKED],
    )
    for blocks in (plain_head, two_heads):
        rows = form_of(head("Agencies involved"), blocks).agencies
        assert [row["agency"].value for row in rows] == ["gmp", "gp", "housing"]
        assert [row["known"].value for row in rows] == ["yes", "no", "unknown"]
    attached = [row["information_attached"].value for row in rows]
    assert attached == ["no", None, "yes"]


def test_a_story_is_no_heading_of_a_tick_column_however_it_ends():
    assert option_of("Known to the service? Yes") == "yes"
    assert option_of(f"{'She was known to the service. ' * 40} Yes") == ""


def test_the_office_block_is_never_the_referrers_answer():
    form = form_of(
        table(["#>4 **For office use only**"], ["Name", "Boss", "Date of incident", "9/9/26"]),
        head("Referrer"), table(["Name", "Ann Tester"]),
        head("To be completed by each agency"), table(["Agency", "CSC"], ["Name", "Other"]),
    )  # fmt: skip
    assert form.answers["referrer_name"].value == "Ann Tester"
    assert "referrer_agency" not in form.answers
    assert {"Name": "Other", "Agency": "CSC", "Date of incident": "9/9/26"}.items() <= kept(
        form
    ).items()


def test_questions_nobody_knows_are_kept_with_label_text_and_place():
    form = form_of(
        head("Incident"),
        table(["**Ward**", "Hyde East"], ["**Any hazards?**", "Dog", "**Line manager**", "Al"]),
        "**Lessons for the lighting?**", "Brighter.", "**Parking:** none",
    )  # fmt: skip
    found = kept(form)
    assert found["Ward"] == "Hyde East"
    assert (found["Any hazards?"], found["Line manager"]) == ("Dog", "Al")
    assert found["Parking"] == "none"
    assert all(item.evidence.page or item.evidence.cell for item in form.unmapped)


WORDS = st.text(alphabet="abcdefgh NOPQ:?☐☒\n\t()0123456789", max_size=25)
CELLS = st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6)


@settings(deadline=None)
@given(st.lists(st.one_of(WORDS, CELLS), max_size=6))
def test_no_layout_stops_the_walk(blocks):
    made = [b if isinstance(b, str) else table(*b) for b in blocks]
    asked = labelled(vocabularies()[0], reading(TITLE, *made))
    assert all(question.evidence is not None for question in asked)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["Ward", "Parish", "Postman"]), WORDS), max_size=5))
def test_what_is_typed_beside_a_label_is_somewhere_in_what_was_asked(rows):
    blocks = [table(*([f"#**{label}**", f"{{{{{words}}}}}"] for label, words in rows))]
    asked = labelled(vocabularies()[0], reading(TITLE, *(blocks if rows else [])))
    everything = "\n".join(plain(question.answer) for question in asked)
    for _, words in rows:
        for line_ in words.split("\n"):
            assert line_.strip() in everything or not line_.strip(" \t:.?()☐☒")


def test_a_counted_heading_ends_the_answer_above_it():
    lines = ["**Child 1**", "**Name:** Bo Child", "**School:** Hill Primary",
             "__Child 2__", "**Name:** Di Child", "**School:** Mill Primary"]  # fmt: skip
    rows = [values(row) for row in form_of(head("Children"), *lines).children]
    assert [row["school_or_setting"] for row in rows] == ["Hill Primary", "Mill Primary"]


def test_small_print_that_no_pattern_knows_is_not_part_of_an_answer():
    found = answers(
        head("Incident"),
        "**Summary of incident**", "//Five working days run from then.//", "A fall.",
        table(["**Immediate actions**", "//Health, police, school.//\nMoved."]),
    )  # fmt: skip
    assert found == {"incident_summary": "A fall.", "immediate_actions": "Moved."}


def test_an_answer_all_in_italics_is_an_answer():
    found = answers(head("Incident"), table(["**Summary of incident**", "//It fell.//"]))
    assert found["incident_summary"] == "It fell."


@pytest.mark.parametrize("box", [(TICKED, UNTICKED), ("[x]", "[ ]")])
def test_options_a_line_each_under_their_label_are_one_list(box):
    on, off = box
    form = form_of(
        head("The child"), "**Name:** Bo Child",
        f"**Legal status:** Looked after {off}", f"Child in need {on}", f"None {off}",
        "**School:** Hill Primary",
        "**Interpreter needed?**", f"Yes {off}", f"No {on}",
        "**Religion:** None",
    )  # fmt: skip
    assert values(form.children[0]) == {
        "child_name": "Bo Child", "legal_status": "child in need", "religion": "None",
        "school_or_setting": "Hill Primary", "interpreter_needed": "no",
    }  # fmt: skip


def test_an_answer_that_is_also_a_label_is_an_answer():
    found = answers(
        head("Referrer"), "**Agency**", "GP practice", "**Name**", "Ann Tester",
        head("Other processes"), "**Parallel processes**", "Criminal investigation",
    )  # fmt: skip
    assert found == {
        "referrer_agency": "gp", "referrer_name": "Ann Tester", "parallel_processes": ("criminal",),
    }  # fmt: skip


def test_every_cell_may_hold_its_own_question_over_its_answer():
    """Small or bold print over an answer in each cell: a row of cells is no label and answer."""
    found = answers(
        head("Referrer"),
        table(["//Name//\nAnn Wren", "//Job title//\nHead"],
              ["//Email//", "//Date of notification//\n3 March 2026"]),
    )  # fmt: skip
    assert (found["referrer_name"], found["referrer_role"]) == ("Ann Wren", "Head")
    assert "referrer_email" not in found


def test_a_column_of_guidance_between_question_and_answer_is_read_past():
    """'Question | Guidance | Your answer', as some forms print it."""
    found = answers(
        head("Referrer"),
        table(["#**Question**", "#**Guidance**", "#**Your answer**"],
              ["**Name**", "//Of the person filling in this form//", "Ann Wren"],
              ["**Job title**", "", "Head"]),
    )  # fmt: skip
    assert found == {"referrer_name": "Ann Wren", "referrer_role": "Head"}


def test_one_childs_questions_side_by_side_are_no_rows_of_children():
    """Each little table of labels over one row of answers goes on with the same child."""
    form = form_of(
        head("The child"),
        table(["#**Child's full name**", "#**Date of birth**"], ["Bo Wren", "3/3/2020"]),
        table(["#**Gender**", "#**Ethnicity**"], ["☒ Male ☐ Female", "White British"]),
        table(["#**NHS number**", "#**First language**"], ["", "Welsh"]),
    )
    assert [set(values(row)) for row in form.children] == [
        {"child_name", "date_of_birth", "gender", "ethnicity", "first_language"}
    ]


def test_a_question_nobody_knows_is_known_by_the_options_it_offers():
    """'In your view: statutory criteria / local learning / unsure' asks which criteria are met."""
    offered = "☐ Statutory criteria\n☐ Local learning review\n☒ Unsure"
    form = form_of(head("Consideration"), table(["**In your opinion**", offered]))
    answer = form.answers["criteria_met"]
    assert answer.value == "unsure"
    assert answer.confidence < 0.95


def test_a_bold_option_after_its_bold_label_is_the_chosen_one():
    asked = "Have you consulted your safeguarding lead?"
    assert answers(line(f"**{asked} Yes** / No")) == {"safeguarding_lead_consulted": "yes"}
    assert answers(line(f"**{asked}** Yes / **No**")) == {"safeguarding_lead_consulted": "no"}


def test_a_number_alone_between_the_entries_of_a_list_is_no_answer():
    entries = [("1)", "Police", "Two calls."), ("2)", "Education", ""), ("3)", "GP practice", "")]
    lines = [
        line(told)
        for number, agency, involved in entries
        for told in (number, f"Agency: {agency}", f"Nature of involvement: {involved}".rstrip())
    ]
    rows = form_of(head("Agencies involved"), *lines).agencies
    assert [row["involvement"].text for row in rows if row["involvement"].text] == ["Two calls."]


def test_where_is_not_taken_for_when_though_a_letter_tells_them_apart():
    words = vocabularies()[0]
    assert meaning(words, "When you spoke to them", "lead").field.key == "consulted_on"
    assert meaning(words, "Where you spoke to them", "lead") is None
