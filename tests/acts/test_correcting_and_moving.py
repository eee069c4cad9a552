"""Staff correct answers and move cases: on both databases, with who, when and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cases import AT, GMP, MAX, RECEIVED, TILLY, FilingRoom, a_letter, a_paper, a_sin_form

from config.settings import load
from storage import audit
from storage.cases import queue_page
from storage.database import reading
from triage.case import Case
from triage.current import current_form
from triage.evidence import Corrected
from tscp import as_json
from tscp.acts.correct import correct, withdraw_correction
from tscp.acts.desk import Desk, Refused
from tscp.acts.look import see_case, see_queue
from tscp.acts.move import move, undo_move
from tscp.commands.words import case_words
from tscp.compose import desk_of

REF, OTHER = "TSCP-2026-0001", "TSCP-2026-0002"


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    """On each database; Thursday 5 March 2026, 10:00, with Tilly's case and Max's."""
    (tmp_path / "tscp.toml").write_text(f'database = "{database_url}"\n')
    with desk_of(load(tmp_path / "tscp.toml")) as composed:
        room = FilingRoom(composed.engine, composed.keys)
        room.file(a_paper(a_sin_form()))
        room.file(a_paper(a_sin_form((MAX,), referrer_name="Ola Other", referrer_email=GMP)))
        yield replace(composed, now=lambda: AT + timedelta(days=1))


def acts_on(desk: Desk, reference: str = REF) -> list[tuple[str, str]]:
    """Who did what to the case, without looks."""
    with reading(desk.engine) as session:
        rows = audit.about(session, reference)
    return [(actor, act) for _, actor, act in rows if actor != "service" and "seen" not in act]


def test_a_correction_is_kept_shown_and_audited(desk: Desk) -> None:
    case = correct(desk, REF, "sam", "la_aware_date", "2nd March 2026", "rang the referrer")
    assert (case.state, case) == ("triage", see_case(desk, REF, "sam"))
    shown = as_json.case(case, desk.today())["answers"]["la_aware_date"]
    assert (shown["value"], shown["text"], shown["confidence"]) == (
        "2026-03-02",
        "2nd March 2026",
        1.0,
    )
    assert (shown["corrected_by"], shown["why"]) == ("sam", "rang the referrer")
    assert shown["corrected_at"] == "2026-03-05T10:00:00Z"
    assert shown["was"]["value"] == "2026-03-03"
    assert shown["evidence"]["method"] == "corrected"
    assert acts_on(desk) == [("sam", "corrected: la_aware_date")]


def test_words_say_who_corrected_and_what_it_was(desk: Desk) -> None:
    case = correct(desk, REF, "sam", "la_aware_date", "2/3/2026", "rang")
    case = correct(desk, REF, "sam", "incident_place", "a park in Hyde")
    text = "\n".join(case_words(case, desk.today()))
    assert max(map(len, text.splitlines())) <= 80
    said = " ".join(text.split())
    by = "corrected by sam on 5 March 2026"
    assert f'date the LA became aware: 2 March 2026 ← {by} (rang), was "3 March 2026"' in said
    assert f"place of the incident: a park in Hyde ← {by}, was not given" in said


def test_the_queue_and_matching_follow_a_correction(desk: Desk) -> None:
    correct(desk, REF, "sam", "other_children_at_risk", "yes")
    correct(desk, REF, "sam", "children.0.child_name", "Anna Berry")
    correct(desk, REF, "sam", "children.0.date_of_birth", "1 May 2019")
    correct(desk, REF, "sam", "children.0.nhs_number", "999 000 0123")
    first = next(see_queue(desk, "sam"))
    assert (first.reference, first.urgent, first.initials) == (REF, True, ("A.B.",))
    with reading(desk.engine) as session:
        assert queue_page(session, desk.keys, 1)[0].reference == REF
    room = FilingRoom(desk.engine, desk.keys)
    room.number = 2
    told = "We have known Anna Berry, born 1 May 2019, for three years and saw her in May."
    filed = room.file(mail=a_letter(told, GMP)).filings
    assert [(one.reference, one.mail.kind) for one in filed] == [(REF, "contribution")]
    assert [
        f.reference for f in room.file(a_paper(a_sin_form(incident_place="a park"))).filings
    ] == [REF]


def test_a_correction_survives_a_form_that_comes_later(desk: Desk) -> None:
    correct(desk, REF, "sam", "children.0.date_of_birth", "6 June 2021")
    room = FilingRoom(desk.engine, desk.keys)
    room.number = 2
    room.file(a_paper(a_sin_form((MAX | {"child_name": "Zoe Exampleton"}, TILLY))))
    case = see_case(desk, REF, "sam")
    assert len(case.mails) == 2
    born = [child["date_of_birth"] for child in current_form(case).children]
    assert [isinstance(answer, Corrected) for answer in born] == [True, False]
    then = see_case(desk, REF, "sam", RECEIVED)
    assert isinstance(current_form(then).children[0]["date_of_birth"], Corrected)


def test_not_given_withdrawn_and_added(desk: Desk) -> None:
    case = correct(desk, REF, "sam", "la_aware_date", "-", "a misreading")
    shown = as_json.case(case, desk.today())
    assert "date the LA became aware" in shown["in_the_way"]
    assert (
        shown["answers"]["la_aware_date"]["value"],
        shown["answers"]["la_aware_date"]["text"],
    ) == (
        None,
        "-",
    )
    case = withdraw_correction(desk, REF, "kim", "la_aware_date", "it was right")
    assert as_json.case(case, desk.today())["answers"]["la_aware_date"]["corrected_by"] is None
    case = correct(desk, REF, "sam", "agencies.0.agency", "Police")
    case = correct(desk, REF, "sam", "agencies.0.known", "yes")
    case = correct(desk, REF, "sam", "agencies.1.agency", "housing")
    case = correct(desk, REF, "sam", "agencies.1.known", "Y")
    expected = {
        c["agency"]: c["why_expected"] for c in as_json.case(case, desk.today())["contributions"]
    }
    assert expected["housing"] == "the form says the family is known to it"
    assert ("kim", "correction withdrawn: la_aware_date") in acts_on(desk)


UNDERSTOOD = [
    ("incident_date", "early March 2026", {"approx": "early March 2026", "month": "2026-03"}),
    ("incident_date", "3-5 March 2026", {"from": "2026-03-03", "to": "2026-03-05"}),
    ("incident_date", "2 March 2026 at 14:30", "2026-03-02T14:30"),
    ("outcome_for_child", "died", "death"),
    ("harm_types", "physical abuse, neglect", ["physical", "neglect"]),
    ("safeguarding_lead_consulted", "not known", "unknown"),
    ("referrer_agency", "Greater Manchester Police", "gmp"),
    ("referrer_phone", "0161 496 0000", "01614960000"),
    ("incident_summary", "Brought in.\n\nNo  more is known.", "Brought in.\nNo more is known."),
]


def test_values_are_understood_as_on_a_form(desk: Desk) -> None:
    for key, text, value in UNDERSTOOD:
        case = correct(desk, REF, "sam", key, text)
        assert as_json.case(case, desk.today())["answers"][key]["value"] == value
    for key, text, value in (
        ("date_of_birth", "4 years", {"age": {"years": 4}}),
        ("postcode", "sk141aa", "SK14 1AA"),
    ):
        case = correct(desk, REF, "sam", f"children.0.{key}", text)
        assert as_json.case(case, desk.today())["children"][0][key]["value"] == value


REFUSED: list[tuple[str, Callable[[Desk], Case], str]] = [
    ("a case", lambda d: correct(d, "TSCP-2026-9999", "s", "signature", "x"), "TSCP-2026-0042"),
    ("a key", lambda d: correct(d, REF, "s", "aware_date", "x"), "perhaps la_aware_date"),
    (
        "a row",
        lambda d: correct(d, REF, "s", "children.1.postcode", "SK14 1AA"),
        "children.1.child_name",
    ),
    ("nothing said", lambda d: correct(d, REF, "s", "la_aware_date", " "), "say what is right"),
    ("no date", lambda d: correct(d, REF, "s", "la_aware_date", "soon"), "3 March 2026"),
    ("no year", lambda d: correct(d, REF, "s", "la_aware_date", "3 March"), "year is not given"),
    ("month first", lambda d: correct(d, REF, "s", "la_aware_date", "03/25/2026"), "month first"),
    (
        "two choices",
        lambda d: correct(d, REF, "s", "outcome_for_child", "death or near miss"),
        "one of: death",
    ),
    (
        "one unknown",
        lambda d: correct(d, REF, "s", "harm_types", "neglect, gloom"),
        "one or more of: physical",
    ),
    ("perhaps", lambda d: correct(d, REF, "s", "media_interest", "perhaps"), "yes, no or unknown"),
    ("no agency", lambda d: correct(d, REF, "s", "referrer_agency", "Martians"), "csc gmp icb"),
    (
        "check digit",
        lambda d: correct(d, REF, "s", "children.0.nhs_number", "9990000124"),
        "check digit",
    ),
    ("too long", lambda d: correct(d, REF, "s", "incident_summary", "x" * 20_001), "longer than"),
    (
        "not corrected",
        lambda d: withdraw_correction(d, REF, "s", "la_aware_date"),
        "nothing to withdraw",
    ),
    ("no state", lambda d: move(d, REF, "s", "panel"), "may move to: triage"),
    ("too far", lambda d: move(d, REF, "s", "decided", "why"), "may move to: triage"),
    ("no reason", lambda d: move(d, REF, "s", "withdrawn"), "say why"),
    ("of which", lambda d: move(d, REF, "s", "duplicate", "the same"), "of which case"),
    ("of itself", lambda d: move(d, REF, "s", "duplicate", f"as {REF}"), "of which case"),
    (
        "of nothing",
        lambda d: move(d, REF, "s", "duplicate", "as TSCP-2026-0077"),
        "no case 'TSCP-2026-0077'",
    ),
    ("not moved", lambda d: undo_move(d, REF, "s", "a slip"), "nothing to undo"),
]


def test_what_cannot_be_is_refused_with_what_would_be_right_and_changes_nothing(desk: Desk) -> None:
    before = see_case(desk, REF, "kim")
    for what, act, right in REFUSED:
        with pytest.raises(Refused) as refused:
            act(desk)
        assert right in str(refused.value), what
    assert see_case(desk, REF, "kim") == before


def test_a_case_goes_its_way_back_and_aside(desk: Desk) -> None:
    way = ("information needed", "ready for panel", "at panel", "decided", "closed")
    states = [move(desk, REF, "sam", to, "agreed").state for to in way]
    case = undo_move(desk, REF, "kim", "closed too early")
    assert (states[-1], case.state, len(list(see_queue(desk, "sam")))) == ("closed", "decided", 2)
    assert [(m.was, m.to) for m in case.moves[:2]] == [
        ("received", "triage"),
        ("triage", "information needed"),
    ]
    assert (case.moves[-1].by, case.moves[-1].why) == ("kim", "closed too early")
    case = move(desk, OTHER, "sam", "duplicate", f"duplicate of {REF}: both from one ward")
    assert [line.reference for line in see_queue(desk, "sam")] == [REF]
    with pytest.raises(Refused, match="itself a duplicate"):
        move(desk, REF, "sam", "duplicate", f"of {OTHER}")
    assert undo_move(desk, OTHER, "sam", "two families").state == "triage"
    assert undo_move(desk, REF, "sam", "on second thoughts").state == "closed"
    moved = [act for _, act in acts_on(desk) if "move" in act]
    assert moved[0] == "moved: information needed"
    assert moved[-2:] == ["move undone", "move undone"]


def test_only_undoing_brings_a_case_back_to_received(desk: Desk) -> None:
    move(desk, REF, "sam", "triage")
    with pytest.raises(Refused, match="a move is undone instead"):
        move(desk, REF, "sam", "received", "not seen yet")
    assert undo_move(desk, REF, "sam", "not seen yet").state == "received"
