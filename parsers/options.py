"""Which of a printed list of options was chosen: by a tick, a cross beside it, or its look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from parsers.reading import TICKED, UNTICKED, Run, Text, plain
from parsers.texts import cut
from triage.values.choices import YES_NO, Choices, choose, exactly


class Picked(NamedTuple):
    """An option list: canonical values chosen, how many it offers, and how sure that is.

    `strange` are chosen options whose words are not among the field's choices; `rest` is what
    was typed beside the boxes.
    """

    values: tuple[str, ...]
    offered: int
    sure: float
    strange: tuple[str, ...] = ()
    rest: str = ""
    doubtful: bool = False
    """No box and no look tells that it is a printed list at all."""


_TYPED_BOXES = (
    (re.compile(r"[\[(]\s*[xX✓✔√*]\s*[\])]"), TICKED),
    (re.compile(r"\[[ _]{0,3}\]|\(\s{1,3}\)"), UNTICKED),
    (re.compile("[☑✅🗹■]"), TICKED),
    (re.compile("[□◻❏❑▢]"), UNTICKED),
)
_MAY_BOX = re.compile("[\\[(☑✅🗹■□◻❏❑▢]")
_BOX = re.compile(f"([{TICKED}{UNTICKED}])")
_MARK_AFTER = re.compile(r"^\s*[xX✓✔√](?=\s|$|[.,;])")
_MARK_BEFORE = re.compile(r"(?:^|(?<=\s))[xX✓✔√]\s*$")
_DELETE = re.compile(r"\(?\*?\s*(?:please\s+)?(?:delete|circle|highlight|tick)\b[^)\n]*\)?", re.I)
_REMARK = re.compile(r"\s*(\S.*?)\s+[-–—]\s*(\S.*)$", re.DOTALL)
_BEHIND = re.compile(r"\s*[-–—]\s*(\S.*)$", re.DOTALL)
_BEGUN, _LONGEST_OPTION = 0.9, 80
_BETWEEN = re.compile(r"\s*/\s*|\n|\t|\s{3,}|\s*\|\s*|\s*;\s*|\s*•\s*")


def boxed(words: str) -> str:
    """The words with every typed box ('[x]', '( )') as the one character for it."""
    if not _MAY_BOX.search(words):
        return words
    for pattern, box in _TYPED_BOXES:
        words = pattern.sub(box, words)
    return words


def has_box(words: str) -> bool:
    """Whether a box stands in the words, ticked or not."""
    return bool(_BOX.search(boxed(words)))


def picked(text: Text, choices: Choices) -> Picked | None:
    """What was chosen in an option list; None if the text is no such list."""
    said = boxed(plain(text))
    if _BOX.search(said):
        return _by_boxes(said, choices)
    return _by_look(text, choices)


# ---- boxes --------------------------------------------------------------------------------------


def _by_boxes(said: str, choices: Choices) -> Picked | None:
    between = _BOX.split(_DELETE.sub("", said))
    words, boxes = between[::2], between[1::2]
    on, torn = [box == TICKED for box in boxes], False
    if any(_MARK_AFTER.match(part) for part in words[1:]):
        on = [o or bool(_MARK_AFTER.match(w)) for o, w in zip(on, words[1:], strict=True)]
        words = [words[0], *(_MARK_AFTER.sub("", part) for part in words[1:])]
    elif any(_MARK_BEFORE.search(part) for part in words[:-1]):
        on = [o or bool(_MARK_BEFORE.search(w)) for o, w in zip(on, words[:-1], strict=True)]
        words = [*(_MARK_BEFORE.sub("", part) for part in words[:-1]), words[-1]]
        torn = not words[0].strip() and any(_MARK_BEFORE.search(part) for part in between[2:-1:2])
    before = [_last_words(part, choices) for part in words[:-1]]
    after = [_first_words(part, choices) for part in words[1:]]
    first = _labels_first(words, before, after, choices)
    labels = before if first else after
    rest = words[-1] if first or not after else words[-1].replace(after[-1], "", 1)
    chosen = _chosen(list(zip(labels, on, strict=True)), choices)
    # '☐ Yes X ☐ No': whether the cross is the first option's or the second's, nobody knows.
    sure = min(chosen.sure, 0.5) if torn else chosen.sure
    return chosen._replace(rest=" ".join(rest.split()), sure=sure)


def _labels_first(words: list[str], before: list[str], after: list[str], choices: Choices) -> bool:
    """Whether each box follows its option ('Yes ☐') or leads it ('☐ Yes')."""
    known = [sum(exactly(w, choices) is not None for w in side) for side in (before, after)]
    if known[0] != known[1]:
        return known[0] > known[1]
    if exactly(words[0], choices):
        return True
    if bool(words[0].strip()) != bool(words[-1].strip()):
        return bool(words[0].strip())
    return False


def _last_words(part: str, choices: Choices) -> str:
    """The option before a box: all that stands there, or its last line."""
    whole = " ".join(part.split())
    if exactly(whole, choices):
        return whole
    line = next((ln.strip() for ln in reversed(part.split("\n")) if ln.strip()), "")
    end = re.split(r"\s{2,}|\t", line)[-1]
    return end if exactly(end, choices) else " ".join(line.split())


def _first_words(part: str, choices: Choices) -> str:
    """The option after a box: all that stands there, or its first line, or that to a gap."""
    whole = " ".join(part.split())
    if exactly(whole, choices):
        return whole
    line = next((ln.strip() for ln in part.split("\n") if ln.strip()), "")
    start = re.split(r"\s{2,}|\t", line)[0]
    return start if exactly(start, choices) else " ".join(line.split())


def _chosen(options: list[tuple[str, bool]], choices: Choices) -> Picked:
    values, strange, sure = [], [], 0.98
    for label, on in options:
        value, how_sure = _value(label, choices)
        if on and value is None:
            strange.append(label)
        elif on and value is not None:
            values.append(value)
            sure = min(sure, how_sure)
    known = sum(_value(label, choices)[0] is not None for label, _ in options)
    if strange:
        sure = min(sure, 0.6)
    elif known * 2 < len(options):
        sure = min(sure, 0.8)
    return Picked(tuple(dict.fromkeys(values)), len(options), sure, tuple(strange))


def _value(label: str, choices: Choices) -> tuple[str | None, float]:
    found = choose(label, choices)
    return found.value, 0.98 if found.confidence > 0.95 else found.confidence


# ---- looks --------------------------------------------------------------------------------------


class _Option(NamedTuple):
    value: str
    start: int
    end: int
    crossed: bool
    """A cross was typed beside it."""


def _by_look(text: Text, choices: Choices) -> Picked | None:
    said = _DELETE.sub(lambda match: " " * len(match[0]), plain(text))
    options = list(_options(said, choices))
    behind = _BEHIND.match(said, options[-1].end) if options else None
    rest = behind[1] if behind else ""
    covered = sum(_letters(said[option.start : option.end]) for option in options)
    if len({option.value for option in options}) < 2:
        return None
    if covered * 2 < _letters(said) - _letters(rest):
        return None
    crossed = [option for option in options if option.crossed]
    if crossed:
        return _of(crossed, options, 0.95)
    struck = [o for o in options if _mostly(text, o, lambda run: run.struck)]
    if struck and len(struck) < len(options):
        left = [option for option in options if option not in struck]
        # With some but not all of the others struck out, what is meant is a guess.
        return _of(left if len(left) == 1 else [], options, 0.97 if len(left) == 1 else 0.5)
    for look in (_highlighted, _underlined, _bold):
        shown = [option for option in options if _mostly(text, option, look)]
        if shown and len(shown) < len(options):
            return _of(shown, options, 0.96)
    return _of([], options, 0.97)._replace(doubtful=True, rest=rest)


def _begun(words: str, start: int, choices: Choices) -> _Option | None:
    """An option with a remark after a dash, or one that only begins as it is listed
    ('Near miss: no serious harm but it could have been')."""
    parted = _REMARK.match(words)
    if parted and (value := exactly(parted[1], choices)):
        return _Option(value, start, start + parted.end(1), False)
    if choices is YES_NO:
        return None
    begun = choose(words, choices)
    if begun.value is None or begun.confidence < _BEGUN or len(words) > _LONGEST_OPTION:
        return None
    return _Option(begun.value, start, start + len(words), False)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _highlighted(run: Run) -> bool:
    return run.highlighted


def _underlined(run: Run) -> bool:
    return run.underlined


def _bold(run: Run) -> bool:
    return run.bold


def _of(chosen: list[_Option], options: list[_Option], sure: float) -> Picked:
    values = tuple(dict.fromkeys(option.value for option in chosen))
    return Picked(values, len(options), sure)


def _mostly(text: Text, option: _Option, look: Callable[[Run], bool]) -> bool:
    shown: Counter[bool] = Counter()
    for run in cut(text, option.start, option.end):
        shown[look(run)] += len(run.text.strip())
    return shown[True] > shown[False]


def _options(said: str, choices: Choices) -> Iterator[_Option]:
    """The options of a list, the longest wording first ('Not sure / advice sought' is one)."""
    edges = [0, *(edge for m in _BETWEEN.finditer(said) for edge in m.span()), len(said)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    at = 0
    while at < len(parts):
        for last in range(min(at + 3, len(parts) - 1), at - 1, -1):
            start, end = parts[at][0], parts[last][1]
            words = said[start:end].rstrip()
            end = start + len(words)
            bare = re.sub(r"^\s*[xX✓✔]\s+|\s+[xX✓✔]\s*$", "", words)
            if value := exactly(bare, choices):
                yield _Option(value, start, end, bare != words)
                at = last
                break
            if last == at and (begun := _begun(words, start, choices)):
                yield begun
                break
        at += 1
