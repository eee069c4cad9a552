"""What a label means: the field it names in the section it stands in, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from parsers.label_words import asks_else, bare, fold, unified, wordings
from parsers.reading import TICKED, UNTICKED
from parsers.similar_labels import by_shared_words
from parsers.vocabulary import Field, Section, Vocabulary
from parsers.vocabulary_taught import KEPT
from triage.values.choices import key

EXACT, HERE, FUZZY, PATTERN = "exact", "here", "fuzzy", "pattern"
TAUGHT = "taught"  # a person said what this label of this form means
_UNTAUGHT = 0.9  # of a taught form, a label that nobody taught
_YES_OR_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|will|would)\b")
BOXES = (TICKED, UNTICKED)
_LONGEST_LABEL = 220  # characters; what is longer is an answer
_CLOSE = 90  # of 100: one letter wrong in ten
_LIKE = 0.85  # a label that only shares its words with listed ones
_CLOSEST_WORDS = 5  # shorter labels ('GP', 'DOD') must be exact


class Found(NamedTuple):
    """The field a label means, how sure (0..1), and how it was found."""

    field: Field
    sure: float
    how: str
    section: str = ""
    """The section of a taught label; '' for others, which are at home where their field is."""

    @property
    def exact(self) -> bool:
        """The label is listed, as one that means this anywhere or in this section."""
        return self.how in (EXACT, HERE, TAUGHT)

    @property
    def kept(self) -> bool:
        """A person taught that this label asks nothing of ours: its answer stays as it stands."""
        return self.field.group == KEPT

    @property
    def home(self) -> str:
        """The section in which this label stands on the form."""
        return self.section or self.field.section


def meaning(words: Vocabulary, label: str, section: str = "") -> Found | None:
    """The field a label means in a section ('' where no heading said which).

    In a part that others fill in, nothing is ours. Where persons or agencies repeat, labels of
    the other groups do not count, so that 'Date of birth' there is never the child's.
    """
    if not label.strip() or len(label) > _LONGEST_LABEL or label.lstrip()[0] in BOXES:
        return None
    known = words.section(section)
    if known is not None and known.group == "unread":
        return None
    return _found(words, label, known)


# Forms repeat their labels, and a template is sent many times over.
@lru_cache(maxsize=50_000)
def _found(words: Vocabulary, label: str, section: Section | None) -> Found | None:
    if words.lessons is None:
        return _by_words(words, label, section)
    if found := words.lessons.find(label, section.name if section else ""):
        lesson, sure, to_the_letter = found
        return Found(lesson.field, sure, TAUGHT if to_the_letter else FUZZY, lesson.section)
    known = _by_words(words, label, section)
    # What the form's teacher did not list is likely no label; it must not break up an answer.
    return known and known._replace(
        sure=known.sure * _UNTAUGHT, how=FUZZY if known.exact else known.how
    )


def _by_words(words: Vocabulary, label: str, section: Section | None) -> Found | None:
    tried = wordings(label, words.alike)
    for wording in tried:
        if found := _exactly(words, wording, section):
            return found
    for wording in tried:
        if found := _closely(words, wording, section):
            return found
    return _by_pattern(words, label, section)


def allowed(field: Field, section: Section | None) -> bool:
    """Whether a field may stand in a section at all.

    What repeats is asked only in its own part (a table's header says so where no heading
    does); a child's fields stand in the child's part, or among what is asked once.
    """
    if field.group == "answers":
        return True
    if section is None:
        return field.group == "children"
    if field.group == "children":
        return section.group in ("answers", "children")
    return section.group == field.group


def _likely(field: Field, section: Section | None) -> bool:
    """Whether a mere pattern may place a field here."""
    if section is None or field.section == section.name or field.group == "answers":
        return allowed(field, section)
    return section.name == "incident" and field.group == "children"


def _exactly(words: Vocabulary, wording: str, section: Section | None) -> Found | None:
    name = section.name if section else ""
    if fields := words.only_here.get((name, wording)):
        return Found(fields[0], 1.0, HERE)
    fields = tuple(f for f in words.anywhere.get(wording, ()) if allowed(f, section))
    if fields:
        best = _nearest(fields, section)
        sure = 1.0 if len(fields) == 1 or best.section == name else 0.9
        return Found(best, sure, EXACT)
    return None


def _nearest(fields: Sequence[Field], section: Section | None) -> Field:
    """Of several fields, the one at home in this section, else of its group, else the first."""
    if section is None:
        return fields[0]
    at_home = [f for f in fields if f.section == section.name]
    alike = [f for f in fields if f.group == section.group]
    return (at_home or alike or list(fields))[0]


def _closely(words: Vocabulary, wording: str, section: Section | None) -> Found | None:
    """A label with a slip of the pen: letters swapped, missing, doubled."""
    if len(wording) <= _CLOSEST_WORDS:
        return None
    name = section.name if section else ""
    best: Found | None = None
    for choices, home in ((_here(words, name), True), (_anywhere(words), False)):
        hit = process.extractOne(wording, choices, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        if hit is None or abs(len(hit[0]) - len(wording)) > 3 or asks_else(wording, hit[0]):
            continue
        key = (name, hit[0])
        fields = words.only_here[key] if home else words.anywhere[hit[0]]
        fields = tuple(f for f in fields if allowed(f, section))
        sure = hit[1] / 100 * 0.95
        if fields and (best is None or sure > best.sure):
            best = Found(_nearest(fields, section), sure, FUZZY)
    return best


@lru_cache(maxsize=64)
def _here(words: Vocabulary, section: str) -> tuple[str, ...]:
    return tuple(label for home, label in words.only_here if home == section and len(label) > 5)


@lru_cache(maxsize=16)
def _anywhere(words: Vocabulary) -> tuple[str, ...]:
    return tuple(label for label in words.anywhere if len(label) > _CLOSEST_WORDS)


def _by_pattern(words: Vocabulary, label: str, section: Section | None) -> Found | None:
    """A wording nobody listed, by the words that must be in it. Never sure."""
    texts = {fold(label, words.alike), unified(bare(label, brackets=True), words.alike)}
    hits: list[tuple[int, Field]] = []
    for field in words.fields:
        if _likely(field, section):
            spans = [
                m.end() - m.start() for p in field.patterns for t in texts if (m := p.search(t))
            ]
            if spans:
                hits.append((max(spans), field))
    if not hits and any(name in text for name in words.recognised_by for text in texts):
        return None  # the form's own title
    if not hits:
        like = by_shared_words(words, label, lambda field: _likely(field, section))
        return Found(like, _LIKE, PATTERN) if like else None
    if any(_YES_OR_NO.match(text) for text in texts):
        # 'Was your safeguarding lead consulted?' asks no name.
        hits = [hit for hit in hits if hit[1].type in ("yes/no", "choice")] or hits
    name = section.name if section else ""
    at_home = [hit for hit in hits if hit[1].section == name]
    longest = max(at_home or hits, key=lambda hit: hit[0])
    alone = len(hits) == 1 or len(at_home) == 1
    return Found(longest[1], 0.9 if alone else 0.8, PATTERN)


def section_of(words: Vocabulary, heading: str) -> tuple[Section, float] | None:
    """The section a heading opens, with how sure that is. The form's own title opens none."""
    if not heading.strip() or len(heading) > 140:
        return None
    return _section_of(words, heading)


@lru_cache(maxsize=20_000)
def _section_of(words: Vocabulary, heading: str) -> tuple[Section, float] | None:
    tried = wordings(heading, words.alike)
    if words.lessons is not None:
        return _taught_section(words, heading)
    for wording in tried:
        if wording in words.headings:
            return words.headings[wording], 1.0
    if any(name in key(heading) for name in words.recognised_by):
        return None
    for wording in tried:
        if section := _close_heading(words, wording):
            return section, 0.9
    return _heading_by_pattern(words.sections, tried[:2])


def _taught_section(words: Vocabulary, heading: str) -> tuple[Section, float] | None:
    """The part a taught form calls so. Of what nobody taught only what others fill in counts:
    a later edition may have one more box for the office."""
    assert words.lessons is not None
    if section := words.section(words.lessons.section(heading)):
        return section, 1.0
    if words.lessons.find(heading, "") is not None:
        return None
    tried = wordings(heading, words.alike)
    unread = [section for section in words.sections if section.group == "unread"]
    if any(words.headings.get(wording) in unread for wording in tried):
        return next(words.headings[w] for w in tried if words.headings.get(w) in unread), 1.0
    return _heading_by_pattern(unread, tried[:2])


def _close_heading(words: Vocabulary, wording: str) -> Section | None:
    hit = process.extractOne(wording, tuple(words.headings), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return words.headings[hit[0]] if hit and len(wording) > _CLOSEST_WORDS else None


def _heading_by_pattern(
    sections: Iterable[Section], tried: Iterable[str]
) -> tuple[Section, float] | None:
    """Office use and other agencies' parts are looked for first: their words are the clearest."""
    ranked = sorted(sections, key=lambda s: s.group != "unread")
    for wording in tried:
        if len(wording.split()) <= 14:
            for section in ranked:
                if any(pattern.search(wording) for pattern in section.patterns):
                    return section, 0.8
    return None
