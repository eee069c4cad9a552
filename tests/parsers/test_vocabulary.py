"""Vocabulary files: sound as shipped, and every fault named at once."""

import tomllib

import pytest
from readings import FORMS, head, reading, vocabularies

from parsers.meaning import meaning, section_of
from parsers.recognise import named
from parsers.vocabulary import check, load_vocabularies
from parsers.vocabulary_check import VocabularyWrong
from triage.sin_form import ANSWERS, GROUPS, REQUIRED

SOUND = """
form = "small"
recognised_by = ["small form"]
[[section]]
name = "child"
group = "children"
headings = ["the child"]
[[field]]
key = "la_aware_date"
type = "date"
labels = ["date the authority knew"]
"""


@pytest.fixture
def written(tmp_path):
    """Writes vocabulary files and gives their paths."""

    def write(*texts):
        paths = [tmp_path / f"form{number}.toml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_the_built_in_vocabularies_are_sound():
    assert check(FORMS) == []


def test_every_name_of_a_form_is_recognised_in_its_title():
    titles = tomllib.loads(FORMS[0].read_text(encoding="utf-8"))["recognised_by"]
    words = next(v for v in vocabularies() if v.form == "sin_gm")
    assert [t for t in titles if not named(words, reading(head(t.title())))] == []


def test_every_field_of_the_form_can_be_named():
    known = {(field.group, field.key) for field in vocabularies()[0].fields}
    wanted = {("answers", key) for key in ANSWERS}
    wanted |= {(group, key) for group, keys in GROUPS.items() for key in keys}
    assert wanted - known == set()


def test_every_required_answer_has_several_wordings():
    for field in vocabularies()[0].fields:
        if field.group == "answers" and field.key in REQUIRED and not field.part:
            assert len(field.labels) + len(field.here) >= 5 or field.also


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ('[[field]]\nkey = "la_awre_date"', "answers have no 'la_awre_date'"),
        ('[[field]]\nkey = "signature"\ntype = "date"', "type: is 'date', must be 'text'"),
        (
            '[[field]]\nkey = "incident_date"\nlabels = ["Date the Authority knew:"]',
            "means la_aware_date already",
        ),
        ('[[field]]\nkey = "signature"\npatterns = ["("]', "is no regular expression"),
        ('[[field]]\nkey = "signature"\nrequired = true', "no rule of triage asks for it"),
        ('[[field]]\nkey = "signature"\nlabel = ["x"]', "label: no such key"),
        ('[[field]]\nkey = "signature"\nsection = "nowhere"', "there is no section 'nowhere'"),
        ('[[field]]\nkey = "name"\ngroup = "cousins"', "group: 'cousins' is not"),
        ('[[field]]\nkey = "signature"\n[field.choices]\na = ["b"]', "choices: a text has none"),
        (
            '[[field]]\nkey = "outcome_for_child"\n[field.choices]\ndeath = ["a"]\nother = ["A."]',
            "'A.' means 'death' already",
        ),
        ('[[section]]\nname = "x"\ngroup = "y"', "group: must be"),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(written, more, fault):
    (found,) = check(written(SOUND + more))
    assert found.startswith("form0.toml: ")
    assert fault in found


def test_all_faults_are_told_at_once(written):
    two = '[[field]]\nkey = "nothing"\n[[field]]\nkey = "nought"\n'
    assert len(check(written(SOUND + two, "form = ["))) == 3
    with pytest.raises(VocabularyWrong) as raised:
        load_vocabularies(written(SOUND + two))
    assert len(raised.value.wrong) == 2


def test_a_file_may_extend_another(written):
    more = """
form = "older"
extends = "small"
recognised_by = ["older form"]
[[field]]
key = "la_aware_date"
labels = ["date the board knew"]
"""
    small, older = load_vocabularies(written(SOUND, more))
    assert meaning(small, "Date the board knew") is None
    for label in ("Date the board knew", "Date the authority knew"):
        found = meaning(older, label)
        assert found is not None
        assert found.field.key == "la_aware_date"
    assert older.recognised_by == ("older form",)


def test_extending_nobody_or_oneself_is_a_fault(written):
    assert "extends" in check(written('form = "a"\nextends = "b"'))[0]
    assert "extends" in check(written('form = "a"\nextends = "a"'))[0]


@pytest.mark.parametrize(
    ("label", "section", "key"),
    [
        ("Name", "referrer", "referrer_name"),
        ("Name", "lead", "safeguarding_lead_name"),
        ("Name", "child", "child_name"),
        ("Name", "family", "name"),
        ("Date", "signature", "signed_on"),
        ("3.2 Date of birth (dd/mm/yyyy)*", "child", "date_of_birth"),
        ("D.O.B.", "family", "date_of_birth"),
        ("Section 4: Date LA became aware of the incident", "", "la_aware_date"),
        ("Dtae of birth", "child", "date_of_birth"),
        ("Summary of incidnet", "", "incident_summary"),
        ("When was the council first told?", "incident", "la_aware_date"),
        ("Name of the child / young person (include any other names)", "", "child_name"),
        ("Are there other children who could be in danger? If yes, give details", "",
         "other_children_at_risk"),
    ],
)  # fmt: skip
def test_a_label_means_a_field_by_its_section(label, section, key):
    found = meaning(vocabularies()[0], label, section)
    assert found is not None
    assert found.field.key == key


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("Ward", "incident"),
        ("Line manager", "criteria"),
        ("Immigration status", "child"),
        ("Voice of the child", "criteria"),
        ("Name", "office"),
        ("Date of incident", "office"),
        ("Date of birth " + "of the child " * 20, "child"),
    ],
)
def test_a_question_that_is_not_ours_means_nothing(label, section):
    assert meaning(vocabularies()[0], label, section) is None


def test_a_relatives_birthday_is_never_the_childs():
    found = meaning(vocabularies()[0], "Date of birth", "family")
    assert found is not None
    assert found.field.group == "family"
    assert meaning(vocabularies()[0], "NHS number", "family") is None
    assert meaning(vocabularies()[0], "Relationship to child", "agencies") is None
    assert meaning(vocabularies()[0], "Relationship to child", "incident") is None


def test_a_listed_label_is_surer_than_a_misspelt_one_and_that_than_a_pattern():
    words = vocabularies()[0]
    exact = meaning(words, "Date of incident")
    near = meaning(words, "Date of incidnet")
    guess = meaning(words, "Day on which the dreadful event took place")
    assert exact is not None
    assert near is not None
    assert guess is not None
    assert exact.sure > 0.95 > near.sure > guess.sure - 0.05
    assert guess.sure <= 0.9


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Part B: The child", "child"), ("1. Details of child(ren)", "child"),
        ("FOR OFFICE USE ONLY", "office"), ("To be completed by the Business Unit", "office"),
        ("Section 6 - Agency summary (each agency)", "others"),
        ("Other agencies known to be involved", "agencies"),
        ("About the person sending this form", "referrer"),
        ("Circumstances of the incident", "incident"), ("Sign off", "signature"),
    ],
)  # fmt: skip
def test_a_heading_opens_its_section(heading, section):
    found = section_of(vocabularies()[0], heading)
    assert found is not None
    assert found[0].name == section


def test_the_forms_own_title_opens_no_section():
    assert section_of(vocabularies()[0], "Serious Incident Notification (SIN) Form") is None
