"""One form sent as Word and as PDF or scan: which answers disagree, and what is no disagreement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cases import TILLY, a_case, a_sin_form

from triage.changes import what_changed
from triage.evidence import Evidence
from triage.papers import Paper
from triage.sin_form import SinForm
from triage.twins import Copies, forms_of

BEN = TILLY | {"child_name": "Ben Sample", "nhs_number": "9990000158"}


def joined(*forms: SinForm) -> list[Copies]:
    return forms_of([Paper(str(n), "", "read", form=form) for n, form in enumerate(forms)])


def scanned(form: SinForm, sure: float = 0.97) -> SinForm:
    """The form as it is read from a picture."""

    def seen(row: Any) -> Any:
        evidence = Evidence(page=1, method="ocr")
        return {
            key: replace(answer, evidence=evidence, confidence=sure) for key, answer in row.items()
        }

    rows = tuple(seen(row) for row in form.children)
    return replace(form, answers=seen(form.answers), children=rows)


def told(form: SinForm, key: str, text: str) -> SinForm:
    answer = form.answers.get(key, next(iter(form.answers.values())))
    said = replace(answer, value=text, text=text)
    return replace(form, answers={**form.answers, key: said})


FORM = told(a_sin_form(), "incident_summary", "She fell from a window and broke her left arm.")


def test_layout_and_the_order_of_children_are_no_disagreement() -> None:
    word = told(a_sin_form((TILLY, BEN)), "incident_summary", "She fell.\nFrom a window-sill.")
    pdf = told(a_sin_form((BEN, TILLY)), "incident_summary", "She fell. From a windowsill.")
    (one,) = joined(word, pdf)
    assert one.disagree == ()


def test_another_answer_in_the_pdf_is_named() -> None:
    (one,) = joined(FORM, told(FORM, "outcome_for_child", "death"))
    assert one.disagree == ("outcome for the child",)


def test_misread_letters_of_a_scan_disagree_with_nothing_and_the_word_form_leads() -> None:
    noisy = told(scanned(FORM), "incident_summary", "She feII from a wlndow and broke her 1eft.")
    unsure = told(scanned(noisy, 0.8), "outcome_for_child", "near miss")
    for copies in (joined(unsure, FORM), joined(FORM, unsure)):
        (one,) = copies
        assert one.form is FORM
        assert one.disagree == ()


def test_a_scan_that_surely_says_otherwise_is_named() -> None:
    (one,) = joined(FORM, told(scanned(FORM), "outcome_for_child", "near miss"))
    assert one.disagree == ("outcome for the child",)


def test_two_families_and_two_siblings_stay_two_forms() -> None:
    other = a_sin_form((BEN,), referrer_name="Una Other")
    assert [len(one.papers) for one in joined(FORM, other)] == [1, 1]
    assert len(joined(FORM, scanned(a_sin_form((BEN,))))) == 2


def test_a_form_that_came_again_is_compared_section_by_section() -> None:
    again = a_sin_form((TILLY | {"gender": "female"},), outcome_for_child="death")
    assert what_changed(a_case(FORM), FORM) == "no answer changed"
    assert what_changed(a_case(a_sin_form()), again) == (
        "changed: Incident: outcome for the child; Child 1: gender"
    )
