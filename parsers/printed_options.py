"""A printed list of options that tells less than it seems: left in, all alike, or cut short."""

from __future__ import annotations

import re

from parsers.options import boxed
from parsers.reading import TICKED, UNTICKED
from triage.values.choices import YES_NO, Choices, choose, exactly

_INSTRUCTION = re.compile(
    r"\(?\*?\s*(?:please\s+)?(?:delete|circle|highlight|tick)\b[^)\n]*\)?", re.IGNORECASE
)
_SLASH = re.compile(r"\s*[/|\n]\s*")
_SLASH_OR_COMMA = re.compile(r"\s*[/|,\n]\s*")
_BEHIND = re.compile(r"^(.*?)(?:\s*[:–—]\s*|\s+-\s*|\s{2,})(.*)$", re.DOTALL)
_SLASHES, _COMMAS = re.compile(r"[/|]"), re.compile(r"[,;\n]|\band\b", re.IGNORECASE)
_MOST_PARTS = 3  # 'Not sure / advice sought' is one option
_BOX = re.compile(f"[{TICKED}{UNTICKED}]")


def left_in(said: str, choices: Choices) -> str | None:
    """What stands behind two or more options printed in a row; None if it is no such list.

    Commas part only yes from no: 'Looked after, child in need' was typed by a person.
    """
    between = _SLASH_OR_COMMA if choices is YES_NO else _SLASH
    parts = between.split(_INSTRUCTION.sub(" ", said).strip())
    found: set[str] = set()
    at = 0
    while at < len(parts):
        for last in range(min(at + _MOST_PARTS, len(parts)), at, -1):
            words = " ".join(parts[at:last])
            option, behind = _option(words, choices, last == at + 1)
            if option:
                found.add(option)
                if behind and len(found) > 1:
                    return " / ".join([behind, *parts[last:]]).strip()
                at = last
                break
        else:
            break
        if behind:
            return None
    return " / ".join(parts[at:]).strip() if len(found) > 1 else None


def _option(words: str, choices: Choices, one: bool) -> tuple[str | None, str]:
    """The option that words are, or begin with before a dash; and what stands behind it.

    In `one` part, between two slashes, a space is enough: 'Y / N Y'.
    """
    if whole := exactly(words, choices):
        return whole, ""
    parted = _BEHIND.match(words)
    if parted and (option := exactly(parted[1], choices)):
        return option, parted[2].strip()
    begun = choose(words, choices) if one and choices is not YES_NO else None
    if begun and begun.confidence > 0.9:  # 'Statutory criteria for notification'
        return begun.value, ""
    head, _, last = words.rpartition(" ")
    both = exactly(head, choices) if one and exactly(last, choices) else None
    return both, last if both else ""


def is_printed_list(said: str, offered: int) -> bool:
    """'Physical / Sexual / Neglect': three and more options in one line, parted only by slashes as
    forms print them; people who type several use commas, 'and' or lines."""
    return offered > 2 and len(_SLASHES.findall(said)) >= offered - 1 and not _COMMAS.search(said)


def alike_boxes(said: str) -> bool:
    """Whether every box is a black square, as where a font has no glyph for the empty one."""
    return "■" in said and set(_BOX.findall(boxed(said.replace("■", "")))) == set()


def breaks_off(said: str, choices: Choices) -> bool:
    """Whether a list of '☐ option' ends with a bare box or with words that are no option."""
    between = _BOX.split(boxed(said))
    if len(between) < 3 or between[0].strip():
        return False
    last = " ".join(between[-1].split())
    known = not last or exactly(last, choices) or last.casefold().startswith("other")
    return not last or (not known and len(last.split()) == 1)
