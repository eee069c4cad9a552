"""Old mail taken in as history: filed with its clocks as they were, and never written about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cases import AT

from storage import outbox
from storage.database import reading
from tscp.acts.chase import chase
from tscp.acts.desk import Desk, Refused
from tscp.acts.import_files import import_paths
from tscp.acts.look import see_case

FORM = (
    "SERIOUS CHILD SAFEGUARDING INCIDENT NOTIFICATION\n\nReferrer name: Paul Person\n"
    "Referrer agency: Greater Manchester Police\nChild name: Florian Testcase\n"
    "Date of birth: 05/05/2020\nOutcome for child: Serious harm\n"
    "Date LA became aware: 02/02/2026\nOther children at risk: Yes\n"
)


def eml(folder: Path, day: str) -> Path:
    """A mail with a form, received that day."""
    head = (
        f"From: a@gmp.police.uk\nSubject: SIN\nMessage-ID: <{day[:2]}@x>\nDate: {day} 10:00 +0000"
    )
    file = folder / f"{day[:2]}.eml"
    file.write_text(f"{head}\n\n{FORM}")
    return file


@pytest.fixture
def live(desk: Desk) -> Desk:
    """Letters went live on 1 March 2026."""
    return replace(desk, letters=replace(desk.letters, live_from=AT - timedelta(days=3)))


def test_history_is_filed_and_no_rule_writes_about_it(live: Desk, tmp_path: Path) -> None:
    (line,) = import_paths(live, [eml(tmp_path, "03 Feb 2026")], as_history=True)
    assert (line.state, line.kind) == ("filed", "new referral")
    assert see_case(live, line.cases[0], "kim").received_at.month == 2
    chase(live)
    with reading(live.engine) as session:
        letters = outbox.lines(session, live.keys)
    assert {letter.state for letter in letters} <= {"cancelled"}


def test_what_came_since_letters_went_live_is_no_history(live: Desk, tmp_path: Path) -> None:
    files = [eml(tmp_path, "03 Feb 2026"), eml(tmp_path, "04 Mar 2026")]
    with pytest.raises(Refused, match=r"04\.eml is mail received since letters went live"):
        import_paths(live, files, as_history=True)
    assert len(import_paths(live, files)) == 2
