"""Which words of a typed line are its label: they are made bold, as a form prints them.

A typed form has no looks, yet its writer marks labels all through it in one way: by a colon, a
dash, capitals, or a line of their own after an empty one. A way that is used often enough counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from parsers.readers.typed_lines import BOX, Line, is_numbered
from parsers.texts import cut

_COUNT = r"(?:\(?(?:[Qq]\.?\s?)?\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]?\s+|\(?[a-z][.)]\s+|[-•*·]\s+)?"
_COLON = re.compile(
    rf"^{_COUNT}\*{{0,2}}[^\W\d_][^:?\n]{{0,250}}?(?:\?(?:\s*\([^()\n]{{2,80}}\))?\s*:?|[^\W_]?[)*'’\]\s]*:)\*{{0,2}}(?=[^/\\]|$)"
)
_OTHERS = (
    re.compile(rf"^{_COUNT}[^\W\d_][^:\n]{{1,80}}?\s+[-–—=]{{1,2}}>?\s+(?=\S)"),
    re.compile(rf"^{_COUNT}[^\W\d_][^:\n]{{1,80}}?\s*(?:[.…]{{4,}}|_{{4,}})\s*(?=\S)"),
    re.compile(r"^(?:[A-Z][A-Z/'’&()-]*\s+)+(?=[a-z0-9☐☒\[]|[A-Z][a-z])"),
    re.compile(rf"^{_COUNT}[^\W\d_][^;:\n]{{1,60}}?;\s+(?=\S)"),
    re.compile(r"^\d{1,2}\.\d{1,2}[.)]?\s+[A-Z][^.:;]{2,100}$"),
)
_TITLE = re.compile(r"(?:section|part)\s+\w{1,3}\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[^a-z\d]*[A-Z][^a-z\d]*[A-Z][^a-z\d]*")
_CLOSING = re.compile(
    r"(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|many thanks|thanks|"
    r"thank you|yours (?:sincerely|faithfully|truly))[\s,.!]*",
    re.IGNORECASE,
)
_HINT = re.compile(r"\([^()]*\)")
_MOST_WORDS = 18
_OFTEN = 5
"""Lines that mark their label in a way, from which on it is this writer's way."""


def with_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, their labels and headings bold."""
    lines = [one for line in lines for one in _apart(line)]
    ways = [way for way in _OTHERS if _usual(way, lines)]
    above = _labels_above(lines)
    numbered = False
    for at, line in enumerate(lines):
        words = line.words
        after = lines[at + 1] if at + 1 < len(lines) else None
        end = label_end(words, ways)
        before = lines[at - 1].words.strip() if at else ""
        if _is_title(line, after, above) or _over_labels(line, before, after):
            numbered = False
            yield bold(line, len(words))
        elif end and (is_numbered(words) or not numbered):
            numbered = is_numbered(words)
            yield bold(line, end)
        else:
            if line.gap and not words.strip().endswith(".") and len(words.split()) < 5:
                numbered = False  # 'Person 1': what follows may be counted otherwise
            yield line


def is_closing(line: Line) -> bool:
    """'Kind regards': what follows is who writes, and no part of the answer above."""
    return _CLOSING.fullmatch(line.words.strip()) is not None


def bold(line: Line, end: int) -> Line:
    text = line.text
    loud = tuple(replace(run, bold=True) for run in cut(text, 0, end))
    return replace(line, text=(*loud, *cut(text, end)))


def label_end(words: str, ways: Sequence[re.Pattern[str]] = ()) -> int:
    """Where a line's label ends, 0 where it has none."""
    for way in (_COLON, *ways):
        match = way.match(words)
        if match and len(_HINT.sub("", match[0]).split()) <= _MOST_WORDS and _is_asking(match[0]):
            return match.end()
    return 0


def _is_asking(label: str) -> bool:
    """A label is no sentence, no option, no address of a page."""
    if BOX.search(label) or re.match(r"(?:https?|mailto)\b", label, re.IGNORECASE):
        return False
    return re.search(r"[a-z]{3,}\.\s+[A-Z]|,\s.*,\s.*,\s", label) is None


def _usual(way: re.Pattern[str], lines: Sequence[Line]) -> bool:
    marked = [line for line in lines if label_end(line.words, [way])]
    by_colon = sum(_COLON.match(line.words) is not None for line in marked)
    return len(marked) - by_colon >= max(_OFTEN, by_colon / 2)


def _is_title(line: Line, after: Line | None, above: bool) -> bool:
    words = line.words.strip()
    if line.heading or is_closing(line):
        return True
    if len(words.split()) > _MOST_WORDS or not line.gap:
        return False
    if _TITLE.match(words) or _CAPITALS.fullmatch(words):
        return not BOX.search(words)
    return above and after is not None and not after.gap and not _COLON.match(words)


def _over_labels(line: Line, before: str, after: Line | None) -> bool:
    """A few words after an empty line, with a label close below them: a heading without a rule."""
    words = line.words.strip()
    if not line.gap or after is None or after.gap or not label_end(after.words):
        return False
    if label_end(words) or (label_end(before) == len(before) and before):
        return False
    return re.fullmatch(r"[A-Z][^\d.:;,?!]{2,60}", words) is not None and len(words.split()) <= 6


def _labels_above(lines: Sequence[Line]) -> bool:
    """Whether labels without a mark stand over their answers, after an empty line each."""
    firsts = [at for at, line in enumerate(lines) if line.gap]
    short = [at for at in firsts if len(lines[at].words.split()) <= 12]
    pairs = [at for at in short if at + 1 < len(lines) and not lines[at + 1].gap]
    colons = sum(_COLON.match(line.words) is not None for line in lines)
    return len(pairs) >= 8 and len(pairs) * 10 >= len(firsts) * 6 and colons < len(pairs)


def _apart(line: Line) -> Iterator[Line]:
    """'Name: Ann    DOB: 3/3/20': a line for each label, where wide gaps part them."""
    starts = [0]
    if _COLON.match(line.words):
        for gap in re.finditer(r"\s{3,}|\t\s*|\s+\|\s+", line.words):
            label = _COLON.match(line.words[gap.end() :])
            if label and "?" not in label[0] and not BOX.search(label[0]):
                starts.append(gap.end())
    for start, end in zip(starts, [*starts[1:], len(line.words)], strict=True):
        yield replace(line, text=cut(line.text, start, end), gap=line.gap and start == 0)
