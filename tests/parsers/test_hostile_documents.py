"""Documents made to exhaust their reader end with a Problem or a reading, and the next is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import a_document
from hostile_documents import READ, REFUSED, STOPPED

from config.settings import LimitSettings, Settings
from parsers import warm
from parsers.outcome import DocumentRead
from parsers.worker import Worker
from triage.problem import Problem
from tscp.compose import worker_of

NOWHERE = Path("/nowhere")
GOOD = a_document()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = worker_of(Settings(data=NOWHERE, keys=NOWHERE))
    yield worker
    worker.close()


def outcome(worker: Worker, name: str, content: bytes) -> DocumentRead | Problem:
    """What became of it, once the good one after it was read."""
    result = worker.run(warm.read, name, content)
    after = worker.run(warm.read, "SIN.docx", GOOD)
    assert isinstance(after, DocumentRead)
    assert after.status == "form"
    return result


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_hostile_is_refused_with_a_reason_and_the_next_is_read(
    worker: Worker, name: str
) -> None:
    result = outcome(worker, name, REFUSED[name]())
    assert isinstance(result, DocumentRead)
    assert result.problem is not None
    assert result.problem.kind in ("unreadable", "too big")


@pytest.mark.parametrize("name", READ)
def test_what_is_absurd_is_read_within_the_limits(worker: Worker, name: str) -> None:
    result = outcome(worker, name, READ[name]())
    assert isinstance(result, DocumentRead)
    assert result.status == "not-a-form"


@pytest.mark.parametrize("name", STOPPED)
def test_what_outlasts_or_outgrows_its_reader_is_ended_and_the_next_is_read(name: str) -> None:
    limits = LimitSettings(document_seconds=4, scan_seconds=4)
    worker = worker_of(Settings(data=NOWHERE, keys=NOWHERE, limits=limits))
    result = outcome(worker, name, STOPPED[name]())
    worker.close()
    problem = result if isinstance(result, Problem) else result.problem
    assert problem is not None
    # A picture that the renderer shrinks in time is seen to hold no words.
    assert problem.kind in ("crashed", "too big", "unreadable")
