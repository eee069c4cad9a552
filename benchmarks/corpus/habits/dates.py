"""Ways of writing days."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.corpus.contents import Contents
from tscp.demo.typed import STYLES, Json, Typed, age, day, month, ordinal

ONCE = ("incident_date", "la_aware_date", "referral_date", "consulted_on", "signed_on")


def _dated(made: Contents) -> list[tuple[dict[str, Typed], str, date]]:
    """Every answer that is a plain day: its row, its key, the day."""
    found = []
    for row in made.rows():
        for key, answer in row.items():
            if (on := _day_of(answer.value)) is not None:
                found.append((row, key, on))
    return found


def _day_of(value: Json) -> date | None:
    plain = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return date.fromisoformat(str(value)) if plain else None


def styles(made: Contents) -> None:
    """One person's two ways of writing days, all over the form."""
    chosen = made.chance.sample([style for style in STYLES if style != "no year"], 2)
    for row, key, on in _dated(made):
        row[key] = day(on, made.chance.choice(chosen))


def odd_separators(made: Contents) -> None:
    """'22.05/16', '3-4/26', '03 04 2026'."""
    ways: tuple[Callable[[date], str], ...] = (
        lambda d: f"{d:%d.%m/%y}",
        lambda d: f"{d.day}-{d.month}/{d:%y}",
        lambda d: f"{d:%d %m %Y}",
        lambda d: f"{ordinal(d.day)} {month(d)[:3]} '{d:%y}",
        lambda d: f"{month(d)} {ordinal(d.day)}, {d.year}",
    )
    for row, key, on in _some(made.chance, _dated(made), 3):
        row[key] = Typed(made.chance.choice(ways)(on), on.isoformat())


def questioned(made: Contents) -> None:
    """'?22 May': a day the writer is not sure of."""
    on = made.happened
    text = f"?{on.day} {month(on)} {on.year}"
    rough: Json = {"approx": text, "month": f"{on:%Y-%m}"}
    made.answers["incident_date"] = Typed(text, on.isoformat(), (rough, None))


def ranges(made: Contents) -> None:
    """The incident happened between two days."""
    last, first = made.happened, made.happened - timedelta(days=made.chance.randrange(1, 5))
    written = made.chance.choice(
        (
            f"between {STYLES['slashes'](first)} and {STYLES['slashes'](last)}",
            f"{STYLES['slashes'](first)} - {STYLES['slashes'](last)}",
            f"{STYLES['words'](first)} to {STYLES['words'](last)}",
            f"From {STYLES['dots'](first)} until {STYLES['dots'](last)}",
        )
    )
    span: Json = {"from": first.isoformat(), "to": last.isoformat()}
    made.answers["incident_date"] = Typed(written, span)


def approximate(made: Contents) -> None:
    """'approx. 3 March 2026', 'early March 2026', 'around the 3rd of March 2026'."""
    on = made.happened
    part = "early" if on.day <= 10 else "mid" if on.day <= 20 else "late"
    near = made.chance.choice((f"approx. {STYLES['slashes'](on)}", f"around {STYLES['words'](on)}"))
    vague = f"{part} {month(on)} {on.year}"
    if made.chance.random() < 0.5:
        rough: Json = {"approx": near, "month": f"{on:%Y-%m}"}
        made.answers["incident_date"] = Typed(near, rough, (on.isoformat(),))
    else:
        made.answers["incident_date"] = Typed(vague, {"approx": vague, "month": f"{on:%Y-%m}"})


def times(made: Contents) -> None:
    """A time behind the day of the incident."""
    on, hour, minute = made.happened, made.chance.randrange(1, 12), made.chance.randrange(0, 60, 5)
    written = made.chance.choice((f" at {hour:02d}:{minute:02d}", f", {hour}.{minute:02d}am"))
    was = made.answers["incident_date"]
    if _day_of(was.value) != on or was.text.startswith("?"):
        return
    value = f"{on.isoformat()}T{hour:02d}:{minute:02d}"
    made.answers["incident_date"] = Typed(was.text + written, value, (on.isoformat(),))


def ages(made: Contents) -> None:
    """An age where the date of birth is not known."""
    row, born = made.children[-1], made.born[-1]
    if born is None or row["date_of_birth"].value is None:
        return
    days = (made.on - born).days
    count, unit = (days // 365, "years") if days > 730 else (max(days // 30, 1), "months")
    plain = age(count, unit)
    short = f"aged {count}" if unit == "years" else f"{count} months old"
    row["date_of_birth"] = made.chance.choice((plain, Typed(short, plain.value)))


def _some(
    chance: random.Random, found: list[tuple[dict[str, Typed], str, date]], count: int
) -> list[tuple[dict[str, Typed], str, date]]:
    return chance.sample(found, min(count, len(found)))
