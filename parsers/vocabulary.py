"""Which label means which field, and which heading opens which section: words as data.

One TOML file a form version (config/forms/*.toml explains its keys). Reading those files is
the only input here; the list of paths comes from the caller.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from parsers.label_words import Alike, fold
from parsers.vocabulary_check import VocabularyWrong, check, problems
from parsers.vocabulary_merge import extended
from parsers.vocabulary_taught import GUESSED, KEEP, KEPT, Lessons, Means, Taught, keys_of
from triage.values.choices import YES_NO, Choices, key

__all__ = ["Field", "Section", "Vocabulary", "check", "load_vocabularies"]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One field, with the words that mean it (folded) and its choices.

    `part` is 'forename' or 'surname' where a form asks the name in two; `also` names a second
    key that the same answer holds ('Name and designation').
    """

    key: str
    group: str
    type: str
    section: str
    labels: tuple[str, ...]
    here: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    choices: Choices
    part: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A part of the form; `group` is what repeats in it, 'unread' for what others fill in."""

    name: str
    group: str
    headings: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one form version. Compared by identity, so that answers can be cached."""

    form: str
    title: str
    recognised_by: tuple[str, ...]
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    guidance: tuple[re.Pattern[str], ...]
    version: re.Pattern[str]
    alike: Alike
    lessons: Lessons | None = None
    """What a person taught of this form, if it is one."""

    @cached_property
    def anywhere(self) -> Mapping[str, tuple[Field, ...]]:
        """Folded label -> the fields it means wherever it stands."""
        return _index((label, field) for field in self.fields for label in field.labels)

    @cached_property
    def only_here(self) -> Mapping[tuple[str, str], tuple[Field, ...]]:
        """(section, folded label) -> the fields it means in that section."""
        return _index(
            ((field.section, word), field) for field in self.fields for word in field.here
        )

    @cached_property
    def headings(self) -> Mapping[str, Section]:
        """Folded heading -> its section; the first that claims it."""
        found: dict[str, Section] = {}
        for section in self.sections:
            for heading in section.headings:
                found.setdefault(heading, section)
        return found

    @cached_property
    def options(self) -> Mapping[str, tuple[Field, ...]]:
        """Folded wording of an option -> the fields that offer it."""
        return _index(
            (key(wording), field)
            for field in self.fields
            for value, wordings in field.choices.items()
            for wording in (value, *wordings)
        )

    def section(self, name: str) -> Section | None:
        """The section of this name."""
        return next((section for section in self.sections if section.name == name), None)

    def field(self, group: str, key: str) -> Field | None:
        """The field of this key, where it is asked in one piece."""
        return next((f for f in self.fields if (f.group, f.key, f.part) == (group, key, "")), None)


def load_vocabularies(paths: Iterable[Path]) -> tuple[Vocabulary, ...]:
    """Every vocabulary, in the order given; raises VocabularyWrong with all that is wrong."""
    wrong = check(paths := list(paths))
    if wrong:
        raise VocabularyWrong(wrong)
    read = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    by_form = {data["form"]: data for data in read.values()}
    return tuple(_vocabulary(extended(data, by_form)) for data in read.values())


def vocabulary_of(data: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from data already read (tests, drafts); raises VocabularyWrong."""
    if wrong := problems(data, "data"):
        raise VocabularyWrong(wrong)
    return _vocabulary(data)


def _vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    alike = tuple((pair[0], pair[1]) for pair in data.get("alike", []))
    fields = tuple(_field(entry, alike) for entry in data["field"])
    return Vocabulary(
        form=data["form"],
        title=data.get("title", data["form"]),
        recognised_by=tuple(key(words) for words in data.get("recognised_by", [])),
        fields=fields,
        sections=tuple(_section(entry, alike) for entry in data.get("section", [])),
        guidance=_compiled(data.get("guidance", [])),
        version=re.compile(data.get("version", r"\bversion (\d+)"), re.IGNORECASE),
        alike=alike,
        lessons=_lessons(data, fields, alike),
    )


def _lessons(data: Mapping[str, Any], fields: Sequence[Field], alike: Alike) -> Lessons | None:
    if "taught" not in data:
        return None
    known = {(f.group, f.key, f.part, f.also): f for f in fields}
    known[(KEPT, KEEP, "", "")] = _KEPT

    def lesson(label: str, section: str, means: Means) -> Taught:
        sure = GUESSED if means.guess else 1.0
        return Taught(label, section, known[means[:4]], sure)

    taught = [lesson(**entry) for entry in data["taught"]]
    return Lessons(taught, data["headings"], alike, data["aside"])


_KEPT = Field(KEEP, KEPT, "text", "", (), (), (), {})
"""What a person taught to be none of our questions: kept as it stands."""


def _field(entry: Mapping[str, Any], alike: Alike) -> Field:
    group = entry.get("group", "answers")
    type_ = keys_of(group)[entry["key"]]
    return Field(
        key=entry["key"],
        group=group,
        type=type_,
        section=entry.get("section", ""),
        labels=_folded(entry.get("labels", []), alike),
        here=_folded(entry.get("here", []), alike),
        patterns=_compiled(entry.get("patterns", [])),
        choices=_choices(type_, entry.get("choices", {})),
        part=entry.get("part", ""),
        also=entry.get("also", ""),
    )


def _choices(type_: str, said: Choices) -> Choices:
    """A form may print yes and no in words of its own; what everybody writes counts as well."""
    if type_ != "yes/no" or not said:
        return said
    return {value: (*wordings, *said.get(value, ())) for value, wordings in YES_NO.items()}


def _section(entry: Mapping[str, Any], alike: Alike) -> Section:
    return Section(
        name=entry["name"],
        group=entry.get("group", "answers"),
        headings=_folded(entry.get("headings", []), alike),
        patterns=_compiled(entry.get("patterns", [])),
    )


def _folded(words: Sequence[str], alike: Alike) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word, alike) for word in words))


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _index(pairs: Iterable[tuple[Any, Field]]) -> dict[Any, tuple[Field, ...]]:
    found: dict[Any, list[Field]] = defaultdict(list)
    for words, field in pairs:
        if field not in found[words]:
            found[words].append(field)
    return {words: tuple(fields) for words, fields in found.items()}
