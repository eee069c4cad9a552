"""Forms taught by a person: learned from a blank, finished by hand, then read for certain."""

from datetime import date
from pathlib import Path

import pytest
from factories import a_document, a_form
from readings import FORMS, aliases, head, reading, table, vocabularies

from benchmarks.teaching.drawn import document, file_name
from benchmarks.teaching.measured import score
from benchmarks.teaching.sheets import truth
from parsers import warm
from parsers.learning import learn
from parsers.learning_apart import compared, drafted
from parsers.learning_draft import draft
from parsers.meaning import TAUGHT, meaning, section_of
from parsers.read import as_json, read_document, read_reading
from parsers.readers.docx import read_docx
from parsers.vocabulary import load_vocabularies
from parsers.vocabulary_check import check, noticed
from tscp.demo.filling import fill

FINISHED = Path(__file__).resolve().parents[2] / "benchmarks" / "teaching" / "taught"
SMALL = """
form = "odd"
extends = "sin_gm"
recognised_by = ["grave concern notice"]
printed = ["Use black ink."]
[[part]]
heading = "A. You"
about = "referrer"
[part.labels]
"Name" = "referrer_name"
"Name of your team" = "keep"
"Date of incident" = "keep"
"Post and ring on" = "referrer_role + referrer_phone"
"Day" = "referral_date?"
[[part]]
heading = "B. The youngster"
about = "child"
[part.labels]
"Name" = "child_name"
"Sort of plan" = "legal_status"
[part.options."Sort of plan"]
"In the council's own hands" = "looked after"
[[part]]
heading = "C. Story"
about = "incident"
[part.labels]
"More" = "incident_summary"
"Did the police come?" = "police_investigation"
[part.options."Did the police come?"]
"They came" = "yes"
"They stayed away" = "no"
[[part]]
heading = "D. What was done"
about = "incident"
[part.labels]
"More" = "immediate_actions"
"""
FILLED = (
    head("Grave concern notice"),
    head("A. You"),
    table(
        ["Name", "Ann Lee"],
        ["Name of your team", "Blue"],
        ["Date of incident", "see below"],
        ["Post and ring on", "Nurse 0161 496 0000"],
        ["Day", "3/3/2026"],
    ),
    head("B. The youngster"),
    table(["Name", "Zed Lee"], ["Sort of plan", "☐ None ☒ In the council's own hands"]),
    head("C. Story"),
    table(
        ["More", "He fell.\nUse black ink."],
        ["Did the police come?", "☒ They came ☐ They stayed away"],
    ),
    head("D. What was done"),
    table(["More", "Nothing yet"]),
)  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Writes a taught form and gives the paths of all vocabularies."""

    def written(text):
        path = tmp_path / "odd.toml"
        path.write_text(text, encoding="utf-8")
        return [*FORMS, path]

    return written


def test_a_taught_form_is_read_by_its_own_labels_options_and_parts(write):
    read = read_reading("x", reading(*FILLED), load_vocabularies(write(SMALL)), aliases())
    assert read.form is not None
    assert read.form.form == "odd"
    got = {path: (a.value, a.confidence >= 0.95) for path, a in read.form.every_answer()}
    assert got["referrer_name"] == ("Ann Lee", True)
    assert got["referrer_role"] == ("Nurse", False)
    assert got["referrer_phone"] == ("01614960000", False)
    assert got["children.0.child_name"] == ("Zed Lee", True)
    assert got["children.0.legal_status"] == ("looked after", True)
    assert got["police_investigation"] == ("yes", True)
    assert got["incident_summary"] == ("He fell.", True)
    assert got["immediate_actions"] == ("Nothing yet", True)
    assert got["referral_date"][1] is False  # nobody has taken the '?' away
    kept = {(one.label, one.text) for one in read.form.unmapped}
    assert kept == {("Name of your team", "Blue"), ("Date of incident", "see below")}


def test_a_kept_label_is_never_a_key_though_the_built_in_words_know_it(write):
    taught = load_vocabularies(write(SMALL))[-1]
    for label in ("Date of incident", "Date of incidents", "Name of your teem"):
        found = meaning(taught, label, "referrer")
        assert found is not None
        assert found.kept
    known = meaning(vocabularies()[0], "Date of incident", "referrer")
    assert known is not None
    assert not known.kept


def test_a_label_that_nobody_taught_is_never_sure_and_breaks_no_answer(write):
    taught = load_vocabularies(write(SMALL))[-1]
    found = meaning(taught, "Date local authority became aware", "incident")
    assert found is not None
    assert (found.field.key, found.exact) == ("la_aware_date", False)
    assert found.sure <= 0.9
    told = meaning(taught, "More", "incident 2")
    assert told is not None
    assert (told.field.key, told.how) == ("immediate_actions", TAUGHT)


def test_a_heading_with_another_number_opens_the_same_part(write):
    text = SMALL.replace("B. The youngster", "Youngster 1")
    taught = load_vocabularies(write(text))[-1]
    for heading, name in (("Youngster 2", "child"), ("For office use only", "office")):
        section = section_of(taught, heading)
        assert section is not None
        assert section[0].name == name
    assert section_of(taught, "Circumstances of the incident") is None


def test_a_taught_form_is_not_chosen_for_a_form_with_other_labels(write):
    words = load_vocabularies(write(SMALL))
    read = read_document("x.docx", a_document(a_form()), words, aliases())
    assert read.form is not None
    assert read.form.form == "sin_gm"


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ('"referrer_name"', '"referer_name"', "perhaps 'referrer_name'?"),
        ('about = "child"', 'about = "kid"', "about: 'kid' is none of referrer,"),
        ('"looked after"', '"cared for"', "must be one of looked after, child protection plan,"),
        ('"looked after"', '""', "has no value"),
        ('"Name of your team"', '"Name"', "this label or option stands there twice"),
        ('"Name of your team" = "keep"', '"Name:" = "referrer_role"', "stands there twice"),
        ('extends = "sin_gm"', "", 'needs the line extends = "sin_gm"'),
        ('options."Sort of plan"', 'options."Plan"', "there is no such label in this part"),
    ],
)
def test_a_slip_in_a_taught_form_is_told_in_a_sentence(write, was, now, fault):
    assert was in SMALL
    (told,) = check(write(SMALL.replace(was, now, 1)))
    assert told.startswith("odd.toml: ")
    assert fault in told


def test_what_a_sound_taught_form_leaves_open_is_noticed(write):
    told = "\n".join(noticed(write(SMALL)))
    assert "1 label unsure" in told
    assert "no label means la_aware_date" in told
    assert "no label means child_name" not in told


def test_a_draft_holds_every_label_of_the_blank_and_guesses_are_marked(write):
    learned = learn(read_docx(document("controls", None)), vocabularies()[0])
    text = draft(learned, "odd")
    assert check(write(text)) == []
    assert '"I work for" = "referrer_agency?"  # a guess by its words; or' in text
    assert '"Tell it briefly" = "keep"' in text
    assert '"On a protection plan" = "child protection plan?"' in text
    assert 'heading = "6 For Westvale staff alone"\nabout = "office"' in text
    asked = {one.label.text for part in learned.parts for one in part.labels}
    assert {"I am", "How to reach them", "Road taken"} <= asked


def test_a_finished_form_and_its_blank_agree_and_differences_are_told(write):
    finished = (FINISHED / "grid.toml").read_text(encoding="utf-8")
    blank = ("grid.docx", document("grid", None))
    for text, told in (
        (finished, []),
        (finished.replace("Sleeps at", "Sleeps by"), ["'Sleeps at'", "'Sleeps by'"]),
        (finished.replace('"Feared" = "suspected"', '"Feared" = "keep"'), ["'Feared'"]),
    ):
        warm.set_up(([str(path) for path in write(text)], {}))
        found = compared(*blank)
        assert isinstance(found, list)
        assert all(any(word in line for line in found) for word in told)
        assert bool(found) == bool(told)


def test_a_filled_form_is_no_blank():
    warm.set_up(([str(path) for path in FORMS], {}))
    form = fill("x", "injured-infant", date(2026, 3, 4)).form
    found = drafted("controls.docx", document("controls", form), "odd")
    assert getattr(found, "filled", None) is True
    assert getattr(found, "labels", 0) > 40


def test_of_a_form_in_usual_words_the_untouched_draft_is_right(write):
    form = a_form(seed=4, wording="short")
    blank = read_docx(a_document(form.blank(), "above"))
    words = load_vocabularies(write(draft(learn(blank, vocabularies()[0]), "odd")))
    read = as_json(read_document("x", a_document(form, "above"), words, aliases()), "x")
    right = form.truth()
    got = score(
        read, right | {"unmapped": {one["label"]: one["text"] for one in right["unmapped"]}}
    )
    assert (read["form"], got.f1, got.confident, got.kept) == ("odd", 1.0, 0, 1)


@pytest.mark.parametrize("name", ["grid", "controls", "fields"])
def test_forms_nobody_has_seen_are_read_whole_once_taught(name):
    form = fill(f"taught {name}", "injured-infant", date(2026, 3, 4)).form
    words = load_vocabularies([*FORMS, FINISHED / f"{name}.toml"])
    read = as_json(read_document(file_name(name), document(name, form), words, aliases()), name)
    got = score(read, truth(name, form))
    assert (got.f1, got.confident) == (1.0, 0)
    assert got.kept == got.to_keep
