"""Label and answer in one cell or line: 'Name: Ann', a bold label before its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.guidance import is_guidance, quiet, without_guidance
from parsers.like_labels import is_listed
from parsers.meaning import EXACT, HERE, PATTERN, Found, meaning
from parsers.reading import Text, plain
from parsers.texts import all_of, cut, first_look, is_blank, joined, lines, trimmed
from parsers.vocabulary import Vocabulary

_SPLITS = (
    re.compile(r"^(?P<label>[^:\n]{2,160}?)\s*:\s*(?P<answer>\S.*)$", re.DOTALL),
    re.compile(r"^(?P<label>[^?\n]{4,200}?\?)[*\s:]*(?P<answer>\S.*)$", re.DOTALL),
    re.compile(
        r"^(?P<label>[^\t\n]{2,160}?)\s*(?:\t|[._…]{4,})[\s._…]*(?P<answer>\S.*)$", re.DOTALL
    ),
    re.compile(r"^(?P<label>[^\n]{2,160}?)\s+[-–—]\s+(?P<answer>\S.*)$", re.DOTALL),
    re.compile(r"^(?P<label>[^\n]{2,200}?)[ \t]*\n+(?P<answer>.*\S.*)$", re.DOTALL),
)
# 'Are others at risk? Yes / No' is a label with its options, though it folds to the label alone.
ENDS_IN_OPTIONS = re.compile(r"[?:*]\s*(?:y|yes)\s*/\s*(?:n|no)\b", re.IGNORECASE)
_LABELS_IN_LINE = re.compile(
    r"(?:^|\t|\s{2,}|[;|,]\s+|[._…]{4}\s*)\s*([A-Za-z][^:\t\n…_]{1,80}?)\s*(?::|(?=[._…]{6}))"
)
_LEADER = re.compile(r"\s*[._…]{3,}\s*")
_OF_THE_LINE = 0.97
_MOST_WORDS = 12  # a longer text before a colon is a sentence, not an unknown label
_YES_OR_NO = re.compile(r"(?:yes|no|unknown|not known)\b", re.IGNORECASE)
_FEWEST_WORDS = 4  # 'Police: no further action' in a story asks nothing


class Inside(NamedTuple):
    """A label and the answer found with it in one place."""

    label: str
    answer: Text
    found: Found | None


def split(words: Vocabulary, text: Text, section: str, *, loose: bool) -> Inside | None:
    """The label and answer a text holds, or None. `loose`: a label nobody knows counts too."""
    text = trimmed(text)
    whole = meaning(words, plain(text), section)
    exact = whole is not None and whole.exact and not ENDS_IN_OPTIONS.search(plain(text))
    if exact and not _parted_by_look(text):
        return None
    for label, answer, printed in _ways(text):
        told = " ".join(plain(label).split())
        left = without_guidance(words, answer)
        found = meaning(words, told, section)
        if not told or is_blank(left) or (found is None and is_guidance(words, told)):
            continue
        if _small_print(label, left, text):
            continue
        if found and (printed or found.how != PATTERN or _asks_and_answers(found, told, left)):
            return Inside(told, left, found)
        if loose and (printed or _is_label(told, answer, text)):
            return Inside(told, left, found if printed else None)
    return None


def _asks_and_answers(found: Found, told: str, answer: Text) -> bool:
    """A question for yes or no in words that nobody listed, and one of these after it."""
    question = told.endswith("?") or len(told.split()) >= _FEWEST_WORDS
    said = _YES_OR_NO.match(plain(answer).strip())
    return found.field.type == "yes/no" and question and said is not None


def _small_print(label: Text, answer: Text, text: Text) -> bool:
    """What follows on a line of its own in small print, under a label that is not."""
    below = "\n" in plain(text)[len(plain(label)) :].split(plain(answer)[:12])[0]
    return below and all_of(answer, quiet) and not all_of(label, quiet)


def _ways(text: Text) -> Iterator[tuple[Text, Text, bool]]:
    """How a text may fall in two; True where its look tells so."""
    if at := _parted_by_look(text):
        yield cut(text, 0, at), cut(text, at), True
    said = plain(text)
    for pattern in _SPLITS:
        if match := pattern.match(said):
            answer = cut(text, match.start("answer"), match.end("answer"))
            yield cut(text, 0, match.end("label")), answer, False


def _parted_by_look(text: Text) -> int:
    """Where a bold label ends, or where what was entered begins; 0 if neither."""
    said = plain(text)
    for at in (
        first_look(text, lambda run: run.bold and not run.entered),
        first_look(text, lambda run: not (run.entered or run.placeholder)),
        _small_label(text),
    ):
        at = _before_option(said, at)
        label, rest = said[:at].rstrip(), said[at:]
        if not label or not rest.strip() or len(label) > 220:
            continue
        if rest.lstrip().startswith("/") and at > 1:
            continue  # the first option of a list, chosen by its look
        small = first_look(cut(text, at), quiet)
        rest = rest[small:]
        parted = label.endswith((":", "?", "*")) or "\n" in said[len(label) : at + small + 1]
        if rest.strip() and (parted or said[at - 1 : at].isspace() or rest[:1].isspace()):
            return at
    return 0


def _before_option(said: str, at: int) -> int:
    """Where a bold label ends that the bold first option follows ('Known? Yes / No'), else `at`."""
    if not said[at:].lstrip().startswith("/"):
        return at
    return max(said.rfind("?", 0, at), said.rfind(":", 0, at)) + 1


def _small_label(text: Text) -> int:
    """Where the first line ends, if it is in small print and the next is not."""
    at = plain(text).find("\n")
    small = at > 0 and all_of(cut(text, 0, at), quiet)
    return at if small and not all_of(cut(text, at), quiet) else 0


def _is_label(told: str, answer: Text, text: Text) -> bool:
    """An unknown label must be short and end as labels end, and not be a time or an address."""
    said = plain(text)
    after = said[len(told) : len(told) + 2]
    short = len(told.split()) <= _MOST_WORDS and told[:1].isalnum() and not told.isdigit()
    return short and ":" in after and not re.match(r"^(https?|mailto|tel)$", told, re.IGNORECASE)


def pairs_in_line(words: Vocabulary, text: Text, section: str) -> list[Inside]:
    """'Name: Ann    DOB: 3/3/20' in one line: two or more, each with a label that is known or
    printed bold. A plain label after a telling one ('Signed: …  Date: …') belongs to it."""
    said = plain(text)
    starts = [m for m in _LABELS_IN_LINE.finditer(said) if _known_or_bold(words, text, m)]
    if len(starts) < 2 or said[: starts[0].start(1)].strip(" ._…"):
        return []
    ends = [match.start() for match in starts[1:]] + [len(said)]
    pairs: list[Inside] = []
    for match, end in zip(starts, ends, strict=True):
        dots = _LEADER.match(said, match.end())
        start = dots.end() if dots else match.end()
        held = without_guidance(words, trimmed(cut(text, start, max(start, end))))
        found = _after(words, match[1], section, pairs[-1].found if pairs else None)
        pairs.append(Inside(match[1], held, found))
    return pairs if sum(is_listed(words, pair.label) for pair in pairs) * 2 >= len(pairs) else []


def _known_or_bold(words: Vocabulary, text: Text, match: re.Match[str]) -> bool:
    printed = all_of(cut(text, match.start(1), match.end(1)), lambda r: r.bold and not r.entered)
    return printed or is_listed(words, match[1])


def _after(words: Vocabulary, label: str, section: str, before: Found | None) -> Found | None:
    """What a label means after another in its line: a part of that, if that tells what it is of."""
    if before is not None and before.how == EXACT and before.field.section != section:
        found = meaning(words, label, before.field.section)
        if found and found.how == HERE and found.field.section == before.field.section:
            return found._replace(sure=min(found.sure, _OF_THE_LINE))
    return meaning(words, label, section)


def pairs_in_cell(words: Vocabulary, text: Text, section: str) -> list[Inside]:
    """A cell with a pair on each line; two or more must have labels that are known.

    A line without a label goes on with the answer above it.
    """
    found: list[Inside] = []
    for line in lines(text):
        one = split(words, line, section, loose=bool(line) and line[0].bold)
        section = section or (one.found.home if one and one.found else "")
        if one is not None and (one.found or (line and line[0].bold)):
            found.append(one)
        elif found and not is_blank(line):
            last = found[-1]
            found[-1] = last._replace(answer=joined([last.answer, line], "\n"))
        elif not is_blank(line):
            return []
    known = sum(pair.found is not None for pair in found)
    bold = bool(text) and text[0].bold
    return found if known >= 2 and (bold or known * 2 > len(plain(text).split("\n"))) else []
