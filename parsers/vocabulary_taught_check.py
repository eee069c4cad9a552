"""Is a taught form sound? What is wrong, and what a person should still look at, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz import process

from parsers.label_words import fold
from parsers.vocabulary_taught import KEEP, KEPT, Means, keys_of, means, named_parts
from triage.plain_words import counted, question
from triage.sin_form import GROUPS, REQUIRED
from triage.values.choices import YES_NO

Data = Mapping[str, Any]
_PART = {"heading", "about", "labels", "options"}
_BORN = ("date_of_birth", "expected_delivery_date")


def faults(data: Data, base: Data, name: str) -> Iterator[str]:
    """What keeps a taught form from being used; `base` is the form it extends, whole."""
    groups = {part["name"]: part.get("group", "answers") for part in base.get("section", [])}
    seen: dict[tuple[str, str], tuple[str, Means]] = {}
    for number, (section, part) in enumerate(named_parts(data), start=1):
        where = f"{name}: part {number} ({part.get('heading', 'no heading')})"
        for unknown in sorted(set(part) - _PART):
            yield f"{where}: {unknown}: no such line; a part has {', '.join(sorted(_PART))}"
        if part.get("about") not in groups:
            known = ", ".join(groups)
            yield f"{where}: about: {part.get('about')!r} is none of {known}"
            continue
        group = groups[part["about"]]
        for label, told in part.get("labels", {}).items():
            meant = means(str(told), group) if group != "unread" else Means(KEPT, KEEP)
            if meant is None:
                yield f"{where}: {label!r} = {told!r}: {_no_such_key(str(told), group)}"
                continue
            first, other = seen.setdefault((section, fold(label, (), True)), (label, meant))
            if other[:4] != meant[:4]:
                yield f"{where}: {label!r} stands there twice: as {first!r} it means {other.key}"
        yield from _options(part, base, group, where)


def _no_such_key(told: str, group: str) -> str:
    bare = told.partition("(")[0].partition("+")[0].rpartition(".")[2].strip(" ?")
    known = [*keys_of(group), *keys_of("answers"), *(k for g in GROUPS.values() for k in g), KEEP]
    near = process.extractOne(bare, known, score_cutoff=60)
    hint = f"; perhaps {near[0]!r}?" if near and near[0] != bare else ""
    return f"there is no such key here{hint}"


def _options(part: Data, base: Data, group: str, where: str) -> Iterator[str]:
    for label, options in part.get("options", {}).items():
        told = part.get("labels", {}).get(label)
        meant = means(str(told), group) if told is not None else None
        if meant is None:
            yield f"{where}: options of {label!r}: there is no such label in this part"
            continue
        known = values_of(base, meant)
        if not known and meant.key != KEEP:
            yield f"{where}: options of {label!r}: {meant.key} is not answered by choosing"
        for option, value in options.items() if known else ():
            if not str(value).strip():
                yield f"{where}: {label!r}: the option {option!r} has no value"
            elif value != KEEP and not str(value).endswith("?") and value not in known:
                listed = ", ".join([*known, KEEP])
                yield f"{where}: {label!r}: {option!r} = {value!r}: must be one of {listed}"


def values_of(base: Data, meant: Means) -> tuple[str, ...]:
    """The values a key may have, if it is answered by choosing."""
    if keys_of(meant.group).get(meant.key) == "yes/no":
        return tuple(YES_NO)
    return next(
        (
            tuple(field["choices"])
            for field in base.get("field", [])
            if (field.get("group", "answers"), field["key"]) == (meant.group, meant.key)
            and field.get("choices")
        ),
        (),
    )


def notices(data: Data, base: Data, name: str) -> Iterator[str]:
    """What a sound form leaves open: guesses, options without a value, what is never asked."""
    groups = {part["name"]: part.get("group", "answers") for part in base.get("section", [])}
    asked: set[Means] = set()
    guessed, open_ = 0, 0
    for _, part in named_parts(data):
        group = groups[part["about"]]
        here: dict[Means, str] = {}
        for label, told in part.get("labels", {}).items() if group != "unread" else ():
            meant = means(told, group)
            assert meant is not None
            guessed += meant.guess
            first = here.setdefault(plain := meant._replace(guess=False), label)
            if first != label and meant.key != KEEP:
                yield (
                    f"{name}: {part.get('heading', 'a part')}: {first!r} and {label!r} both mean"
                    f" {meant.key}; what differs is kept beside"
                )
            asked.add(plain)
        options = part.get("options", {}).values() if group != "unread" else ()
        open_ += sum(str(v).endswith("?") for told in options for v in told.values())
    if guessed:
        yield f"{name}: {counted(guessed, 'label')} unsure: nobody has taken the '?' away"
    if open_:
        yield f"{name}: {counted(open_, 'option')} without a sure value: not understood yet"
    for key in never_asked(asked):
        yield f"{name}: no label means {key} ({question(key)}), which triage needs"


def never_asked(asked: set[Means]) -> Iterator[str]:
    """The keys triage needs that no label means."""
    held = {(m.group, key) for m in asked for key in (m.key, m.also)}
    yield from (key for key in REQUIRED if ("answers", key) not in held)
    if ("children", "child_name") not in held:
        yield "child_name"
    if not any(("children", key) in held for key in _BORN):
        yield "date_of_birth"
