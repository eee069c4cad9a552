"""How people tell things at length, and what others wrote on the form."""

from __future__ import annotations

import re

from benchmarks.corpus.contents import Contents
from tscp.demo.typed import STYLES, Typed, words

TOLD = ("incident_summary", "immediate_actions", "reason_for_referral")
MORE = (
    "Police and ambulance were called at 06:40 and arrived within ten minutes.",
    "The family have lived at the address since the spring and are known to housing.",
    "Observations on arrival were recorded by the crew and handed over to the ward.",
    "A strategy discussion was held the same afternoon; all agencies were represented.",
    "Grandmother has been told and is caring for the other children with the agreement of CSC.",
    "It is not yet clear who was in the home overnight. Enquiries are continuing.",
    "Mother was spoken to on the ward with a support worker present; her account is recorded.",
    "Records have been secured and the chronology is being prepared by the named nurse.",
)
WITH_LABELS = (
    "Date of birth was checked with the GP practice.",
    "Home address: see above.",
    "Name of social worker to follow.",
    "Police investigation: officers will update after the strategy meeting.",
    "NHS number was confirmed by the ward.",
)


def _told(made: Contents) -> list[str]:
    return [key for key in TOLD if made.answers[key].value]


def bullets(made: Contents) -> None:
    """One narrative as a list."""
    key = made.chance.choice(TOLD)
    sentences = re.split(r"(?<=\.)\s+", made.answers[key].text)
    sign = made.chance.choice(("- ", "• ", "* "))
    text = "\n".join(sign + sentence for sentence in sentences)
    made.answers[key] = words(text)


def long_narratives(made: Contents) -> None:
    """A summary over several paragraphs."""
    was = made.answers["incident_summary"].text
    paragraphs = [" ".join(made.chance.sample(MORE, 4)) for _ in range(made.chance.randrange(2, 5))]
    made.answers["incident_summary"] = words("\n".join((was, *paragraphs)))


def label_words(made: Contents) -> None:
    """Sentences with the words of labels in them."""
    for key in _told(made):
        if made.chance.random() < 0.5:
            added = made.chance.choice(WITH_LABELS)
            # On a line of its own a sentence with a colon would be a label to anybody.
            join = " " if ":" in added else made.chance.choice((" ", "\n"))
            made.answers[key] = words(made.answers[key].text + join + added)


def messy_spaces(made: Contents) -> None:
    """Doubled and trailing spaces; the value has them tidied."""
    for row in made.rows():
        for key, answer in row.items():
            if isinstance(answer.value, str) and " " in answer.text and made.chance.random() < 0.3:
                text = answer.text.replace(" ", "  ", 1) + made.chance.choice(("", " ", "  "))
                row[key] = Typed(text, answer.value, answer.accept, answer.optional)


def office_filled(made: Contents) -> None:
    """The business unit wrote its part: not the referrer's answers."""
    made.office["received"] = words(STYLES["slashes"](made.on))
    made.office["reference"] = words(f"TSCP-{made.on.year}-{made.chance.randrange(10, 99):04d}")


def address_lines(made: Contents) -> None:
    """An address over two lines; with a comma in place of the break it is right too."""
    for row, key in [(child, "home_address") for child in made.children]:
        answer = row[key]
        if ", " in answer.text:
            lines = answer.text.replace(", ", "\n", 1)
            row[key] = Typed(lines, lines, (answer.text,))
