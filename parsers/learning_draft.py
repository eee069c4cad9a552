"""What was learned of a blank, written as the TOML file a person finishes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping

from parsers.learning import Learned, LearnedForm, LearnedPart, told_as
from parsers.vocabulary_taught import KEEP
from triage.plain_words import question
from triage.sin_form import ANSWERS, GROUPS

_WHAT_TO_DO = """
This is a draft. A person who knows the form finishes it in any text editor:
1. Each label of the form stands in quotes; right of '=' stands the key it means. The list of
   all keys is at the end.
2. A key that ends in '?' is a guess. If it is right, take the '?' away. If not, put the right key
   there; those after 'or' are the next best. While a '?' stands, a person is asked about every
   answer to that label.
3. "keep" means: none of our questions. The answer is kept with its label, as it stands. Put a key
   there if the label does mean one.
4. One label for two things: "referrer_name + referrer_role". A name asked in two:
   "child_name (forename)" and "child_name (surname)".
5. Under 'options' each printed option has its value. "?" means that it is not known yet.
6. 'about' says who or what a part asks about: referrer, lead, child, family, incident, criteria,
   agencies, events, processes, signature; or office (what the partnership fills in) and others
   (what other agencies fill in), which are never read as the referrer's answers.
Then run: tscp forms check THIS-FILE --blank THE-BLANK-FORM
Lines that begin with # are notes like these and may be deleted.
"""


def draft(form: LearnedForm, name: str) -> str:
    """The file's text; `name` is a short name for the form ('notice-2026')."""
    return "\n".join(_file(form, name)) + "\n"


def _file(form: LearnedForm, name: str) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in _WHAT_TO_DO.strip().splitlines())
    yield ""
    yield f"form = {_quoted(name)}"
    yield 'extends = "sin_gm"  # leave this: it brings how dates, names and options are written'
    yield f"title = {_quoted(form.title or name)}"
    yield "# Words of the title or the margin by which this form is told from others."
    yield f"recognised_by = [{_quoted(form.title)}]" if form.title else "recognised_by = []"
    if form.version:
        yield f"# Printed on this blank: {form.version}. The version is read by itself."
    if form.printed:
        yield "# What the form prints beside its questions. It is never taken for an answer."
        yield "printed = ["
        yield from (f"  {_quoted(line)}," for line in form.printed)
        yield "]"
    for part in form.parts:
        yield from _part(part, form)
    yield from _missing(form)
    yield from _keys()


def _part(part: LearnedPart, form: LearnedForm) -> Iterator[str]:
    section = form.words.section(part.about)
    group = section.group if section else "answers"
    yield ""
    yield "[[part]]"
    yield f"heading = {_quoted(part.heading)}"
    unsure = "" if part.sure else "  # ? a guess: the heading does not say so plainly"
    yield f"about = {_quoted(part.about)}{unsure}"
    if group == "unread":
        yield "# Others fill this in. Its labels need no keys."
    yield "[part.labels]"
    seen: set[str] = set()
    for learned in part.labels:
        if learned.label.text not in seen:
            seen.add(learned.label.text)
            yield _label(learned, group)
    for learned in part.labels:
        if learned.options and group != "unread":
            yield f"[part.options.{_quoted(learned.label.text)}]"
            yield from _options(learned)


def _label(learned: Learned, group: str) -> str:
    label = _quoted(learned.label.text)
    if group == "unread":
        return f'{label} = "{KEEP}"'
    others = " or ".join(told_as(other, group) for other in learned.others)
    if learned.given is None:
        near = f"  # none of ours? the nearest: {others}" if others else ""
        return f'{label} = "{KEEP}"{near}'
    told = told_as(learned.given, group)
    if learned.sure:
        return f"{label} = {_quoted(told)}"
    why = "by its options" if learned.given.by_options else "by its words"
    return f"{label} = {_quoted(told + '?')}  # a guess {why}{f'; or {others}' if others else ''}"


def _options(learned: Learned) -> Iterator[str]:
    for option, value, sure in learned.options:
        told = value if sure else f"{value}?"
        note = "" if sure else "  # a guess" if value else f"  # {_values(learned)}"
        yield f"{_quoted(option)} = {_quoted(told)}{note}"


def _values(learned: Learned) -> str:
    if learned.given is None:
        return "needs a value once the label has a key"
    choices = learned.given.field.choices or {"yes": (), "no": (), "unknown": ()}
    return "one of: " + ", ".join([*choices, KEEP])


def _missing(form: LearnedForm) -> Iterator[str]:
    missing = form.never_asked()
    if missing:
        yield ""
        yield "# Triage needs these, and no label above is thought to mean them. Is one of the"
        yield '# labels with "keep" or a wrong guess the one? If not, leave it.'
        yield from (f"#   {key}: {question(key)}" for key in missing)


def _keys() -> Iterator[str]:
    yield ""
    yield "# ---- every key there is ----"
    groups: Mapping[str, Mapping[str, str]] = {"asked once": ANSWERS, **GROUPS}
    for group, keys in groups.items():
        yield f"# {group}:"
        told = ", ".join(f"{key} ({question(key)})" for key in keys)
        yield from textwrap.wrap(told, 96, initial_indent="#   ", subsequent_indent="#   ")


def _quoted(text: str) -> str:
    """A TOML string; JSON's quoting is TOML's for what forms print."""
    return json.dumps("".join(c for c in text if c.isprintable()), ensure_ascii=False)
