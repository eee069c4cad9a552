"""Settings of the interface that are not built yet: refused with a sentence, never ignored."""

from __future__ import annotations

from typing import Any


def take_refused(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Takes the settings a later version will know out of `values`; key and sentence for each."""
    found: list[tuple[str, str]] = []
    boxes = values.get("mailbox")
    for n, box in enumerate(boxes if isinstance(boxes, list) else []):
        if isinstance(box, dict):
            found += [(f"mailbox.{n}.{key}", said) for key, said in _of_mailbox(box)]
    return found


def _of_mailbox(box: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if box.get("after_filing", "leave") != "leave":
        del box["after_filing"]
        found.append(("after_filing", 'only "leave" is built yet: mail stays untouched'))
    return found
