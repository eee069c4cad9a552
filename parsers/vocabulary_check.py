"""Is a vocabulary file sound? Every fault at once, with file and key, in plain words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from parsers.label_words import fold
from parsers.vocabulary_merge import extended
from parsers.vocabulary_taught_check import faults, notices
from triage.problem import Explained
from triage.sin_form import ANSWERS, GROUPS, REQUIRED

Data = Mapping[str, Any]
_TOP = {
    "form", "title", "extends", "recognised_by", "source", "guidance", "version", "alike",
    "section", "field", "part", "printed",
}  # fmt: skip
_FIELD = {
    "key", "group", "type", "section", "required", "labels", "here", "patterns", "choices",
    "part", "also", "source",
}  # fmt: skip
_SECTION = {"name", "group", "headings", "patterns", "source"}
_CHOSEN = {"choice", "choices"}
_TWICE = re.compile(r"Cannot overwrite a value \(at line (\d+)")


class VocabularyWrong(Explained):
    """A form vocabulary has mistakes: run `tscp forms check`, which lists them all."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("; ".join(wrong))
        self.wrong = wrong


def check(paths: Iterable[Path]) -> list[str]:
    """What is wrong in these files; empty if they are sound."""
    read, wrong = _read(paths)
    for vocabulary in read.values():
        wrong += _checked(vocabulary, read)
    return wrong


def noticed(paths: Iterable[Path]) -> list[str]:
    """What a person should look at in the taught ones of these files, which are sound."""
    read, _ = _read(paths)
    return [
        notice
        for data in read.values()
        if "part" in data
        for notice in notices(data, extended(read[data["extends"]], read), data[""])
    ]


def _read(paths: Iterable[Path]) -> tuple[dict[str, Data], list[str]]:
    """The files that are TOML, by the form's name, and what is wrong with the others."""
    wrong: list[str] = []
    read: dict[str, Data] = {}
    for path in paths:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            wrong.append(f"{path.name}: {_no_toml(error)}")
            continue
        if data.get("form") in read:
            wrong.append(f"{path.name}: form {data['form']!r} is given by another file too")
        read[str(data.get("form", path.name))] = {**data, "": path.name}
    return read, wrong


def _no_toml(error: Exception) -> str:
    """Why a file is no TOML. What happens when labels are edited is said in words of that."""
    if match := _TWICE.search(str(error)):
        return f"line {match[1]}: this label or option stands there twice; take one away"
    return f"cannot be read as TOML ({error}); labels and values stand in straight quotes"


def _checked(data: Data, by_form: Mapping[str, Data]) -> list[str]:
    name = data[""]
    base, seen = data.get("extends"), {data.get("form")}
    while base:
        if base not in by_form or base in seen:
            return [f"{name}: extends: {base!r} is not among the vocabularies, or extends itself"]
        seen.add(base)
        base = by_form[base].get("extends")
    own = [fault for fault in problems(data, name) if not data.get("extends")]
    own = own or list(_shape(data, name)) or list(_taught(data, by_form))
    # Only when each file is well formed can what they say together be looked at.
    return own or list(_doubles(extended(data, by_form), name))


def _taught(data: Data, by_form: Mapping[str, Data]) -> Iterable[str]:
    if "part" not in data:
        return ()
    if not data.get("extends"):
        return (f'{data[""]}: extends: a taught form needs the line extends = "sin_gm"',)
    base = by_form[data["extends"]]
    sound = not list(_shape(base, "")) and "part" not in base
    return faults(data, extended(base, by_form), data[""]) if sound else ()


def problems(data: Data, name: str) -> list[str]:
    """What is wrong in one vocabulary that stands alone."""
    wrong = list(_shape(data, name))
    return wrong or list(_doubles(data, name))


def _shape(data: Data, name: str) -> Iterator[str]:
    for unknown in sorted(set(data) - _TOP - {""}):
        yield f"{name}: {unknown}: no such key; known are {', '.join(sorted(_TOP))}"
    if not isinstance(data.get("form"), str):
        yield f"{name}: form: a name is needed"
    for pattern in [*data.get("guidance", []), data.get("version", "")]:
        yield from _pattern(pattern, f"{name}: guidance or version")
    names = {section.get("name") for section in data.get("section", [])}
    for section in data.get("section", []):
        yield from _section(section, name)
    for number, field in enumerate(data.get("field", []), start=1):
        yield from _field(field, f"{name}: field {number} ({field.get('key', 'no key')})", names)


def _section(section: Data, name: str) -> Iterator[str]:
    where = f"{name}: section {section.get('name', '?')}"
    for unknown in sorted(set(section) - _SECTION):
        yield f"{where}: {unknown}: no such key"
    if section.get("group", "answers") not in {"answers", "unread", *GROUPS}:
        yield f"{where}: group: must be answers, unread or one of {', '.join(GROUPS)}"
    for pattern in section.get("patterns", []):
        yield from _pattern(pattern, where)


def _field(field: Data, where: str, sections: set[Any]) -> Iterator[str]:
    for unknown in sorted(set(field) - _FIELD):
        yield f"{where}: {unknown}: no such key"
    group = field.get("group", "answers")
    keys = ANSWERS if group == "answers" else GROUPS.get(group)
    if keys is None:
        yield f"{where}: group: {group!r} is not answers or one of {', '.join(GROUPS)}"
        return
    if field.get("key") not in keys:
        yield f"{where}: key: {group} have no {field.get('key')!r}"
        return
    kind = keys[field["key"]]
    if "type" in field and field["type"] != kind:
        yield f"{where}: type: is {field['type']!r}, must be {kind!r}"
    if kind not in _CHOSEN and field.get("choices"):
        yield f"{where}: choices: a {kind} has none"
    if field.get("required") and group == "answers" and field["key"] not in REQUIRED:
        yield f"{where}: required: no rule of triage asks for it"
    if sections and field.get("section", "") not in {"", *sections}:
        yield f"{where}: section: there is no section {field['section']!r}"
    for pattern in field.get("patterns", []):
        yield from _pattern(pattern, where)


def _pattern(pattern: object, where: str) -> Iterator[str]:
    try:
        re.compile(str(pattern))
    except re.error as error:
        yield f"{where}: patterns: {pattern!r} is no regular expression ({error})"


def _doubles(data: Data, name: str) -> Iterator[str]:
    """A label that means two fields of one group; a choice wording that means two values."""
    alike = tuple((pair[0], pair[1]) for pair in data.get("alike", []))
    seen: dict[tuple[str, ...], str] = {}
    for field in data.get("field", []):
        group, key = field.get("group", "answers"), field["key"]
        whose = key + (f" ({field['part']})" if field.get("part") else "")
        words = [((group, "", fold(w, alike)), w) for w in field.get("labels", [])]
        words += [
            ((group, field.get("section", ""), fold(w, alike)), w) for w in field.get("here", [])
        ]
        for place, word in words:
            other = seen.setdefault(place, whose)
            if other != whose and not field.get("also"):
                yield f"{name}: {key}: labels: {word!r} means {other} already"
        yield from _double_choices(field, f"{name}: {key}")


def _double_choices(field: Data, where: str) -> Iterator[str]:
    seen: dict[str, str] = {}
    for value, wordings in field.get("choices", {}).items():
        for wording in (value, *wordings):
            folded = fold(wording, ())
            if seen.setdefault(folded, value) != value:
                yield f"{where}: choices: {wording!r} means {seen[folded]!r} already"
