"""Names folded to compare them; shown as written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.values.names import initials, normalise, sounds, tidy

WORD = st.from_regex(r"[A-Z][a-zéöñ]{2,8}", fullmatch=True)


@settings(deadline=None)
@given(WORD, WORD)
def test_surname_first_is_the_same_name(forename, surname):
    plain = normalise(f"{forename} {surname}")
    assert normalise(f"{surname.upper()}, {forename}") == plain
    assert normalise(f"{surname}, {forename}") == plain
    assert normalise(f"Mrs {forename}  {surname}") == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë-Mae O’Brien", "zoe mae OBRIEN"),
        ("O Brien, Ann", "Ann O'Brien"),
        ("Mac Donald, Iain", "Iain MacDonald"),
        ("Ann Smith (aka Annie Jones)", "Ann Smith"),
        ("Ann Smith also known as Annie", "SMITH Ann"),
        ("Łukasz Nowak", "Lukasz NOWAK"),
    ],
)
def test_the_same_person_written_by_two_hands(one, other):
    assert normalise(one) == normalise(other)


def test_different_names_stay_different():
    assert normalise("Ann Smith") != normalise("Anna Smith")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("John Smith", "J.S."), ("SMITH, John", "J.S."), ("Baby SMITH", "B.S."),
        ("SMITH John", "J.S."), ("Ann van der Berg", "A.V."), ("Madonna", "M."), ("", ""),
        ("Ann Mary Smith aka Bo", "A.S."), ("Siân O'NEILL", "S.O."),
    ],
)  # fmt: skip
def test_initials(name, expected):
    assert initials(name) == expected


def test_names_that_sound_alike_agree():
    assert sounds("Stephen Reid") == sounds("REED, Steven")


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_too_strange(text):
    normalise(text), initials(text), sounds(text), tidy(text)
    assert tidy(tidy(text)) == tidy(text)
