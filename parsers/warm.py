"""The child process's side: the vocabularies loaded once, then one document after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from parsers.outcome import DocumentRead
from parsers.read import read_document
from parsers.typed_text import read_typed
from parsers.vocabulary import Vocabulary, load_vocabularies

_known: tuple[Sequence[Vocabulary], Mapping[str, str]] = ((), {})


def set_up(argument: tuple[Sequence[str], Mapping[str, str]]) -> None:
    """Loads the form vocabularies at these paths, with the agencies' aliases."""
    global _known
    paths, agencies = argument
    _known = (load_vocabularies([Path(path) for path in paths]), agencies)


def vocabularies() -> Sequence[Vocabulary]:
    """What `set_up` loaded, in its order."""
    return _known[0]


def read(name: str, content: bytes, password: str = "") -> DocumentRead:
    """Reads one document by what `set_up` loaded, with the password a person gave for it."""
    vocabularies, agencies = _known
    return read_document(name, content, vocabularies, agencies, password)


def read_body(texts: Sequence[str], html: str = "") -> DocumentRead | None:
    """Reads the form in a mail's new text, or what looks like one; None where there is neither."""
    vocabularies, agencies = _known
    return read_typed(texts, vocabularies, agencies, html)
