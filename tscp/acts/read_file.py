"""One file read and shown, with nothing kept: a document, or a message with documents in it."""

from __future__ import annotations

from typing import Any

from intake.opening import Opened, open_message
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.read_json import as_json
from parsers.typed_text import BODY
from parsers.worker import Worker
from triage.problem import Problem
from tscp.acts.body import read_body, typed_of

Json = dict[str, Any]


def read_file(worker: Worker, name: str, content: bytes) -> Json:
    """What `tscp read --json` prints. A message's first form speaks, further ones are `others`."""
    if not name.lower().endswith(".eml"):
        return as_json(_document(worker, name, content), name)
    opened = worker.run(open_message, content)
    if isinstance(opened, Problem):
        return as_json(_unreadable(opened), name)
    return _message(worker, name, opened)


def _message(worker: Worker, name: str, opened: Opened) -> Json:
    read = [
        (attachment.name or name, _outcome(worker, attachment.problem, attachment))
        for attachment in opened.attachments
    ]
    for words in typed_of(opened):
        typed = read_body(worker, words)
        if typed is not None:
            read.append((BODY, _unreadable(typed) if isinstance(typed, Problem) else typed))
    shown = [as_json(outcome, document) for document, outcome in sorted(read, key=_rank)]
    if not shown:
        if opened.problems:
            return as_json(_unreadable(opened.problems[0]), name)
        return as_json(DocumentRead("not-a-form", "The message carries no document"), name)
    forms = [one for one in shown if one["status"] == "form"]
    return shown[0] | {"others": forms[1:] if forms else []}


def _rank(read: tuple[str, DocumentRead]) -> int:
    """Forms first, then blank ones, in the order they lie in the message."""
    return {"form": 0, "blank": 1}.get(read[1].status, 2)


def _outcome(worker: Worker, problem: Problem | None, attachment: Any) -> DocumentRead:
    if problem is not None:
        return _unreadable(problem)
    return _document(worker, attachment.name, attachment.content)


def _document(worker: Worker, name: str, content: bytes) -> DocumentRead:
    result = worker.run(warm.read, name, content)
    return _unreadable(result) if isinstance(result, Problem) else result


def _unreadable(problem: Problem) -> DocumentRead:
    return DocumentRead("unreadable", problem.sentence(), problem=problem)
