"""Cutting and judging Text (runs of one look) without losing how each run looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from parsers.reading import Run, Text, plain

_EDGES = " \t\n\r\u00a0\u200b"


def cut(text: Text, start: int, end: int | None = None) -> Text:
    """The runs between two character positions."""
    stop = sum(len(run.text) for run in text) if end is None else end
    pieces: list[Run] = []
    at = 0
    for run in text:
        first, last = max(start - at, 0), min(stop - at, len(run.text))
        if first == 0 and last == len(run.text):
            pieces.append(run)
        elif first < last:
            pieces.append(_saying(run, run.text[first:last]))
        at += len(run.text)
    return tuple(pieces)


def _saying(run: Run, words: str) -> Run:
    """Other words of the same look (dataclasses.replace is four times slower)."""
    return Run(
        words,
        run.bold,
        run.italic,
        run.underlined,
        run.struck,
        run.highlighted,
        run.grey,
        run.entered,
        run.placeholder,
        run.name,
        run.sure,
    )


def trimmed(text: Text) -> Text:
    """Without white space at its ends."""
    words = plain(text)
    if words == words.strip(_EDGES):
        return text
    start = len(words) - len(words.lstrip(_EDGES))
    return cut(text, start, len(words.rstrip(_EDGES)))


def lines(text: Text) -> Iterator[Text]:
    """Line by line, without the breaks."""
    start = 0
    for line in plain(text).split("\n"):
        yield cut(text, start, start + len(line))
        start += len(line) + 1


def joined(texts: list[Text], between: str) -> Text:
    """Texts put together with a separator of no look."""
    together: list[Run] = []
    for text in texts:
        if text and together:
            together.append(Run(between))
        together.extend(text)
    return tuple(together)


def all_of(text: Text, look: Callable[[Run], bool]) -> bool:
    """Whether every run that shows anything looks so (False for blank text)."""
    shown = [run for run in text if run.text.strip(_EDGES)]
    return bool(shown) and all(look(run) for run in shown)


def any_of(text: Text, look: Callable[[Run], bool]) -> bool:
    """Whether any run that shows anything looks so."""
    return any(look(run) for run in text if run.text.strip(_EDGES))


def is_blank(text: Text) -> bool:
    """Whether nothing is to be seen but prompts of controls."""
    return not any(run.text.strip(_EDGES) for run in text if not run.placeholder)


def tidy(words: str) -> str:
    """White space tidied, line by line; empty lines and leader dots go."""
    kept = []
    for line in words.replace("\u00a0", " ").split("\n"):
        line = re.sub(r"[._…]{4,}", " ", line)
        line = re.sub(r"[ \t]+", " ", line).strip()
        if line:
            kept.append(line)
    return "\n".join(kept)


def first_look(text: Text, look: Callable[[Run], bool]) -> int:
    """How many characters from the start look so, white space counted with what it follows."""
    at = 0
    for run in text:
        if run.text.strip(_EDGES) and not look(run):
            break
        at += len(run.text)
    return at
