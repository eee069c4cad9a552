"""docs/unreadable.md has every sentence about what cannot be read, and no other."""

import re

from problems import ROOT, sentences

PAGE = (ROOT / "docs/unreadable.md").read_text(encoding="utf-8")


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_sentence_of_a_problem_is_in_the_page() -> None:
    page, found = one_line(PAGE), sentences()
    missing = [f"{where}: {said}" for said, where in found.items() if one_line(said) not in page]
    assert len(found) > 80
    assert missing == []


def test_the_page_tells_of_no_problem_there_is_not() -> None:
    told = set(re.findall(r"^\| (.*?) \|", PAGE, re.MULTILINE)) - {"what staff see"}
    known = {one_line(said) for said in sentences()}
    assert sorted(told - known) == []
