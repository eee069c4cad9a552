"""A label nobody listed, understood by the words it shares with listed ones.

Words that few fields use count most; what kind of answer a label asks for ('when', 'has …?')
must fit the field. Never sure: a person is asked. Of the listed labels themselves, each left out
in turn, half are understood so, and one in twenty as a field next to theirs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from parsers.label_words import fold
from parsers.vocabulary import Field, Vocabulary

_SMALL = re.compile(
    r"is|are|was|were|the|a|an|of|to|for|in|any|has|have|had|been|be|being|do|does|did|you|"
    r"your|this|that|these|those|what|which|please|if|with|by|at|on|it|and|or|there|their|"
    r"they|we|us|as|s|from|yes|number|known|give|state|about|so|can|could|would|should|not|"
    r"relevant|applicable|details|detail|information"
)
_ASKS = {"when": "date", "where": "place", "who": "name", "whom": "name", "why": "reason"}
_ENDINGS = ("ing", "ed", "es", "s")
_DATED = re.compile(
    r"\b(?:date|when|day|dob|born|birth|age|due|edd|expected|estimated|died|death)\b"
)
_ASKS_YES_NO = re.compile(r"(?:is|are|was|were|has|have|had|do|does|did|should|would|will|can)\b")
_WHOSE = frozenset(("child", "mother", "father", "parent", "carer", "sibl", "family", "worker"))
_NUMBERS = frozenset(("number", "reference", "id"))
_OF_CHOICE = ("yes/no", "choice", "choices")
_DATES = ("date", "birth")
_LEAST, _APART = 0.62, 0.12
"""The least two labels must share, and by how much the best field must lead the second."""
_FEWEST, _LONGEST = 2, 16  # words

Words = frozenset[str]


def by_shared_words(words: Vocabulary, label: str, may_be: Callable[[Field], bool]) -> Field | None:
    """The one field among those that may be meant here whose labels share most words with this."""
    told = fold(label, words.alike)
    asked = _telling(told)
    if len(asked) < _FEWEST or len(told.split()) > _LONGEST:
        return None
    weigh = _weights(words)
    scores: dict[tuple[str, str], tuple[float, Field]] = {}
    for field, labels in _labels(words):
        if may_be(field) and _could_ask(told, field) and _of_whom(asked, labels):
            score = max(_shared(asked, other, weigh) for other in labels)
            key = (field.group, field.key)
            scores[key] = max(scores.get(key, (0.0, field)), (score, field), key=lambda s: s[0])
    ranked = sorted(scores.values(), key=lambda scored: -scored[0])
    if not ranked or ranked[0][0] < _LEAST:
        return None
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return ranked[0][1] if ranked[0][0] - second >= _APART else None


def _could_ask(told: str, field: Field) -> bool:
    """Whether the question is of the field's kind: a date, a yes or no, or something else."""
    dated = _DATED.search(told) is not None
    if field.type in _DATES:
        return dated
    if not _NUMBERS.isdisjoint(told.split()) and not _has_number(field):
        return False
    yes_or_no = _ASKS_YES_NO.match(told) is not None
    if field.type == "yes/no":
        return yes_or_no
    if yes_or_no and field.type not in (*_OF_CHOICE, "text"):
        return False
    return not (dated and told.split()[0] in ("date", "when"))


def _of_whom(asked: Words, labels: Iterable[Words]) -> bool:
    """Whether a label that says whose it is ('child's mobile') says so of one the field is of."""
    whose = asked & _WHOSE
    return not whose or any(whose <= label for label in labels)


def _has_number(field: Field) -> bool:
    return any(not _NUMBERS.isdisjoint(label.split()) for label in (*field.labels, *field.here))


def _shared(asked: Words, other: Words, weigh: Callable[[str], float]) -> float:
    return sum(map(weigh, asked & other)) / sum(map(weigh, asked | other))


def _telling(told: str) -> Words:
    """The words of a folded label that tell something, without their endings."""
    return frozenset(
        _stem(_ASKS.get(word, word)) for word in told.split() if not _SMALL.fullmatch(word)
    )


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16)
def _labels(words: Vocabulary) -> tuple[tuple[Field, tuple[Words, ...]], ...]:
    fields = (field for field in words.fields if not field.part and not field.also)
    told = ((field, _all_telling((*field.labels, *field.here))) for field in fields)
    return tuple((field, labels) for field, labels in told if labels)


def _all_telling(labels: Iterable[str]) -> tuple[Words, ...]:
    return tuple({telling: None for label in labels if (telling := _telling(label))})


@lru_cache(maxsize=16)
def _weights(words: Vocabulary) -> Callable[[str], float]:
    """How much a word tells: the fewer fields use it the more; one nobody uses tells most."""
    used = Counter(word for _, labels in _labels(words) for word in set().union(*labels))
    most = len(_labels(words)) + 1
    weights = {word: math.log(most / (count + 0.5)) for word, count in used.items()}
    unheard = math.log(most / 0.5)
    return lambda word: weights.get(word, unheard)
