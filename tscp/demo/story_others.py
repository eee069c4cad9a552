"""The scenes of the story that a person must look at, or that nobody needs to."""

from __future__ import annotations

from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP

from tscp.demo.damaged import locked, old_word, truncated
from tscp.demo.filling import fill
from tscp.demo.forms import FormContent
from tscp.demo.forms_docx import as_docx
from tscp.demo.mails import MAILBOX, Attached, Sent, sent, write
from tscp.demo.papers import minutes, scan
from tscp.demo.people import Professional
from tscp.demo.telling import Scenes, StoryMail, Telling

PERSON, IGNORED = "needs a person", "ignored"
BOUNCE = """\
MIME-Version: 1.0
Content-Type: multipart/report; report-type="delivery-status"; boundary="=_report"

--=_report
Content-Type: text/plain

Your message to {failed} could not be delivered: no such user.

--=_report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tscp.example

Final-Recipient: rfc822; {failed}
Action: failed
Status: 5.1.1

--=_report--
"""
STRANGER = Professional("Lee Dunnockby", "", "", "", "lee.d@post.example", "")


def newsletter(tell: Telling) -> StoryMail:
    """List mail."""
    who = Professional("Safeguarding Weekly", "", "", "", "news@safeguardingweekly.example", "")
    headers = {
        "List-Id": "<weekly.safeguardingweekly.example>",
        "List-Unsubscribe": "<mailto:leave@safeguardingweekly.example>",
        "Precedence": "bulk",
    }
    body = "This week: new training dates, a webinar on safer sleeping, and our annual survey."
    mail = write(who, tell.at, "Safeguarding Weekly", body, headers=headers, html=True)
    return tell.told(mail, IGNORED, "newsletter", "a newsletter")


def away(tell: Telling) -> StoryMail:
    """An out-of-office reply to nothing of ours."""
    headers = {"Auto-Submitted": "auto-replied"}
    body = "Thank you for your e-mail. I am out of the office and back on Monday."
    subject = "Automatic reply: Training places"
    mail = write(tell.someone("housing"), tell.at, subject, body, headers=headers)
    return tell.told(mail, IGNORED, "automatic reply", "an out-of-office reply about no case")


def invitation(tell: Telling) -> StoryMail:
    """A calendar invitation."""
    who, stamp = tell.someone("icb"), f"{tell.working_day(1):%Y%m%d}"
    lines = (
        *("BEGIN:VCALENDAR", "PRODID:-//Example//EN", "VERSION:2.0", "METHOD:REQUEST"),
        *("BEGIN:VEVENT", f"UID:{stamp}-quarterly@icb.nhs.example", f"DTSTAMP:{stamp}T080000Z"),
        *(f"DTSTART:{stamp}T130000Z", f"DTEND:{stamp}T140000Z", "SUMMARY:Quarterly catch-up"),
        *(f"ORGANIZER:mailto:{who.email}", f"ATTENDEE:mailto:{MAILBOX}"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    message = EmailMessage(policy=SMTP)
    message.set_content("Quarterly catch-up. Join by video call.")
    message.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": "REQUEST"})
    sender = f"{who.name} <{who.email}>"
    mail = sent(message, sender=sender, at=tell.at, subject="Quarterly catch-up")
    return tell.told(mail, PERSON, "calendar", "a calendar invitation about no case")


def bounce(tell: Telling) -> StoryMail:
    """A delivery report for a message that the unit sent by hand."""
    failed = "old.contact@housing.example"
    report = message_from_string(BOUNCE.format(failed=failed), EmailMessage, policy=SMTP)
    sender = "Mail Delivery System <mailer-daemon@mx.tscp.example>"
    headers = {"Return-Path": "<>", "Auto-Submitted": "auto-replied"}
    subject = "Undelivered Mail Returned to Sender"
    mail = sent(report, sender=sender, at=tell.at, subject=subject, headers=headers)
    return tell.told(mail, PERSON, "bounce", "a delivery report about a mail the unit sent")


def blank(tell: Telling) -> StoryMail:
    """Somebody asks whether this is the right form."""
    attached = [Attached("SIN template.docx", as_docx(FormContent({}, ({},)), "two columns"))]
    body = "Could you tell me whether this is the current version of the form?"
    mail = write(tell.someone("hv"), tell.at, "Which form?", body, attached=attached)
    return tell.told(mail, PERSON, "other", "a blank template", flags=("not a SIN form",))


def cut_short(tell: Telling) -> StoryMail:
    """The document is damaged."""
    content = truncated(_form(tell, "near-miss"))
    mail = _with(tell, "pcft", Attached("SIN form.docx", content))
    flags = ("attachment unreadable",)
    return tell.told(mail, PERSON, "unreadable", "a Word document cut short", flags=flags)


def empty(tell: Telling) -> StoryMail:
    """The document has no bytes."""
    mail = _with(tell, "earlyhelp", Attached("SIN.docx", b""))
    flags = ("attachment unreadable",)
    return tell.told(mail, PERSON, "unreadable", "an empty attachment", flags=flags)


def protected(tell: Telling) -> StoryMail:
    """The password comes by telephone."""
    content = locked(_form(tell, "fall"), "rung through later")
    mail = _with(tell, "icb", Attached("SIN form - protected.docx", content))
    note = "a password-protected document"
    return tell.told(mail, PERSON, "unreadable", note, flags=("protected mail",))


def old_format(tell: Telling) -> StoryMail:
    """Word as it was twenty years ago."""
    mail = _with(tell, "housing", Attached("SIN form.doc", old_word("Serious Child Safeguarding")))
    flags = ("attachment unreadable",)
    return tell.told(mail, PERSON, "unreadable", "an old .doc", flags=flags)


def scanned(tell: Telling) -> StoryMail:
    """Printed, signed, scanned, and too blurred to be read, with Tesseract or without."""
    form = fill(tell.key, "neglect", tell.day).form
    mail = _with(tell, "gp", Attached("Scan0001.pdf", scan(form, blur=8)))
    flags = ("attachment unreadable",)
    return tell.told(mail, PERSON, "unreadable", "a blurred scan: a PDF of pictures", flags=flags)


def secure_link(tell: Telling) -> StoryMail:
    """A notice of secure mail: the form lies behind a link."""
    who = tell.someone("probation")
    body = (
        f"{who.name} has sent you a secure message using Egress.\n\n"
        "To read the message, click the link below and sign in to your Egress account:\n"
        "https://reader.egress.com/secure-message/example\n\n"
        "This link expires in 14 days."
    )
    mail = write(who, tell.at, "Secure message: SIN form", body, html=True)
    note = "a link to secure mail"
    return tell.told(mail, PERSON, "unreadable", note, flags=("protected mail",))


def agenda(tell: Telling) -> StoryMail:
    """Minutes of a meeting about no case."""
    present = [tell.someone(agency) for agency in ("csc", "gmp", "icb")]
    attached = [Attached("Minutes.docx", minutes(tell.working_day(5), present))]
    body = "Minutes of the last meeting attached for information."
    mail = write(present[0], tell.at, "Minutes", body, attached=attached)
    return tell.told(mail, PERSON, "other", "minutes of a meeting", flags=("not a SIN form",))


def stranger(tell: Telling) -> StoryMail:
    """Nothing in it, from nobody known."""
    body = "Hello, is this the right address for the safeguarding partnership? Who can I speak to?"
    mail = write(STRANGER, tell.at, "Question", body, authenticated=False)
    note = "nothing in it, from an unknown sender"
    return tell.told(mail, PERSON, "other", note, flags=("sender unknown",))


def stranger_quotes(tell: Telling) -> StoryMail:
    """An unknown sender knows one of our references."""
    subject = f"{tell.references['infant']}"
    body = "I was told to quote this number. Can you tell me what is happening with it?"
    mail = write(STRANGER, tell.at, subject, body, authenticated=False)
    note = "an unknown sender quotes a reference: offered to a person, never filed"
    return tell.told(mail, PERSON, "correspondence", note, flags=("sender unknown",))


def _form(tell: Telling, theme: str) -> bytes:
    return as_docx(fill(tell.key, theme, tell.day).form, "two columns")


def _with(tell: Telling, agency: str, attached: Attached) -> Sent:
    body = "Please find the SIN form attached."
    return write(tell.someone(agency), tell.at, "SIN form", body, attached=[attached])


SCENES: Scenes = {
    "newsletter": (15, "08:31", newsletter),
    "invitation": (11, "15:30", invitation),
    "blank template": (9, "13:00", blank),
    "bounce": (9, "16:00", bounce),
    "cut short": (8, "11:35", cut_short),
    "protected": (6, "10:00", protected),
    "secure link": (6, "16:15", secure_link),
    "old format": (4, "14:00", old_format),
    "scan": (4, "16:30", scanned),
    "minutes": (3, "11:15", agenda),
    "stranger": (3, "12:00", stranger),
    "stranger quotes": (3, "15:00", stranger_quotes),
    "away": (1, "10:00", away),
    "empty": (1, "11:30", empty),
}
