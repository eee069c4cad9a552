"""The form's own words in and around an answer: taken out of the value, never taken for it."""

from __future__ import annotations

import re

from parsers.reading import Run, Text, plain
from parsers.texts import all_of, any_of, cut, joined, lines, trimmed
from parsers.vocabulary import Vocabulary
from triage.values.blank import is_blank as says_blank

_BRACKETED = re.compile(r"^\s*[(\[][^()\[\]]*[)\]]\s*$", re.DOTALL)


def is_guidance(words: Vocabulary, line: str) -> bool:
    """Whether a line is one of the printed instructions the vocabulary knows."""
    told = " ".join(line.split())
    return bool(told) and len(told) < 400 and any(p.search(told) for p in words.guidance)


def quiet(run: Run) -> bool:
    """Printed small: italic or grey, as forms print instructions; never what was entered."""
    return (run.italic or run.grey) and not run.entered


def without_guidance(words: Vocabulary, text: Text) -> Text:
    """An answer without the form's instructions and prompts.

    Italics alone are not enough where the whole answer is in italics: some people write so.
    """
    kept = tuple(run for run in text if not run.placeholder)
    mixed = any_of(kept, lambda run: not quiet(run))
    left = [line for line in lines(kept) if not _instructs(words, line, mixed)]
    return trimmed(joined(left, "\n"))


def _instructs(words: Vocabulary, line: Text, mixed: bool) -> bool:
    if any_of(line, lambda run: run.entered):
        return False
    told = plain(line)
    if told.strip() and told.strip() != "?" and says_blank(told):
        return True
    looks = all_of(line, quiet)
    if looks and (mixed or all_of(line, lambda run: run.grey) or _BRACKETED.match(told)):
        return True
    several = len(told.split()) > 2 or bool(_BRACKETED.match(told))
    return is_guidance(words, told) and (looks or not mixed or several)


def label_alone(words: Vocabulary, text: Text) -> Text:
    """A label without the instructions printed with it."""
    loud = tuple(run for run in text if not quiet(run))
    if not "".join(run.text for run in loud).strip():
        loud = text
    first, *others = lines(loud)
    left = [line for line in others if not is_guidance(words, plain(line))]
    return trimmed(joined([first, *left], "\n"))


def before_quiet(text: Text) -> Text:
    """The start of a text up to its first instruction in small print."""
    at = 0
    for run in text:
        if run.text.strip() and quiet(run):
            break
        at += len(run.text)
    return trimmed(cut(text, 0, at))
