"""What kind of mail it is, by its headers: ordinary, or something a machine sent."""

from __future__ import annotations

import re

from intake.addresses import mailboxes
from intake.delivery_reports import nothing_failed, report
from intake.fields import Fields
from intake.mime import Entity
from triage.correspondence import MailKind

_AWAY = re.compile(
    r"\s*\W?(?:automatic (?:reply|response)|auto(?:matic)?[ -]?(?:reply|response)?\s*:|auto-?reply|"
    r"out[ -]of[ -](?:the[ -])?office(?!\W*hours)|ooo\b|away from (?:the|my) office|"
    r"vacation (?:reply|response|notice)|"
    r"abwesenheits|automatische antwort|réponse automatique|respuesta automática)",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"\s*(?:undeliver(?:able|ed)|delivery (?:status notification|(?:has )?fail|incomplete)|"
    r"mail delivery (?:fail|system)|returned mail|failure notice|message not delivered)",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\s*(?:warning: (?:message \S+ delayed|could not send message)|delayed mail|"
    r"delivery (?:delayed|status notification \(delay\)))",
    re.IGNORECASE,
)
_RECEIPT = re.compile(r"\s*(?:read|not read|delivered|relayed)\s*:", re.IGNORECASE)
_AUTOMATIC_FIELDS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from")
_LIST_FIELDS = ("list-id", "list-unsubscribe", "list-post", "list-help", "mailing-list")
_MEETING = ("request", "reply", "cancel", "counter", "refresh", "declinecounter")


def mail_kind(message: Entity, subject: str, has_documents: bool) -> MailKind:
    """The kind of a message. In doubt ordinary: an ordinary mail is looked at, others may not be.

    `has_documents` says whether it carries more than pictures shown in its text.
    """
    if _is_receipt(message) or _is_delay(message.fields, subject):
        return "automatic reply"
    if _is_bounce(message.fields, message, subject):
        return "bounce"
    if _is_meeting(message):
        return "calendar"
    if _is_automatic(message.fields, subject, has_documents):
        return "automatic reply"
    if _is_newsletter(message.fields) and not has_documents:
        return "newsletter"
    return "ordinary"


def may_be_answered(fields: Fields) -> bool:
    """Whether a person sent it who can be answered without asking anybody (RFC 3834, 2).

    Never lists, the null path, several senders, or what says of itself that a machine sent it.
    This says nothing about what is in it: a portal's form is a form.
    """
    if any(name in fields for name in _LIST_FIELDS) or _null_path(fields):
        return False
    submitted = fields.first("auto-submitted").split(";")[0].strip().lower()
    bulk = fields.first("precedence").strip().lower() in ("bulk", "list", "junk")
    suppressed = fields.first("x-auto-response-suppress").lower()
    if submitted not in ("", "no") or bulk or re.search(r"\b(?:all|oof|autoreply)\b", suppressed):
        return False
    return sum(len(mailboxes(text)) for text in fields.all("from")) <= 1


def _is_receipt(message: Entity) -> bool:
    """Read receipts (RFC 8098), and reports of success or delay (RFC 3464, 2.3.3)."""
    said = report(message)
    if said == "disposition-notification":
        return True
    return said == "delivery-status" and nothing_failed(message)


def _is_bounce(fields: Fields, message: Entity, subject: str) -> bool:
    if report(message) == "delivery-status" or "x-failed-recipients" in fields:
        return True
    # A null return path alone proves nothing: automatic replies have it too (RFC 3834, 3.3).
    null, daemon, failed = _null_path(fields), _from_daemon(fields), bool(_FAILED.match(subject))
    return (daemon and (null or failed)) or (null and failed)


def _is_delay(fields: Fields, subject: str) -> bool:
    """A warning in plain text that a mail has not left yet: it has not come back."""
    from_the_system = _null_path(fields) or _from_daemon(fields)
    return from_the_system and bool(_DELAYED.match(subject))


def _null_path(fields: Fields) -> bool:
    return any(text.strip() == "<>" for text in fields.all("return-path"))


def _from_daemon(fields: Fields) -> bool:
    local = next((a.split("@")[0] for _, a in mailboxes(fields.first("from"))), "")
    return "mailer-daemon" in fields.first("from").lower() or local == "postmaster"


def _is_meeting(message: Entity) -> bool:
    """An invitation or its answer (RFC 5546) as the mail's own content, not as a file in it."""
    for entity in message.walk():
        if entity.media_type == "text/calendar" and entity.disposition != "attachment":
            method = entity.parameters.get("method", "").lower()
            return method in _MEETING or message.media_type == "text/calendar"
    return "calendarmessage" in message.fields.first("content-class").lower()


def _is_automatic(fields: Fields, subject: str, has_documents: bool) -> bool:
    submitted = fields.first("auto-submitted").split(";")[0].strip().lower()
    away = bool(_AWAY.match(subject)) or bool(_RECEIPT.match(subject) and submitted)
    if submitted.startswith("auto-replied"):
        return True
    if fields.first("precedence").strip().lower() in ("auto_reply", "auto-reply"):
        return True
    if any(name in fields for name in _AUTOMATIC_FIELDS):
        return not has_documents
    if "mailbox rules agent" in fields.first("x-ms-exchange-generated-message-source").lower():
        return True
    # auto-generated is also what a portal sends that mails finished forms (RFC 3834, 5):
    # only together with the words of an absence is it a reply. X-Auto-Response-Suppress asks
    # that none be sent and says nothing about the mail it stands in.
    return away and (bool(submitted and submitted != "no") or not has_documents)


def _is_newsletter(fields: Fields) -> bool:
    bulk = fields.first("precedence").strip().lower() in ("bulk", "list", "junk")
    unsubscribe = "list-unsubscribe" in fields
    return (unsubscribe and (bulk or "list-id" in fields)) or ("list-id" in fields and bulk)
