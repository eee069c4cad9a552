"""A question asked in parts within one answer cell: 'Referrer' | 'Name: …', 'Role: …', 'Tel: …'.

The label beside them is then a heading for its parts, unless it asks for an account: people
write 'Date of birth: not recorded' in those too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parsers.asked import INSIDE, Asked
from parsers.guidance import without_guidance
from parsers.inside import pairs_in_line
from parsers.like_labels import in_two, is_listed
from parsers.meaning import PATTERN, Found, meaning, section_of
from parsers.people import block_of
from parsers.reading import Text, plain
from parsers.texts import is_blank, joined, lines
from parsers.vocabulary import Vocabulary

_PROSE = ("narrative", "address", "choices")
_FEWEST = 2
_MOST_WORDS = 9  # of a part's label


def in_parts(words: Vocabulary, question: Asked) -> list[Asked]:
    """The question's parts, each with its label; the question itself where it has none.

    What stands before the first part answers the question itself ('Consulted? Yes', 'Name: …').
    """
    section = part_of_form(words, question)
    if not section:
        return [question]
    parts = list(_parts(words, question.answer))
    labels = [label for label, _ in parts if label]
    if len(labels) < _FEWEST or sum(is_listed(words, label) for label in labels) * 2 < len(labels):
        return [question]
    block = block_of(question.label)
    asked = []
    for label, answer in parts:
        if not label and is_blank(answer):
            continue
        asked.append(_part(words, question, label, answer, section, block.name if block else ""))
    return asked


def _parts(words: Vocabulary, text: Text) -> Iterator[tuple[str, Text]]:
    """Label and answer of each line; lines without a label go on with what stands above."""
    label, held = "", list[Text]()
    for line in lines(text):
        for told, answer in _labelled(words, line):
            if told:
                yield label, joined(held, "\n")
                label, held = told, []
            held.append(answer)
    yield label, joined(held, "\n")


def _labelled(words: Vocabulary, line: Text) -> list[tuple[str, Text]]:
    if several := pairs_in_line(words, line, ""):
        return [(pair.label, pair.answer) for pair in several]
    first, rest = in_two(line)
    told = plain(first).strip()
    short = len(told.split()) <= _MOST_WORDS and told[:1].isalpha()
    if short and told.endswith(":"):
        return [(told, rest)]
    if short and told.endswith("?") and is_listed(words, told):
        return [(told, ())]
    return [("", line)]


def part_of_form(words: Vocabulary, question: Asked) -> str:
    """The section a label opens for its parts; '' where it opens none: of the parts of 'Social
    worker' or 'GP' nothing is ours."""
    if block := block_of(question.label):
        return {"children": "child"}.get(block.group, block.group)
    found = section_of(words, question.label)
    if question.found and question.found.field.type in _PROSE:
        return ""
    if question.found and (question.found.field.type == "text" or question.found.how == PATTERN):
        return found[0].name if found and found[1] == 1.0 else ""
    if question.found:
        return question.found.field.section
    return found[0].name if found else ""


def _part(
    words: Vocabulary, whole: Asked, label: str, answer: Text, section: str, block: str
) -> Asked:
    answer = without_guidance(words, answer)
    if not label:
        return replace(whole, answer=answer)
    return replace(
        whole,
        label=label,
        found=_meant(words, whole.label, label, section),
        answer=answer,
        section=section,
        block=block or whole.block,
        how=INSIDE,
    )


def _meant(words: Vocabulary, whole: str, label: str, section: str) -> Found | None:
    """What a part means: by itself in its section, or read together with the whole's label."""
    return meaning(words, label, section) or meaning(words, f"{whole} {label}", section)
