"""How the questions of whole tables are laid out: judged by many cells, not by one."""

from datetime import date

from readings import head, line, read, table, text, values, vocabularies

from parsers.inside import pairs_in_line
from parsers.reading import Cell, Table, plain
from parsers.similar_labels import by_shared_words
from triage.evidence import Evidence
from triage.values.when import Day

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


def kept(form):
    """Label -> text of what nobody knew."""
    return {item.label: item.text for item in form.unmapped}


def test_cells_that_each_hold_question_and_answer_are_read_cell_by_cell():
    form = form_of(
        table(
            ["#>2 **Section A - About you**"],
            ["**Your name:** Ann Tester", "**Job title:** Nurse"],
            ["**Organisation:** Police", "**Telephone:** 0161 496 0123"],
            ["**Best day to ring:** Monday", "**Date of referral:** 4/3/26"],
            ["#>2 **Section B - Child 1**"],
            ["**Full name:** Bo Tester", "**DOB:** 3/3/20"],
            ["#>2 **Section B - Child 2**"],
            ["**Full name:** Cy Tester", "**DOB:** 4/4/21"],
        )
    )
    answers = values(form.answers)
    assert (answers["referrer_name"], answers["referrer_role"]) == ("Ann Tester", "Nurse")
    assert (answers["referrer_agency"], answers["referrer_phone"]) == ("gmp", "01614960123")
    assert [values(child)["child_name"] for child in form.children] == ["Bo Tester", "Cy Tester"]
    assert kept(form)["Best day to ring"] == "Monday"


def test_a_list_under_such_cells_keeps_its_header():
    form = form_of(
        table(
            ["Name\n{{Ann Tester}}", "Job title\n{{Nurse}}", "Organisation\n{{Police}}"],
            ["Email\n{{a@b.example}}", "Phone\n{{0161 496 0123}}", "Date\n{{4/3/26}}"],
            [
                "Safeguarding lead consulted\n{{☒ Yes ☐ No}}",
                "Their name\n{{Di L}}",
                "When\n{{}}",
            ],
            ["#>3 **Family members**"],
            ["#Name", "#Relationship", "#Date of birth"],
            ["Mo Tester", "Mother", "5/5/90"],
        )
    )
    assert values(form.answers)["referrer_role"] == "Nurse"
    assert values(form.family[0])["relationship"] == "Mother"


def test_a_question_asked_in_parts_gives_each_part_its_field():
    form = form_of(
        table(
            ["#**Q1. Referrer's details**", "Name: Ann Tester\nRole: Nurse\nTel: 0161 496 0123"],
            ["#**Q2. Safeguarding Lead consulted?**", "☒ Yes\nName: Di Lead\nDate: 2/3/26"],
            ["#**Q3. Details of child 1**", "Name: Bo Tester\nDOB: 3/3/20"],
            ["#**Legal status of child**", "Child in need"],
            ["#**Social worker**", "Name: Sy Worker\nTel: 0161 496 0999"],
        )
    )  # fmt: skip
    answers = values(form.answers)
    assert (answers["referrer_name"], answers["referrer_role"]) == ("Ann Tester", "Nurse")
    assert answers["safeguarding_lead_consulted"] == "yes"
    assert answers["safeguarding_lead_name"] == "Di Lead"
    assert answers["consulted_on"] == Day(date(2026, 3, 2))
    child = values(form.children[0])
    assert (child["child_name"], child["legal_status"]) == ("Bo Tester", "child in need")
    assert "Sy Worker" in kept(form)["Social worker"]


def test_tables_in_a_layout_cell_are_read_in_order_with_the_lines_between_them():
    where = Evidence(page=1, cell="row 1, cell 1", method="test-table")
    summary, action = table(["It began at home."]), table(["Police told."])
    lines = "**Summary of incident**\nIt began at home.\n\n**Immediate actions**\nPolice told.\n"
    cell = Cell(0, 0, text(lines), where, tables=(summary, action))
    answers = values(form_of(head("Incident"), Table((cell,), 1, 1)).answers)
    assert answers["incident_summary"] == "It began at home."
    assert answers["immediate_actions"] == "Police told."


def test_a_plain_label_after_a_telling_one_in_its_line_belongs_to_it():
    form = form_of(line("Signed: …………Ann Tester…………   Date: …………4/3/26…………"))
    answers = values(form.answers)
    assert (answers["signature"], answers["signed_on"]) == ("Ann Tester", Day(date(2026, 3, 4)))
    pairs = pairs_in_line(
        vocabularies()[0], text("**Name:** Ann\t**Best day:** Monday"), "referrer"
    )
    assert [plain(pair.answer) for pair in pairs] == ["Ann", "Monday"]


def test_boxes_of_one_question_are_told_by_more_than_yes_and_no():
    form = form_of(
        head("Agencies"),
        table(
            ["", "#Involved", "#Not involved", "#Don't know"],
            ["Housing", "☒", "☐", "☐"],
            ["Probation", "☐", "☒", "☐"],
        ),
        table(
            ["#Agency", "#Known? Yes", "#Known? No", "#Not known"],
            ["Cafcass", "", "", "X"],
        ),
    )
    known = {values(row)["agency"]: values(row)["known"] for row in form.agencies}
    assert known == {"housing": "yes", "probation": "no", "cafcass": "unknown"}


def test_a_list_of_the_options_in_a_header_is_no_box():
    form = form_of(
        head("Agencies"),
        table(["#Agency", "#Known to child/family (Y/N/NK)"], ["Housing", "Y"], ["Cafcass", "N"]),
    )
    assert [values(row)["known"] for row in form.agencies] == ["yes", "no"]


def test_a_question_after_one_of_yes_or_no_is_understood_together_with_it():
    form = form_of(
        head("Other matters"),
        table(["**National Panel notified?**", "Yes"], ["**If so, on what date?**", "5/3/26"]),
    )  # fmt: skip
    assert values(form.answers)["panel_notified_on"] == Day(date(2026, 3, 5))
    assert form.answers["panel_notified_on"].confidence < 0.95


def test_yes_and_no_where_a_name_would_be_asked_answer_the_question_of_yes_or_no():
    form = form_of(head("Consultation"), table(["**Safeguarding Lead**", "☒ Yes ☐ No"]))
    assert values(form.answers).get("safeguarding_lead_consulted") == "yes"
    assert "safeguarding_lead_name" not in values(form.answers)


def test_a_label_nobody_listed_is_understood_by_its_words_less_surely_than_a_listed_one():
    form = form_of(head("Incident"), table(["**Account of steps taken at once**", "Police told."]))
    told = form.answers.get("immediate_actions")
    assert told is None or told.confidence <= 0.95
    words = vocabularies()[0]
    found = by_shared_words(words, "Spoken language at home", lambda field: True)
    assert found is not None
    assert found.key == "first_language"
    for stranger in ("Name of line manager", "Electoral ward", "Child's mobile number"):
        assert by_shared_words(words, stranger, lambda field: True) is None


def test_rows_of_labels_and_rows_of_answers_that_take_turns_are_one_childs():
    form = form_of(
        table(
            ["#>2 **Details of child 1**"],
            ["Name of child", "Date of birth"], ["#{{Bo Tester}}", "#{{3/3/20}}"],
            ["NHS number", "Ethnicity"], ["#{{999 000 0123}}", "#{{White British}}"],
            ["#>2 **Details of the incident**"],
            [">2 Please describe the incident"], ["#>2 It began at home."],
            [">2 Parking near the house"], ["#>2 None"],
        )
    )  # fmt: skip
    assert len(form.children) == 1
    assert values(form.children[0])["ethnicity"] == "White British"
    assert values(form.answers)["incident_summary"] == "It began at home."


def test_a_heading_over_one_row_of_answers_says_whose_they_are():
    row = ["Ann Tester", "Designated Safeguarding Lead", "Police", "a@b.example"]
    form = form_of("**Notified by**", table(["#Name", "#Role", "#Agency", "#Email"], row))
    answers = values(form.answers)
    assert (answers["referrer_name"], answers["referrer_role"]) == ("Ann Tester", row[1])
    assert form.agencies == ()


def test_an_answer_in_a_box_of_its_own_ends_with_the_box():
    form = form_of(
        head("Incident"),
        "Brief summary of the incident", table(["It began at home."]),
        "Ward the family lives in", table(["Hyde East"]),
    )  # fmt: skip
    assert values(form.answers)["incident_summary"] == "It began at home."


def test_a_header_two_rows_high_names_the_columns_and_their_boxes():
    where = Evidence(page=1, cell="row 1, cell 1", method="test-table")
    top = [Cell(0, c, text(f"**{w}**"), where, rows=2) for c, w in enumerate(["Agency", "Worker"])]
    top += [Cell(0, 2, text("**Known**"), where, columns=2)]
    top += [Cell(1, 2, text("**Y**"), where), Cell(1, 3, text("**N**"), where)]
    row = [Cell(2, c, text(w), where) for c, w in enumerate(["Police", "Ann Tester", "☒", ""])]
    form = form_of(head("Agencies involved"), Table((*top, *row), 3, 4))
    told = values(form.agencies[0])
    assert (told["agency"], told["contact_name"], told["known"]) == (*("gmp", "Ann Tester", "yes"),)


def test_a_remark_behind_the_options_does_not_hide_which_is_bold():
    said = "Yes / **No** / Not known (delete as appropriate) - officer to confirm"
    form = form_of(head("Other"), table(["Is there media interest?", said]))
    assert values(form.answers)["media_interest"] == "no"


def test_cells_that_ask_and_answer_in_plain_type_are_read_one_by_one_whatever_the_name():
    form = form_of(
        head("Referrer"),
        table(
            ["Name: Andrew Tester", "Job title: Nurse"],
            ["Best day to ring: Monday", "Was the lead consulted? ☒ Yes ☐ No"],
        ),
    )
    answers = values(form.answers)
    assert (answers["referrer_name"], answers["referrer_role"]) == ("Andrew Tester", "Nurse")
    assert kept(form)["Best day to ring"] == "Monday"


def test_an_answer_with_a_word_of_a_label_makes_no_header_of_its_row():
    rows = [["Name", "Bo Tester"], ["Where the child was at the time", "School grounds"]]
    form = form_of(head("Child"), table(*rows, ["Who was in charge", "Ann"], ["GP", "A Surgery"]))
    told = values(form.children[0])
    assert told["whereabouts_at_incident"] == "School grounds"
    assert told["gp_practice"] == "A Surgery"


def test_a_section_named_plainly_in_the_first_cell_heads_the_rows_below_it():
    form = form_of(
        table(
            ["Referrer", ""], ["Name", "Jo Tester"], ["Date", "18/11/26"],
            ["Child", ""], ["Name", "Ada Child"], ["DOB", "02/02/2020"],
            ["Mother", ""], ["Name", "Lin Child"], ["DOB", "03/03/1995"],
        )
    )  # fmt: skip
    assert form.answers["referrer_name"].value == "Jo Tester"
    assert [row["child_name"].value for row in form.children] == ["Ada Child"]
    assert [(r["name"].value, r["relationship"].value) for r in form.family] == [
        ("Lin Child", "Mother")
    ]


def test_a_question_left_blank_heads_nothing():
    blank = table(["School", ""], ["GP", ""], ["Mother", ""], ["Address", "1 Mill Lane"])
    form = form_of(head("The child"), table(["Name", "Ada Child"], ["DOB", "2/2/2020"]), blank)
    assert form.children[0]["school_or_setting"].value is None


def test_child_and_parents_side_by_side_each_have_their_column():
    form = form_of(
        head("Family composition"),
        table(
            ["", "Subject child", "Mother", "Father"],
            ["Name", "Ada Child", "Jo Child", "Lee Ward"],
            ["Date of birth", "02/02/2020", "03/03/1995", "04/04/1993"],
            ["Ethnicity", "White British", "White British", "Pakistani"],
        ),
    )
    assert [(r["child_name"].value, r["ethnicity"].value) for r in form.children] == [
        ("Ada Child", "White British")
    ]
    assert [(r["name"].value, r["relationship"].value) for r in form.family] == [
        ("Jo Child", "Mother"), ("Lee Ward", "Father"),
    ]  # fmt: skip
    assert kept(form)["Ethnicity (Father)"] == "Pakistani"


def test_a_form_that_lost_its_first_pages_says_what_is_missing():
    signed = [head("Section 4: Criteria"), head("Section 5: Sign off"), line("Signed: A Tester")]
    half = read(TITLE, head("Section 3: The incident"), REST, *signed)
    assert half.status == "form"
    assert [note.what for note in half.notes] == [
        "Part of this form seems to be missing: it asks nothing about the child,"
        " and has no section 1 or 2"
    ]
    assert not read(TITLE, head("The incident"), REST).notes  # a short form that asks less
