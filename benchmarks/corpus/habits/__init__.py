"""How people fill forms in (domain.md's traps): each habit is on or off for a form, by its seed.

`CONTENTS` change what is answered, truth with it; `PRINTED` change how the form or the typing
looks, never the truth. Each is a small function of its name; the tuples are in sight.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.corpus.contents import Contents
from benchmarks.corpus.form import Form
from benchmarks.corpus.habits import blanks, choosing, dates, names, sheets, telling

OnContents = Callable[[Contents], None]
OnForm = Callable[[Form], Form]


@dataclass(frozen=True, slots=True)
class Habit:
    """`chance`: how often a form shows it."""

    name: str
    chance: float
    apply: OnContents


@dataclass(frozen=True, slots=True)
class Look:
    """As Habit, of the printed form."""

    name: str
    chance: float
    apply: OnForm


CONTENTS = (
    Habit("twins", 0.10, names.twins),
    Habit("baby name", 0.08, names.baby_name),
    Habit("capital names", 0.20, names.capitals),
    Habit("surname first", 0.12, names.surname_first),
    Habit("particles", 0.10, names.particles),
    Habit("also known as", 0.10, names.also_known_as),
    Habit("date styles", 0.60, dates.styles),
    Habit("odd separators", 0.12, dates.odd_separators),
    Habit("questioned date", 0.08, dates.questioned),
    Habit("date ranges", 0.12, dates.ranges),
    Habit("approximate dates", 0.12, dates.approximate),
    Habit("times", 0.20, dates.times),
    Habit("age for birth", 0.12, dates.ages),
    Habit("bad NHS number", 0.08, blanks.bad_nhs_number),
    Habit("NHS number run together", 0.25, blanks.nhs_together),
    Habit("blanks", 0.50, blanks.left_blank),
    Habit("words for nothing", 0.50, blanks.words_for_nothing),
    Habit("not known", 0.25, blanks.not_known),
    Habit("both ticked", 0.08, choosing.both_ticked),
    Habit("none ticked", 0.15, choosing.none_ticked),
    Habit("bullets", 0.20, telling.bullets),
    Habit("long narratives", 0.20, telling.long_narratives),
    Habit("label words in answers", 0.25, telling.label_words),
    Habit("messy spaces", 0.15, telling.messy_spaces),
    Habit("office block filled", 0.20, telling.office_filled),
    Habit("address over lines", 0.15, telling.address_lines),
)
PRINTED = (
    Look("label typos", 0.10, sheets.label_typos),
    Look("guidance in the label", 0.15, sheets.guidance_in_label),
    Look("prompt left in", 0.12, sheets.prompt_left_in),
    Look("tracked changes", 0.12, sheets.tracked),
    Look("continuation rows", 0.15, sheets.continued),
    Look("comments beside choices", 0.12, sheets.commented),
    Look("repeated numbers", 0.10, sheets.repeated_numbers),
    Look("sections in another order", 0.25, sheets.other_order),
)


def habits_on(made: Contents, seed: str) -> list[str]:
    """Changes the contents by the habits that this seed has; their names."""
    chance = random.Random(f"habits {seed}")
    on = [habit for habit in CONTENTS if chance.random() < habit.chance]
    for habit in on:
        habit.apply(made)
    return [habit.name for habit in on]


def looks_on(form: Form) -> Form:
    """The form with the looks that its seed has."""
    chance = random.Random(f"looks {form.seed}")
    for look in PRINTED:
        if chance.random() < look.chance:
            changed = look.apply(form)
            if changed != form:
                form = replace(changed, habits=(*form.habits, look.name))
    return form
