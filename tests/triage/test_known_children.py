"""Looking children up finds whom asking of every child finds."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from triage.identity import ChildKeys, compare, named_in, searchable
from triage.known_children import KnownChildren

NAMES = st.lists(st.sampled_from(["ann", "bo", "carter", "diaz", "obrien"]), max_size=3)
DAYS = st.sampled_from([date(2020, 3, 4), date(2020, 4, 3), date(2021, 12, 25)])
NUMBERS = st.sampled_from(["", "9990001239", "9990001247", "9900012391"])
CHILDREN = st.builds(ChildKeys, NAMES.map(" ".join), st.none() | DAYS, NUMBERS)
SAID = ["Ann", "Carter", "O'Brien", "born 4/3/2020", "4 March 2020", "999 000 1239", "19990001247"]
TEXTS = st.lists(st.sampled_from(SAID), max_size=5).map(" ".join)


@given(st.lists(CHILDREN, max_size=6), CHILDREN, TEXTS)
def test_children_looked_up_are_those_that_asking_everybody_finds(
    children: list[ChildKeys], child: ChildKeys, said: str
) -> None:
    known, text = KnownChildren(), searchable(said)
    for number, one in enumerate(children):
        known.add(str(number), one)
    everybody = {str(number): one for number, one in enumerate(children)}
    assert known.like(child) == {c for c, one in everybody.items() if compare(one, child).score}
    assert known.named_in(text) == {c for c, one in everybody.items() if named_in(text, one)}
