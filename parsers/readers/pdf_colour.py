"""What a PDF colour looks like, as far as reading needs: grey, white, dark."""

from __future__ import annotations


def rgb(colour: object) -> tuple[float, float, float] | None:
    """Red, green, blue from 0 to 1 of a grey, RGB or CMYK colour; None for patterns."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(p, (int, float)) for p in parts):
        return None
    numbers = [float(p) for p in parts]
    if len(numbers) == 1:
        return numbers[0], numbers[0], numbers[0]
    if len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    if len(numbers) == 4:
        cyan, magenta, yellow, black = numbers
        return tuple(1 - min(1.0, ink + black) for ink in (cyan, magenta, yellow))  # type: ignore[return-value]
    return None


def is_grey(colour: object) -> bool:
    """Neither black nor white nor coloured, as guidance and prompts often are."""
    shown = rgb(colour)
    if shown is None:
        return False
    low, high = min(shown), max(shown)
    return low >= 0.3 and high <= 0.85 and high - low <= 0.12


def is_white(colour: object) -> bool:
    """So light that it does not show on paper."""
    shown = rgb(colour)
    return shown is not None and min(shown) >= 0.98


def is_dark(colour: object) -> bool:
    """Dark enough to be ink. An unset colour is black."""
    shown = rgb(colour)
    return shown is None or max(shown) <= 0.45


def is_marker(colour: object) -> bool:
    """Light and strongly coloured, as a marker pen leaves."""
    shown = rgb(colour)
    return shown is not None and max(shown) >= 0.75 and max(shown) - min(shown) >= 0.2
