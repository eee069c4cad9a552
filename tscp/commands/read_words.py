"""What `tscp read` prints for a person: each answer with where it stands and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.plain_words import question
from tscp.commands.words import wrapped

Json = dict[str, Any]


def read_words(result: Json) -> Iterator[str]:
    """A document as it was understood."""
    reason = f": {result['reason']}" if result["reason"] else ""
    form = f" ({result['form']})" if result["form"] else ""
    yield wrapped(f"{result['document']}: {result['status']}{form}{reason}")
    for key, answer in result["answers"].items():
        yield _answer(key, answer)
    for group in ("children", "family", "agencies", "events"):
        for number, row in enumerate(result[group]):
            for key, answer in row.items():
                yield _answer(f"{group}.{number}.{key}", answer)
    if result["unmapped"]:
        yield "\nLabels nobody knew"
    for one in result["unmapped"]:
        where = _place(one["evidence"])
        yield wrapped(f'{one["label"]}: "{_short(one["text"])}" ({where})', "    ", "  ")
    for problem in result["problems"]:
        yield wrapped(f"note: {problem}", "    ", "  ")
    for other in result["others"]:
        yield ""
        yield from read_words(other)


def _answer(path: str, answer: Json) -> str:
    value = answer["value"]
    said = ", ".join(value) if isinstance(value, list) else str(value)
    words = f'{question(path)}: {_short(said)} ← "{_short(answer["text"])}", '
    return wrapped(
        words + f"{_place(answer['evidence'])}, {answer['confidence']:.2f}", "    ", "  "
    )


def _place(evidence: Json) -> str:
    page = [f"page {evidence['page']}"] if evidence["page"] else []
    return ", ".join([*page, *([evidence["cell"]] if evidence["cell"] else [])]) or "in the text"


def _short(text: str) -> str:
    line = " ".join(str(text).split())
    return f"{line[:117]}…" if len(line) > 118 else line
