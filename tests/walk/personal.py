"""What the story knows of its people, as it would look if it leaked."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from functools import cache

from config.settings import HERE
from tscp.demo.incidents import Filled
from tscp.demo.people import words
from tscp.demo.story import SCENES
from tscp.demo.telling import Telling
from tscp.demo.typed import STYLES, Answers
from tscp.registers import calendar_of

IDENTIFIES = ("child_name", "nhs_number", "home_address", "postcode", "social_care_id", "name")
IDENTIFIES += ("address", "referrer_name", "referrer_email", "contact_name", "crime_reference")
TELLS = ("incident_summary", "immediate_actions", "reason_for_referral")
OUR_WORDS = {"sin form", "form", "minutes", "information", "question", "re: sin form"}
"""Subjects that are words of our own, too."""


@cache
def people() -> Telling:
    """The story told once more, with everybody in it."""
    closed = calendar_of([HERE / "bank_holidays.toml"]).holidays
    telling = Telling(datetime.now(UTC), frozenset(closed))
    for key, (ago, clock, scene) in sorted(SCENES.items(), key=lambda s: (-s[1][0], s[1][1])):
        telling.key, telling.at = key, telling.moment(ago, clock)
        scene(telling)
    return telling


@cache
def secrets() -> frozenset[str]:
    """Names, dates of birth as they are typed, numbers, addresses, subjects, narratives."""
    found = {text for filled in people().forms.values() for text in _of_form(filled)}
    found |= {text for mail in people().mails.values() for text in _of_mail(mail.content)}
    return frozenset(text.lower() for text in found if len(text) >= 6) | surnames()


@cache
def surnames() -> frozenset[str]:
    """The story's families and streets alone."""
    return frozenset(text.lower() for text in (*words("surnames"), *words("streets")))


def _of_form(filled: Filled) -> Iterator[str]:
    form = filled.form
    rows: list[Answers] = [form.answers, *form.children, *form.family, *form.agencies]
    for row in rows:
        yield from (row[key].text for key in IDENTIFIES if key in row)
        yield from (row[key].text[:40] for key in TELLS if key in row)
        number = row.get("nhs_number")
        if number is not None:
            yield re.sub(r"\D", "", number.text)
    born = [child.born for child in filled.children] + [filled.carer.born]
    for day in born:
        yield from _as_typed(day) if day else ()


def _as_typed(day: date) -> Iterator[str]:
    """A birthday in every way people write it, and in ours."""
    yield day.isoformat()
    yield from (typed(day) for style, typed in STYLES.items() if style != "no year")


def _of_mail(content: bytes) -> Iterator[str]:
    message = message_from_bytes(content, policy=email.policy.default)
    yield str(message["Message-ID"])
    yield re.sub(r"^.*<|>.*$", "", str(message["From"]))
    if str(message["Subject"]).lower() not in OUR_WORDS:
        yield re.sub(r"TSCP-\d+-\d+", "", str(message["Subject"])).strip(" -")
    for part in message.walk():
        name = part.get_filename()
        if name and name.partition(".")[0].lower() not in OUR_WORDS:
            yield name


def leaks(text: str, known: Collection[str] | None = None) -> list[str]:
    """Which of it stands in a text, whatever the case."""
    lower = text.lower()
    return sorted(one for one in known or secrets() if one in lower)


def leaked_bytes(content: bytes, known: Collection[str] | None = None) -> list[str]:
    """The same in raw bytes, as files and databases hold them."""
    lower = content.lower()
    return sorted(one for one in known or secrets() if one.encode() in lower)
