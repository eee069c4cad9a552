"""A message's bytes become its correspondence and its attachments, at any depth."""

from __future__ import annotations

from dataclasses import dataclass

from triage.correspondence import Correspondence
from triage.problem import Problem


@dataclass(frozen=True, slots=True)
class Attachment:
    """A leaf: a document inside a message, or a container that could not be opened.

    `path` names the containers it lay in, outermost first (neutral words such as
    'message 1.eml', 'archive 1.zip', never the sender's names). `name` is the sender's file
    name. `inline` says it was shown inside the text (a logo, a pasted photograph).
    `problem` is set for a container that could not be opened, or one over the limits.
    """

    name: str
    media_type: str
    content: bytes
    path: tuple[str, ...] = ()
    inline: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened message. `problems` are about the message as a whole (broken MIME and such)."""

    correspondence: Correspondence
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
