"""`tscp read` and `tscp forms` as a person uses them: in words, at 80 columns."""

import pytest

from benchmarks.teaching.__main__ import TAUGHT
from benchmarks.teaching.drawn import document
from tscp.cli import main
from tscp.commands.read_words import read_words, value_words


def answer(value, confidence=0.98, cell="table 1, row 2, cell 2", **more):
    evidence = {"page": 1, "cell": cell, "box": None, "method": "docx-table"}
    text = more.pop("text", str(value))
    return {"value": value, "text": text, "confidence": confidence, "evidence": evidence, **more}


RESULT = {
    "status": "form", "reason": None, "form": "sin_gm", "document": "form.docx",
    "answers": {
        "referrer_name": answer("Ann Lee"),
        "incident_date": answer("2026-03-03", 0.6, text="3/3/26", doubt="later than the form"),
    },
    "children": [{"child_name": answer("Zed Lee")}],
    "family": [
        {"name": answer("Mo Lee"), "relationship": answer("A rather long relationship " * 5)},
        {"name": answer("Jo Lee", 0.7), "date_of_birth": answer({"age": {"years": 4}})},
    ],
    "agencies": [], "events": [], "others": [], "problems": ["Page 2 is a picture."],
    "unmapped": [{"label": "Ward", "text": "Hydebeck", "evidence": answer("")["evidence"]}],
}  # fmt: skip


def test_what_was_read_is_told_in_words_with_what_to_look_at():
    told = "\n".join(read_words(RESULT))
    assert "2 answers to look at" in told
    assert "\n? date of the incident: 3 March 2026\n" in told
    assert '60%, page 1, table 1, row 2, cell 2, typed "3/3/26": later than the form' in told
    assert "\n  referrer's name: Ann Lee\n" in told
    assert "? row 2, name: 70%, page 1, table 1, row 2, cell 2" in told
    assert 'Ward: "Hydebeck" (page 1, table 1, row 2, cell 2)' in told
    assert "Page 2 is a picture." in told


def test_nothing_is_wider_than_eighty_columns_and_tables_stand_under_their_heads():
    lines = "\n".join(read_words(RESULT)).split("\n")
    assert max(map(len, lines)) <= 80
    head = next(line for line in lines if line.startswith("  name "))
    row = next(line for line in lines if "4 years" in line)
    assert row.index("4 years") == head.index("date of birth")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"from": "2026-03-03", "to": "2026-03-05"}, "3 March 2026 to 5 March 2026"),
        ("2026-03-03T14:30", "3 March 2026, 14:30"),
        ({"approx": "early March", "month": "2026-03"}, "about: early March"),
        (["physical", "neglect"], "physical, neglect"),
        (None, "not answered"),
    ],
)
def test_a_value_is_told_as_people_write_it(value, told):
    assert value_words(value) == told


def test_a_blank_is_learned_finished_checked_and_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*words):
        status = main(list(words))
        ran = capsys.readouterr()
        return status, ran.out, ran.err

    blank, draft = tmp_path / "Grave notice.docx", tmp_path / "notice.toml"
    blank.write_bytes(document("grid", None))
    assert "47 labels" in run("forms", "learn", blank.name, "--to", draft.name)[2]
    assert 'form = "grave_notice"' in draft.read_text(encoding="utf-8")
    status, _, why = run("forms", "learn", blank.name, "--to", draft.name)
    assert (status, "there already" in why) == (2, True)
    draft.write_text((TAUGHT / "grid.toml").read_text(encoding="utf-8"), encoding="utf-8")
    status, told, _ = run("forms", "check", draft.name, "--blank", blank.name)
    assert (status, "every label on it is taught" in told) == (0, True)
    assert "Grave notice.docx: blank" in run("read", blank.name, "--form", draft.name)[1]
    draft.write_text("form = ", encoding="utf-8")
    status, _, why = run("read", blank.name, "--form", draft.name)
    assert (status, "notice.toml: cannot be read as TOML" in why) == (2, True)
