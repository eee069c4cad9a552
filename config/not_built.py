"""Settings of the interface that are not built yet: refused with a sentence, never ignored."""

from __future__ import annotations

from typing import Any

MAILBOX_LATER = {"oauth": "signing in with tokens is not built yet; use password_file"}


def take_refused(values: dict[str, Any]) -> list[tuple[str, str]]:
    """Takes the settings a later version will know out of `values`; key and sentence for each."""
    found: list[tuple[str, str]] = []
    boxes = values.get("mailbox")
    for n, box in enumerate(boxes if isinstance(boxes, list) else []):
        if isinstance(box, dict):
            found += [(f"mailbox.{n}.{key}", said) for key, said in _of_mailbox(box)]
    smtp = values.get("smtp")
    if isinstance(smtp, dict) and smtp.pop("oauth", None) is not None:
        smtp.setdefault("password", "to be given")
        found.append(("smtp.oauth", MAILBOX_LATER["oauth"]))
    return found


def _of_mailbox(box: dict[str, Any]) -> list[tuple[str, str]]:
    found = [(key, said) for key, said in MAILBOX_LATER.items() if box.pop(key, None) is not None]
    if found:
        box.setdefault("password", "to be given")
    if box.get("after_filing", "leave") != "leave":
        del box["after_filing"]
        found.append(("after_filing", 'only "leave" is built yet: mail stays untouched'))
    return found
