"""Rules, dark bands and backgrounds found in an upright picture, and taken out of it.

Letters are read better where no rule runs beside them; white letters on a dark band are read
once the band is turned black on white.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parsers.readers.pdf_marks import Rule, Shade, Word
from parsers.readers.scan_upright import Grey

Mask = npt.NDArray[np.uint8]
ACROSS, DOWN = 25.0, 12.0  # points; what is shorter may be part of a letter
THICKEST = 3.2  # points
MEETS = 5.0  # points between the end of a rule and the rule it was drawn to
_IN_LINE = 1.6  # points
_LONE = 40.0  # points; a rule down that is shorter must join two across
_BAND = (30.0, 8.0, 70.0)  # points: least width, least and greatest height
MOST_RULES = 1_500  # a page with more is a drawing


@dataclass(slots=True)
class Ground:
    """What lies under the words: rules and backgrounds in points; the picture without them."""

    grey: Grey
    ink: Mask
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    bands: list[Shade] = field(default_factory=list)


def ground_of(grey: Grey, scale: float) -> Ground:
    """The rules and backgrounds of an upright picture of so many pixels a point."""
    paper = grey
    grey = grey.copy()
    bands = _turn_bands(grey, scale)
    ground = Ground(grey, ink_of(grey, scale), shades=list(bands), bands=bands)
    flat = _lines(ground.ink, scale, flat=True)
    sides = _lines(ground.ink, scale, flat=False)
    across = [rule for rule, _ in flat]
    for band in bands:
        across += [Rule(band.top, band.x0, band.x1), Rule(band.bottom, band.x0, band.x1)]
    down = [(rule, spot) for rule, spot in sides if _holds(rule, across)]
    if len(across) + len(down) > MOST_RULES:
        return ground
    gone = np.zeros_like(ground.ink)
    for _, (x, y, w, h) in [*flat, *down]:
        gone[y : y + h, x : x + w] = 1
    _take_out(ground, gone, scale)
    upright = [rule for rule, _ in down]
    for band in bands:
        upright += [Rule(band.x0, band.top, band.bottom), Rule(band.x1, band.top, band.bottom)]
    ground.across, ground.down = _joined(across, upright)
    ground.shades += _light(paper, ground, scale)
    return ground


def head_rules(ground: Ground, words: list[Word]) -> list[Rule]:
    """Rules down through a dark band over the columns of a table, where it heads several.

    They do not show, being as dark as the band.
    """
    found = []
    for band in ground.bands:
        inside = [w for w in words if band.top < w.middle[1] < band.bottom]
        below = {r.at for r in ground.down if abs(r.start - band.bottom) <= MEETS}
        inner = sorted(at for at in below if band.x0 + MEETS < at < band.x1 - MEETS)
        crossed = any(w.x0 < at < w.x1 for w in inside for at in inner)
        columns = {sum(at < w.x0 for at in inner) for w in inside}
        if len(columns) > 1 and not crossed:
            found += [Rule(at, band.top, band.bottom) for at in inner]
    return found


def ink_of(grey: Grey, scale: float) -> Mask:
    """Where something is printed: dark, or darker than what is close to it (thin grey rules)."""
    near = int(2.5 * scale) * 2 + 1
    mean = cv2.blur(grey, (near, near)).astype(np.int16)
    return _mask((grey < 140) | (grey.astype(np.int16) < mean - 24) & (grey < 225))


def _lines(ink: Mask, scale: float, *, flat: bool) -> list[tuple[Rule, tuple[int, int, int, int]]]:
    """Long thin straight runs of ink as rules in points, each with its pixels' box."""
    least = round((ACROSS if flat else DOWN) * scale)
    shape = (1, least) if flat else (least, 1)
    small = (1, 3) if flat else (3, 1)
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(small, np.uint8))
    runs = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    found = []
    # A rule not quite level is several runs, each a pixel higher than the last.
    for x, y, w, h in boxes_of(cv2.dilate(runs, np.ones((3, 3), np.uint8))):
        long = w if flat else h
        thick = cv2.countNonZero(runs[y : y + h, x : x + w]) / long
        if thick > THICKEST * scale or (h if flat else w) > 0.25 * long + 4:
            continue
        at = (y + (h - 1) / 2 if flat else x + (w - 1) / 2) / scale
        start, end = (x, x + w) if flat else (y, y + h)
        found.append((Rule(at, start / scale, end / scale), (x, y, w, h)))
    return found


def boxes_of(mask: Any) -> list[tuple[int, int, int, int]]:
    """The boxes round all that hangs together: left, top, width, height.

    By outlines, at a third of the time of connectedComponents where a mask is mostly empty.
    """
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(outline) for outline in outlines]
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in boxes]


def _holds(rule: Rule, across: list[Rule]) -> bool:
    """Whether a rule down is more than the stem of a large letter."""
    if rule.end - rule.start >= _LONE:
        return True
    ends = [
        any(
            abs(flat.at - end) <= MEETS and flat.start - MEETS <= rule.at <= flat.end + MEETS
            for flat in across
        )
        for end in (rule.start, rule.end)
    ]
    return all(ends)


def _joined(across: list[Rule], down: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Rules in line with each other, and drawn out to those they were meant to meet."""
    across, down = _in_line(across), _in_line(down)
    return [_to(rule, down) for rule in across], [_to(rule, across) for rule in down]


def _in_line(rules: list[Rule]) -> list[Rule]:
    """Rules at nearly the same place moved to one: they are pieces of one line."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= _IN_LINE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [
        Rule(median(other.at for other in group), rule.start, rule.end)
        for group in groups
        for rule in group
    ]


def _to(rule: Rule, others: list[Rule]) -> Rule:
    near = [o.at for o in others if o.start - MEETS <= rule.at <= o.end + MEETS]
    start = min([at for at in near if abs(at - rule.start) <= MEETS], default=rule.start)
    end = max([at for at in near if abs(at - rule.end) <= MEETS], default=rule.end)
    return Rule(rule.at, start, end)


def _take_out(ground: Ground, gone: Mask, scale: float) -> None:
    """Paper where rules were: of their boxes only what is ink, and a rim."""
    inked = cv2.bitwise_and(gone, ground.ink)
    # Letters that touch a rule keep what sticks out of its box.
    rim = cv2.dilate(inked, np.ones((3, 3), np.uint8))
    ground.grey[rim > 0] = 255
    ground.ink[rim > 0] = 0


def _turn_bands(grey: Grey, scale: float) -> list[Shade]:
    """Dark bands turned black on white in the picture; their places."""
    dark = _mask(grey < 120)
    letter, (wide, high) = round(3 * scale), (round(20 * scale), round(7 * scale))
    filled = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((letter, letter), np.uint8))
    solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))
    found = []
    for x, y, w, h in boxes_of(solid):
        rows = np.nonzero(dark[y : y + h, x : x + w].mean(axis=1) > 0.4)[0]
        if rows.size == 0:
            continue
        y, h = y + int(rows[0]), int(rows[-1] - rows[0]) + 1  # letters below may touch it
        wide, least, most = (round(n * scale) for n in _BAND)
        if w < wide or not least <= h <= most or dark[y : y + h, x : x + w].mean() < 0.5:
            continue
        within = grey[y : y + h, x : x + w]
        low, high = np.percentile(within, (20, 99.5))
        turned = 255 - (within.astype(np.float32) - low) * 255 / max(high - low, 30)
        grey[y : y + h, x : x + w] = np.clip(turned, 0, 255).astype(np.uint8)
        cv2.rectangle(grey, (x, y), (x + w, y + h), 255, max(3, round(0.8 * scale)))
        found.append(Shade(x / scale, y / scale, (x + w) / scale, (y + h) / scale, white=False))
    return found


def _light(grey: Grey, ground: Ground, scale: float) -> list[Shade]:
    """Light backgrounds, as label cells have, by the picture at a pixel a point."""
    height, width = (round(side / scale) for side in grey.shape)
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    # Letters and rules go; what stays is the ground.
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 5)
    tinted: Any = _mask((paper < 249) & (paper > 140))
    tinted = cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    for x0, top, x1, bottom, *_ in ground.shades:
        cv2.rectangle(tinted, _at(x0, top), _at(x1, bottom), 0, cv2.FILLED)
    for at, start, end in ground.across:  # cells of one background side by side are several
        cv2.line(tinted, _at(start, at), _at(end, at), 0)
    for at, start, end in ground.down:
        cv2.line(tinted, _at(at, start), _at(at, end), 0)
    tinted = cv2.morphologyEx(tinted, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(tinted, connectivity=4)
    found = []
    for number in range(1, count):
        x, y, w, h, area = (int(n) for n in stats[number])
        if w >= 25 and h >= 9 and area >= 0.75 * w * h:
            found.append(Shade(x - 1, y - 1, x + w + 1, y + h + 1, white=False))
    return found


def _at(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)


def _mask(found: Any) -> Mask:
    return np.asarray(found, dtype=np.uint8)
