"""A mistake in a template is found before a letter is due, with its file and line."""

import shutil
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader

from tscp.mail_out import render
from tscp.mail_out.render import templates_from
from tscp.mail_out.templates_checked import check_templates

OURS = Path(render.__file__).parent / "templates"
MISTAKES = [
    ("request.txt", "{{ due_on }}", "{{ due_onn }}", "request.txt, line 7: 'due_onn' is undefined"),
    ("chaser.html", "{{ due_on }}", "{{ due_on }", "chaser.html, line 8: unexpected '}'"),
    ("thanks.txt", "{% extends", "{% extend", "thanks.txt, line 1: Encountered unknown tag"),
    ("escalation.txt", '"letter.txt"', '"lettre.txt"', "escalation.txt, line 1: 'lettre.txt'"),
    ("letter.txt", "Subject: ", "Subjekt: ", "acknowledgement.txt, line 1: must say 'Subject: …'"),
    ("letter.html", "<body", '<img src="//x.example"><body', "a letter may load or run nothing"),
    ("letter.html", ' lang="en-GB"', "", "acknowledgement.html: <html> needs lang"),
    ("in_danger.jinja", "{% set hub_phone", "{% set hub_fone", "in_danger.txt, line 7: "),
    ("summary.html", "s.open_cases", "s.opened_cases", "summary.html, line "),
]


def test_ours_are_sound():
    assert check_templates() == []


@pytest.mark.parametrize(("file", "right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_said_in_a_sentence(tmp_path, file, right, wrong, said):
    folder = Path(shutil.copytree(OURS, tmp_path / "templates"))
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong), encoding="utf-8")
    found = check_templates(templates_from(FileSystemLoader(folder)))
    assert any(said in sentence for sentence in found), found
