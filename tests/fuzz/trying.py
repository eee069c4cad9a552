"""Reads one damaged document or message in this process, and says what came out wrong, if any."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from random import Random
from types import FrameType

from config.settings import HERE
from intake.opening import Opened, open_message
from parsers.outcome import DocumentRead
from parsers.read import read_document
from parsers.read_json import as_json
from parsers.typed_text import read_typed
from parsers.vocabulary import Vocabulary, load_vocabularies
from tscp.compose import FORMS
from tscp.registers import agencies_of

from .damage import damaged
from .originals import DOCUMENTS, MESSAGES, PASSWORD, original

SECONDS = 60
"""The worker is stopped sooner; here the machine may be busy with other things."""


@dataclass(frozen=True, slots=True)
class Case:
    """The document `name`, damaged by the chance of this seed and number."""

    name: str
    seed: str
    number: int

    def content(self) -> bytes:
        """The damaged bytes; always the same."""
        return damaged(Random(f"{self.seed} {self.name} {self.number}"), original(self.name))

    @property
    def password(self) -> str:
        """What a person gave for it; every second locked one is read without."""
        return PASSWORD if self.name.startswith("locked") and self.number % 2 else ""


class TooLong(BaseException):
    """It took longer than anything may; no Exception, so that no reader swallows it."""


@cache
def known() -> tuple[Sequence[Vocabulary], dict[str, str]]:
    """The vocabularies and agencies that every reading is given."""
    return load_vocabularies(list(FORMS)), dict(agencies_of([HERE / "agencies.toml"]).aliases())


def wrong_with(case: Case, content: bytes) -> str:
    """'' if a reading or a Problem came out, else what came instead, with where."""
    try:
        with _within(SECONDS):
            return tried(case.name, content, case.password)
    except MemoryError:  # in the worker: 'needed more memory'
        return ""
    except (Exception, TooLong):
        return traceback.format_exc()


def tried(name: str, content: bytes, password: str = "") -> str:
    """The same, but exceptions pass."""
    vocabularies, agencies = known()
    if name in MESSAGES:
        opened = open_message(content, password=password)
        texts = [opened.correspondence.body, opened.laid_out]
        body = read_typed([text for text in texts if text], vocabularies, agencies)
        return _not_a_message(opened) or (_not_a_reading(body, name) if body else "")
    return _not_a_reading(read_document(name, content, vocabularies, agencies, password), name)


def _not_a_reading(read: object, name: str) -> str:
    if not isinstance(read, DocumentRead):
        return f"no DocumentRead but {type(read).__name__}"
    if (read.status == "unreadable") != (read.problem is not None):
        return "unreadable without a Problem, or the reverse"
    if read.status != "form" and not read.reason:
        return "no form, and no reason"
    str(as_json(read, name)).encode("utf-8")  # lone surrogates could be neither kept nor shown
    return ""


def _not_a_message(opened: Opened) -> str:
    said = opened.correspondence
    for text in (said.sender, said.sender_name, said.subject, said.body, said.full_text):
        text.encode("utf-8")
    return "" if isinstance(opened, Opened) else "no Opened"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


NAMES = (*DOCUMENTS, *MESSAGES)
