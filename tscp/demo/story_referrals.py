"""The scenes of the story that open a case."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from tscp.demo.damaged import locked
from tscp.demo.docx_xml import FIXED
from tscp.demo.forms_docx import as_docx
from tscp.demo.forms_pdf import as_pdf
from tscp.demo.incidents import NO, YES
from tscp.demo.mails import Attached, write
from tscp.demo.telling import Scenes, StoryMail, Telling
from tscp.demo.typed import Typed, nothing, telephone, words

PLEASE = "Good morning\n\nPlease find attached a SIN form for the partnership's consideration."


def infant(tell: Telling) -> StoryMail:
    """Word with content controls; nobody has notified, and the five days are long over."""
    filled = tell.fill("injured-infant", version="3.1")
    document = as_docx(filled.form, "two columns")
    tell.documents[tell.key] = document
    copied = [tell.contact(tell.key, agency).email for agency in ("hv", "gp", "gmp")]
    attached = [Attached(f"SIN form {filled.child.name}.docx", document)]
    note = "Word, content controls; notification overdue"
    return tell.referral(filled, PLEASE, attached, note, ("notification overdue",), cc=copied)


def siblings(tell: Telling) -> StoryMail:
    """Three children on one form; the form says that the Panel was notified."""
    filled = tell.fill(
        "neglect",
        children=3,
        incident_date=tell.aware(4, "words"),
        la_aware_date=tell.aware(3, "ordinal"),
        panel_notified=YES,
        panel_notified_on=tell.aware(1, "words"),
        panel_reference=words("CSI-000417"),
    )
    attached = [Attached("SIN notification.docx", as_docx(filled.form, "pairs"))]
    note = "Word, two questions a row; three siblings on one form; says the Panel was notified"
    return tell.referral(filled, PLEASE, attached, note, ("clock start assumed",))


def unborn(tell: Telling) -> StoryMail:
    """An unborn child."""
    filled = tell.fill("unborn", consulted_on=tell.aware(0, "weekday"))
    attached = [Attached("SIN form Baby.docx", as_docx(filled.form, "above"))]
    return tell.referral(filled, PLEASE, attached, "Word, label above answer; an unborn child")


def twins(tell: Telling) -> StoryMail:
    """One form as Word and as PDF in one mail."""
    filled = tell.fill("overdose", version="3.1")
    attached = [
        Attached("Referral.docx", as_docx(filled.form, "colon")),
        Attached("Referral.pdf", as_pdf(filled.form, "lines")),
    ]
    body = "Dear colleagues\n\nSIN form attached, as Word and as a PDF in case one does not open."
    return tell.referral(filled, body, attached, "one form as Word and PDF: one case")


def near_miss(tell: Telling) -> StoryMail:
    """A near miss: the local path, no notification clock."""
    filled = tell.fill("near-miss", wording="short")
    attached = [Attached("sin form.docx", as_docx(filled.form, "glyphs"))]
    return tell.referral(filled, PLEASE, attached, "Word, Wingdings ticks; a near miss: local path")


def looked_after(tell: Telling) -> StoryMail:
    """The death of a looked-after child, without suspicion of abuse or neglect."""
    filled = tell.fill("looked-after-death")
    form = filled.form.but_child(0, legal_status=Typed("Looked after child", "looked after"))
    attached = [Attached("SIN_form_completed.pdf", as_pdf(form, "fields"))]
    note = "PDF form fields; death of a looked-after child"
    flags = ("looked-after child or care leaver",)
    return tell.referral(filled, PLEASE, attached, note, flags)


def at_risk(tell: Telling) -> StoryMail:
    """Other children are at risk now, and no Safeguarding Lead was asked."""
    blank = ("safeguarding_lead_name", "safeguarding_lead_agency", "consulted_on")
    filled = tell.fill(
        "at-risk-now",
        other_children_at_risk=YES,
        safeguarding_lead_consulted=NO,
        **dict.fromkeys(blank, nothing()),
    )
    attached = [Attached("SIN URGENT.docx", as_docx(filled.form, "two columns"))]
    body = "Please see attached. The younger children have not been seen yet; MASH has been rung."
    note = "Word; other children at risk now, no Safeguarding Lead consulted; notify by today"
    flags = ("other children at risk now", "no safeguarding lead consulted")
    return tell.referral(filled, body, attached, note, (*flags, "notification due soon"))


def fall(tell: Telling) -> StoryMail:
    """Nothing says when the local authority became aware, or whether a lead was asked."""
    open_questions = ("la_aware_date", "safeguarding_lead_consulted", "safeguarding_lead_name")
    filled = tell.fill("fall", **dict.fromkeys(open_questions, nothing()))
    form = filled.form.but(consulted_on=nothing(), safeguarding_lead_agency=nothing())
    attached = [Attached("NWAS notification.docx", as_docx(form, "colon"))]
    note = "Word, 'Label: answer'; date the LA became aware missing: clock from an assumed day"
    flags = ("clock start assumed", "required answer missing", "no safeguarding lead consulted")
    return tell.referral(filled, "Form attached for your attention.", attached, note, flags)


def fall_again(tell: Telling) -> StoryMail:
    """Another agency reports the same incident: a second case, perhaps the same."""
    first, who = tell.forms["fall"], tell.someone("tgicft")
    form = first.form.but(
        referrer_name=words(who.name),
        referrer_role=words(who.role),
        referrer_agency=Typed(who.agency_name, who.agency),
        referrer_email=words(who.email),
        referrer_phone=telephone(who.phone),
        referral_date=tell.aware(0, "words"),
        la_aware_date=tell.aware(1, "ordinal of"),
        safeguarding_lead_consulted=YES,
        safeguarding_lead_name=words(who.name),
        signature=words(who.name),
    )
    filled = replace(first, form=form, referrer=who)
    tell.forms[tell.key] = filled
    attached = [Attached("Safeguarding incident.pdf", as_pdf(form, "ruled"))]
    note = "ruled PDF; another agency on the same incident: two cases, related"
    return tell.referral(filled, PLEASE, attached, note, ("possible duplicate",))


def sudden_death(tell: Telling) -> StoryMail:
    """The dates are typed as people say them."""
    filled = tell.fill("sudden-death", version="3.1", la_aware_date=tell.aware(0, "no year"))
    attached = [Attached("SIN - restricted.pdf", as_pdf(filled.form, "ruled"))]
    note = "ruled PDF; date typed without its year ('3rd of March'); notification due soon"
    return tell.referral(filled, PLEASE, attached, note, ("notification due soon",))


def forwarded(tell: Telling) -> StoryMail:
    """The form came to another box; its mail is forwarded as an attachment."""
    filled = tell.fill("overdose", wording="short")
    form = as_pdf(filled.form, "lines")
    original = write(
        filled.referrer,
        tell.moment(3, "16:20"),
        "Form",
        PLEASE,
        attached=[Attached("form.pdf", form)],
    )
    who = tell.someone("csc")
    mail = write(
        who, tell.at, "FW: Form", "This came to MASH, I think it is for you.", attached=[original]
    )
    note = "forwarded as a mail within a mail; PDF, lines without rules"
    return tell.told(mail, "filed", "new referral", note, tell.open_case())


def zipped(tell: Telling) -> StoryMail:
    """The form lies in a zip file; plenty of time left."""
    filled = tell.fill("injured-infant", wording="short")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("Forms/SIN.docx", FIXED.timetuple()[:6])
        archive.writestr(entry, as_docx(filled.form, "above"))
    attached = [Attached("Forms.zip", buffer.getvalue())]
    return tell.referral(filled, PLEASE, attached, "a Word form inside a zip file")


def with_locked(tell: Telling) -> StoryMail:
    """A good form, and beside it a document behind a password."""
    filled = tell.fill("fall", la_aware_date=tell.aware(0, "dashes"))
    attached = [
        Attached("SIN.docx", as_docx(filled.form, "pairs")),
        Attached("Medical report.docx", locked(as_docx(filled.form, "above"), "kept elsewhere")),
    ]
    note = "a form beside a protected document: filed, and the document asked for"
    return tell.referral(filled, PLEASE, attached, note, ("protected mail",))


SCENES: Scenes = {
    "infant": (14, "09:42", infant),
    "siblings": (12, "10:15", siblings),
    "unborn": (10, "10:10", unborn),
    "twins": (9, "09:12", twins),
    "near miss": (8, "08:55", near_miss),
    "looked after": (7, "09:30", looked_after),
    "at risk": (5, "09:20", at_risk),
    "fall": (5, "11:45", fall),
    "fall again": (4, "10:30", fall_again),
    "sudden death": (3, "09:04", sudden_death),
    "forwarded": (2, "09:40", forwarded),
    "zipped": (2, "14:10", zipped),
    "with locked": (1, "09:15", with_locked),
}
