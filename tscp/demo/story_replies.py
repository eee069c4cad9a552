"""The scenes of the story that belong to a case already there."""

from __future__ import annotations

from dataclasses import replace

from tscp.demo.forms_docx import as_docx
from tscp.demo.mails import Attached, Sent, write
from tscp.demo.papers import agency_report, born, chronology
from tscp.demo.telling import Scenes, StoryMail, Telling
from tscp.demo.typed import words

FOUND = (
    "The family was known to the service from the birth of the eldest child. Appointments were"
    " mostly kept. The last contact was three weeks before the incident and raised no concern."
)


def away_in_thread(tell: Telling) -> StoryMail:
    """An out-of-office reply to a copy of the referral: filed, since its case is known."""
    who, referral = tell.contact("infant", "gmp"), tell.mails["infant"]
    mail = write(
        who,
        tell.at,
        f"Automatic reply: {referral.subject}",
        "I am on leave until Monday.",
        answers=referral,
        headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    )
    note = "an automatic reply in a case's thread; never a contribution"
    return tell.told(mail, "filed", "automatic reply", note, tell.references["infant"])


def thanks(tell: Telling) -> StoryMail:
    """A promise is not a contribution."""
    who = tell.contact("infant", "gp")
    mail = _answer(tell, who.agency, "infant", "Thanks for this, we will reply by Friday.")
    note = "'thanks, will reply by Friday': correspondence, the agency stays expected"
    return tell.told(mail, "filed", "correspondence", note, tell.references["infant"])


def visited(tell: Telling) -> StoryMail:
    """An agency answers in the thread, its report attached."""
    who = tell.contact("infant", "hv")
    report = agency_report(who, tell.forms["infant"].child, tell.day, FOUND)
    body = "Please find our information attached."
    mail = _answer(tell, "hv", "infant", body, Attached("0-19 information.docx", report))
    note = "agency report in answer to the referral: contribution"
    return tell.contributed(mail, "hv", "infant", note)


def same_form(tell: Telling) -> StoryMail:
    """The very same document in a new mail."""
    filled = tell.forms["infant"]
    attached = [Attached("SIN form.docx", tell.documents["infant"])]
    body = "Sending again in case it did not reach you."
    mail = write(filled.referrer, tell.at, "SIN form (resent)", body, attached=attached)
    note = "the same document bytes in another mail: nothing changes"
    return tell.told(mail, "filed", "duplicate", note, tell.references["infant"])


def not_known(tell: Telling) -> StoryMail:
    """A nil return by our reference only."""
    reference = tell.references["infant"]
    body = "Checks completed on all systems. The child and family are not known to us. Nil return."
    mail = write(tell.someone("gmp"), tell.at, reference, body)
    note = "'not known to us', by our reference"
    return tell.contributed(mail, "gmp", "infant", note, "not known to us")


def by_name(tell: Telling) -> StoryMail:
    """No thread, no reference: the child's name and date of birth, from a known sender."""
    who, child = tell.someone("education"), tell.forms["siblings"].child
    report = agency_report(who, child, tell.day, FOUND, as_pdf=True)
    body = f"Re {child.name}, date of birth {born(child)}.\n\nOur contribution is attached."
    mail = write(who, tell.at, "Information", body, attached=[Attached("School.pdf", report)])
    note = "contribution found by the child's name and date of birth"
    return tell.contributed(mail, "education", "siblings", note)


def revised(tell: Telling) -> StoryMail:
    """The referrer sends the form again with one section changed."""
    filled = tell.forms["siblings"]
    form = filled.form.but(
        immediate_actions=words(
            "Interim care orders granted. All three children now have a named social worker and"
            " a hearing aid has been ordered for the eldest."
        )
    )
    tell.forms["siblings"] = replace(filled, form=form)
    mail = write(
        filled.referrer,
        tell.at,
        "RE: SIN form",
        "Revised form, section 4 brought up to date.",
        attached=[Attached("SIN notification v2.docx", as_docx(form, "pairs"))],
        answers=tell.mails["siblings"],
    )
    note = "revised form: one answer changed"
    flags = ("revised form",)
    return tell.told(mail, "filed", "revised referral", note, tell.references["siblings"], flags)


def lantern(tell: Telling) -> StoryMail:
    """A contribution told in the mail itself."""
    body = (
        "Our involvement: we received a referral in the summer and had one contact by telephone."
        " The mother was offered a place in the group and did not take it up. We have had no"
        " further contact."
    )
    mail = _answer(tell, "da", "unborn", body)
    note = "contribution told in the mail's own text, in the thread"
    return tell.contributed(mail, "da", "unborn", note)


def lantern_twice(tell: Telling) -> StoryMail:
    """Exactly the same bytes at a second place."""
    mail = tell.mails["contribution in words"]
    note = "the same bytes delivered twice"
    return tell.told(mail, "ignored", "duplicate", note, flags=())


def history(tell: Telling) -> StoryMail:
    """A chronology by our reference only."""
    reference, who = tell.references["near miss"], tell.someone("pcft")
    attached = [
        Attached("chronology.docx", chronology(who, tell.forms["near miss"].child, tell.day))
    ]
    subject, body = f"{reference} - chronology", "Chronology attached as asked."
    mail = write(who, tell.at, subject, body, attached=attached)
    return tell.contributed(mail, "pcft", "near miss", "a chronology, by our reference")


def passed_round(tell: Telling) -> StoryMail:
    """The whole form comes back from another agency with its own row filled."""
    filled = tell.forms["infant"]
    row = next(i for i, r in enumerate(filled.form.agencies) if r["agency"].value == "gp")
    rows = list(filled.form.agencies)
    told = "Registered since birth. Seen twice for a cough; feeding and handling were appropriate."
    rows[row] = {**rows[row], "involvement": words(told)}
    form = replace(filled.form, agencies=tuple(rows))
    attached = Attached("SIN form with GP.docx", as_docx(form, "two columns"))
    mail = _answer(tell, "gp", "infant", "Form returned with our section completed.", attached)
    note = "the form back with another agency's row filled: that agency's contribution"
    return tell.contributed(mail, "gp", "infant", note, flags=("revised form",))


def no_record(tell: Telling) -> StoryMail:
    """A nil return, written in HTML only."""
    who = tell.contact("twins", "education")
    body = "We have no record of this young person on roll at any of our sites."
    mail = write(who, tell.at, "RE: SIN form", body, answers=tell.mails["twins"], html=True)
    note = "'no record', HTML only, in the thread"
    return tell.contributed(mail, "education", "twins", note, "not known to us")


def promise(tell: Telling) -> StoryMail:
    """More time is asked for."""
    body = "Our records are being collated and will be with you; we will send them next week."
    mail = _answer(tell, "hv", "sudden death", body)
    note = "a promise: correspondence, the agency stays expected"
    return tell.told(mail, "filed", "correspondence", note, tell.references["sudden death"])


def _answer(tell: Telling, agency: str, scene: str, body: str, *attached: Attached) -> Sent:
    """The agency's person answers a scene's mail."""
    referral = tell.mails[scene]
    return write(
        tell.contact(scene, agency),
        tell.at,
        f"RE: {referral.subject}",
        body,
        attached=attached,
        answers=referral,
    )


SCENES: Scenes = {
    "away, in the thread": (14, "09:43", away_in_thread),
    "thanks": (13, "11:20", thanks),
    "health visitor": (12, "14:05", visited),
    "same form": (11, "09:05", same_form),
    "police, not known": (10, "16:40", not_known),
    "school, by name": (8, "14:20", by_name),
    "siblings revised": (7, "15:10", revised),
    "contribution in words": (6, "13:05", lantern),
    "the same bytes": (6, "13:07", lantern_twice),
    "chronology": (5, "15:30", history),
    "passed round": (2, "11:00", passed_round),
    "no record, HTML": (2, "15:45", no_record),
    "promise": (1, "16:05", promise),
}
