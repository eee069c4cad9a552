"""Check boxes that are drawn, or that somebody typed or drew into, become ticks among words."""

from __future__ import annotations

from parsers.readers.pdf_drawing import Drawing, square
from parsers.readers.pdf_glyphs import STROKES
from parsers.readers.pdf_marks import Box, Rule, Word
from parsers.reading import TICKED, UNTICKED

NEAR = 1.2
MOST_SHAPES = 3_000  # a page with more is a drawing


def find_boxes(words: list[Word], widgets: list[Word], drawing: Drawing, page: int) -> list[Word]:
    """The words with drawn boxes and form fields among them, each box once.

    A drawn square that a check box field or a box character already stands for is left out;
    squares in a row that touch are a comb (one letter a square), so their edges are rules.
    """
    if len(drawing.squares) + len(drawing.strokes) > MOST_SHAPES:
        return [*words, *widgets]
    drawing.squares += _four_rules(drawing)
    squares = _single(drawing.squares)
    combs = {box for box in squares if _in_comb(box, squares)}
    for box in combs:
        drawing.outline(box)
    known = [w for w in (*words, *widgets) if w.tick]
    ticks: list[Word] = []
    for box in squares:
        if box in combs or any(_holds(box, other) for other in known):
            continue
        inside = [w for w in words if _within(w, box)]
        if any(w.text not in STROKES for w in inside):
            drawing.outline(box)
            continue
        on = bool(inside) or any(_drawn_in(stroke, box) for stroke in drawing.strokes)
        words = [w for w in words if w not in inside] if inside else words
        ticks.append(_tick(box, on, page))
    return _struck_over(_typed_over([*words, *widgets, *ticks]), drawing.strokes)


def _tick(box: Box, on: bool, page: int) -> Word:
    size = box[3] - box[1]
    base = box[3] - 0.15 * size
    return Word(TICKED if on else UNTICKED, *box, base=base, size=size, page=page, tick=True)


def _single(squares: list[Box]) -> list[Box]:
    """Each square once, the outer of two drawn one within the other."""
    kept: list[Box] = []
    for box in sorted(squares, key=lambda b: (b[0] - b[2]) * (b[3] - b[1])):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not any(_inside(middle, other, 0) for other in kept):
            kept.append(box)
    return kept


def _in_comb(box: Box, squares: list[Box]) -> bool:
    """Whether at least two more squares of its size touch this one in its row."""
    level = [s for s in squares if abs(s[1] - box[1]) < NEAR and abs(s[3] - box[3]) < NEAR]
    reach, count = {round(box[0]), round(box[2])}, 1
    for other in sorted(level, key=lambda s: abs(s[0] - box[0])):
        ends = {round(other[0]), round(other[2])}
        if other is not box and any(abs(a - b) <= 1 for a in ends for b in reach):
            reach |= ends
            count += 1
    return count >= 4


def _four_rules(drawing: Drawing) -> list[Box]:
    """Squares drawn as four short lines; those lines are no longer rules."""
    sides = [r for r in drawing.down if 5 <= r.end - r.start <= 17]
    flats = [r for r in drawing.across if 5 <= r.end - r.start <= 17]
    found: list[Box] = []
    used: set[Rule] = set()
    for left in sides:
        right = next((r for r in sides if r is not left and _opposite(left, r)), None)
        if right is None:
            continue
        box = (left.at, left.start, right.at, left.end)
        edges = [f for f in flats if _edge(f, box)]
        if square(box) and len(edges) >= 2:
            found.append(box)
            used |= {left, right, *edges}
    drawing.down = [r for r in drawing.down if r not in used]
    drawing.across = [r for r in drawing.across if r not in used]
    return found


def _opposite(left: Rule, right: Rule) -> bool:
    same = abs(left.start - right.start) < NEAR and abs(left.end - right.end) < NEAR
    return same and 5 <= right.at - left.at <= 17


def _edge(flat: Rule, box: Box) -> bool:
    level = min(abs(flat.at - box[1]), abs(flat.at - box[3])) < NEAR
    return level and abs(flat.start - box[0]) < 2 and abs(flat.end - box[2]) < 2


def _holds(box: Box, word: Word) -> bool:
    return _inside(word.middle, box, 1) or _inside(
        ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), (word.x0, word.top, word.x1, word.bottom), 1
    )


def _within(word: Word, box: Box) -> bool:
    return len(word.text) <= 2 and not word.field and _inside(word.middle, box, 1)


def _drawn_in(stroke: Box, box: Box) -> bool:
    """A stroke of some size whose middle lies in the box and that does not leave it far."""
    middle = (stroke[0] + stroke[2]) / 2, (stroke[1] + stroke[3]) / 2
    side = box[2] - box[0]
    large = max(stroke[2] - stroke[0], stroke[3] - stroke[1])
    return _inside(middle, box, 0) and 0.2 * side <= large <= 3 * side


def _inside(point: tuple[float, float], box: Box, slack: float) -> bool:
    x, y = point
    across = box[0] - slack <= x <= box[2] + slack
    return across and box[1] - slack <= y <= box[3] + slack


def _typed_over(words: list[Word]) -> list[Word]:
    """An x, tick or pen stroke placed over an empty box ticks it and is no word itself."""
    empty = [w for w in words if w.tick and w.text == UNTICKED]
    if not empty:
        return words
    over: set[int] = set()
    for word in words:
        if word.text not in STROKES:
            continue
        for box in empty:
            if box is not word and _inside(word.middle, (box.x0, box.top, box.x1, box.bottom), 1):
                box.text = TICKED
                over.add(id(word))
                break
    return [w for w in words if id(w) not in over]


def _struck_over(words: list[Word], strokes: list[Box]) -> list[Word]:
    """A pen stroke over an empty box of any kind ticks it."""
    for word in words if strokes else ():
        if word.tick and word.text == UNTICKED:
            box = (word.x0, word.top, word.x1, word.bottom)
            if any(_drawn_in(stroke, box) for stroke in strokes):
                word.text = TICKED
    return words
