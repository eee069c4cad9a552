"""How an answer typed by staff is understood: by the vocabularies, loaded when first asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from triage.agencies import AgencyRegister
from triage.evidence import Value
from triage.problem import Problem


def answers_by_hand(
    forms: Sequence[Path], register: AgencyRegister
) -> Callable[[str, str, str], Value | Problem]:
    """A reader of (group, key, text); see parsers.by_hand."""

    @cache
    def understood() -> Callable[[str, str, str], Value | Problem]:
        from parsers.by_hand import by_hand
        from parsers.vocabulary import load_vocabularies

        words, aliases = load_vocabularies(forms), register.aliases()
        return lambda group, key, text: by_hand(words, aliases, group, key, text)

    return lambda group, key, text: understood()(group, key, text)
