"""A form taught by a person: its parts, every label in them, and the key each label means.

The file is written by `tscp forms learn` and edited by hand; docs/teaching-a-form.md explains it.
Labels are held as they are printed, in their part, so that one of them is certain where it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from parsers.label_words import Alike, fold, wordings
from triage.sin_form import ANSWERS, GROUPS
from triage.values.choices import key

Data = Mapping[str, Any]
KEEP = "keep"
KEPT = "kept"
"""The group of what is kept as it stands: asked, known, and none of our keys."""
GUESSED = 0.8
"""How sure a label is whose key still ends in '?': a person is asked about its answers."""
_CLOSE = 92  # of 100: one letter wrong in twelve
_FEW = 3  # words: a shorter label means what it does in its own part only
_UNSURE = 0.7  # the same label in several parts, and no heading says in which it stands
_RECOGNISED, _IF_NAMED = 0.6, 0.35
"""The share of a taught form's labels that a document must hold to be that form."""
_MEANS = re.compile(
    r"^(?:(?P<group>children|family|agencies|events)\.)?(?P<key>[a-z_]+)"
    r"(?:\s*\((?P<part>forename|surname)\))?(?:\s*\+\s*(?P<also>[a-z_]+))?\s*(?P<guess>\?)?$"
)


class Means(NamedTuple):
    """What stands right of a label: 'referrer_name + referrer_role', 'child_name (surname)?'."""

    group: str
    key: str
    part: str = ""
    also: str = ""
    guess: bool = False


def means(told: str, section_group: str) -> Means | None:
    """The key that is meant in a part of this group; None if there is no such key."""
    match = _MEANS.match(told.strip())
    if match is None:
        return None
    named, guess = match["key"], bool(match["guess"])
    if named == KEEP:
        return Means(KEPT, KEEP, guess=guess)
    homes = [match["group"]] if match["group"] else [section_group, "answers", *GROUPS]
    group = next((home for home in homes if named in keys_of(home)), None)
    also = match["also"] or ""
    if group is None or (also and also not in keys_of(group)):
        return None
    return Means(group, named, match["part"] or "", also, guess)


def keys_of(group: str) -> Mapping[str, str]:
    """Key -> type of a group ('answers': what is asked once; none for a part left unread)."""
    return ANSWERS if group == "answers" else GROUPS.get(group, {})


def named_parts(data: Data) -> Iterator[tuple[str, Data]]:
    """Each part with the name of its section: a second one about the same is 'incident 2'.

    Persons, agencies and events go on from one part to the next, so theirs are one section.
    """
    seen: dict[str, int] = defaultdict(int)
    for part in data.get("part", []):
        about = part.get("about", "")
        seen[about] += 1
        again = seen[about] > 1 and about not in ("child", *GROUPS)
        yield (f"{about} {seen[about]}" if again else about), part


def expanded(data: Data, groups: Mapping[str, str]) -> dict[str, Any]:
    """A taught form as fields and sections, for what it extends to be added.

    `groups`: the group of each section of the form it extends. Under 'taught' stand all labels.
    """
    fields: dict[Means, dict[str, Any]] = {}
    sections: dict[str, dict[str, Any]] = {}
    taught: list[dict[str, Any]] = []
    headings: dict[str, str] = {}
    aside: list[str] = []
    for name, part in named_parts(data):
        group = groups.get(part["about"], "answers")
        sections.setdefault(name, {"name": name, "group": group})
        headings |= {part["heading"]: name} if part.get("heading") else {}
        if group == "unread":
            aside += part.get("labels", {})
            continue
        for label, told in part.get("labels", {}).items():
            meant = means(told, group)
            assert meant is not None, "the file was checked"
            taught.append({"label": label, "section": name, "means": meant})
            field = fields.setdefault(meant._replace(guess=False), _entry(meant, part["about"]))
            for option, value in part.get("options", {}).get(label, {}).items():
                if value != KEEP and not value.endswith("?"):
                    field["choices"].setdefault(value, []).append(option)
    known = {field for field in fields if field.group != KEPT}
    guidance = [rf"^\W*{re.escape(' '.join(line.split()))}\W*$" for line in data.get("printed", [])]
    return {
        **{key: value for key, value in data.items() if key not in ("part", "printed")},
        "field": [fields[meant] for meant in fields if meant in known],
        "section": list(sections.values()),
        "guidance": guidance,
        "taught": taught,
        "headings": headings,
        "aside": aside,
    }


def _entry(meant: Means, about: str) -> dict[str, Any]:
    told = {"group": meant.group, "key": meant.key, "home": about, "choices": {}}
    return told | {name: getattr(meant, name) for name in ("part", "also") if getattr(meant, name)}


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """One label as printed, the section it stands in, what it means, and how sure that is.

    `field` is the vocabulary's (typed Any: it is defined one module further on).
    """

    label: str
    section: str
    field: Any
    sure: float


class Lessons:
    """The taught labels of one form, to be found by how they are written.

    `aside` are the labels of the parts that others fill in, which are known and mean nothing.
    """

    def __init__(
        self,
        taught: Sequence[Taught],
        headings: Mapping[str, str],
        alike: Alike,
        aside: Sequence[str] = (),
    ) -> None:
        self.taught = tuple(taught)
        self.aside = tuple(aside)
        self.headings = headings
        self._alike = alike
        self._opens = {key(heading): name for heading, name in headings.items()}
        self._counted: dict[str, set[str]] = defaultdict(set)
        for heading, name in headings.items():
            self._counted[_uncounted(heading)].add(name)
        self._here: dict[str, dict[str, Taught]] = defaultdict(dict)
        self._anywhere: dict[str, list[Taught]] = defaultdict(list)
        for brackets in (True, False):
            for lesson in self.taught:
                written = fold(lesson.label, alike, brackets)
                self._here[lesson.section].setdefault(written, lesson)
                if lesson not in self._anywhere[written]:
                    self._anywhere[written].append(lesson)

    def find(self, label: str, section: str) -> tuple[Taught, float, bool] | None:
        """The lesson about a label in a section ('' unknown), how sure, and if to the letter."""
        tried = tuple(
            dict.fromkeys((fold(label, self._alike, True), *wordings(label, self._alike)))
        )
        for wording in tried:
            if lesson := self._here.get(section, {}).get(wording):
                return lesson, lesson.sure, True
        for wording in tried:
            if found := self._elsewhere(wording, section):
                return found
        return self._closely(tried, section)

    def _elsewhere(self, wording: str, section: str) -> tuple[Taught, float, bool] | None:
        held = self._anywhere.get(wording, ())
        if not held or (section and len(wording.split()) < _FEW):
            return None
        one = len({lesson.field for lesson in held}) == 1
        return held[0], held[0].sure if one else _UNSURE, one

    def _closely(self, tried: Sequence[str], section: str) -> tuple[Taught, float, bool] | None:
        """A label with a slip of the pen, in its own section or where none is known."""
        choices = self._here.get(section, {}) if section else self._anywhere
        near = [wording for wording in choices if len(wording) > 5]
        for wording in tried:
            hit = process.extractOne(wording, near, scorer=fuzz.ratio, score_cutoff=_CLOSE)
            if hit is not None and len(wording) > 5:
                held = choices[hit[0]]
                lesson = held[0] if isinstance(held, list) else held
                return lesson, lesson.sure * hit[1] / 100 * 0.95, False
        return None

    def section(self, heading: str) -> str:
        """The section this heading opens, '' if none; 'Youngster 2' opens that of 'Youngster 1'."""
        if name := self._opens.get(key(heading)):
            return name
        alike = self._counted.get(_uncounted(heading), set())
        return next(iter(alike)) if len(alike) == 1 else ""

    def knows(self, text: str, named: bool) -> float:
        """The share of the labels that a document's text holds; 0 where too few to be this form.

        `named`: its title says that it is this form, so fewer labels are enough.
        """
        said = f" {key(text)} "
        wanted = {key(lesson.label) for lesson in self.taught}
        wanted = {label for label in wanted if " " in label}
        share = sum(f" {label} " in said for label in wanted) / max(len(wanted), 1)
        return share if share >= (_IF_NAMED if named else _RECOGNISED) else 0.0


def _uncounted(words: str) -> str:
    """A heading without its numbers."""
    return " ".join(re.sub(r"\d+", " ", key(words)).split())
