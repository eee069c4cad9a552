"""A message's bytes become its correspondence and its attachments, at any depth."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from intake.authenticity import authenticated
from intake.bodies import PassedOn, Text, better, read_text, with_tables
from intake.charsets import decode
from intake.containers import kind_of_container, members, unopened_message
from intake.delivery_reports import LONGEST, MACHINE_TEXT, reported_on
from intake.faults import DEFECTS, NO_MESSAGE
from intake.headers import (
    in_reply_to,
    introduction,
    is_message,
    message_id,
    recipients,
    references,
    sender,
    sent_at,
    subject,
)
from intake.limits import DEEPEST, MOST_DOCUMENTS, Budget, too_big
from intake.mail_kind import mail_kind, may_be_answered
from intake.mime import Entity, read_entity, unnamed
from intake.protected import leads_to_documents, protected_document, protected_text
from intake.quotes import new_text
from triage.correspondence import Correspondence
from triage.problem import Problem

_UNKNOWN = "application/octet-stream"
_CONTAINER_ENDINGS = {"archive": "zip", "winmail": "dat"}
_TOO_DEEP = too_big("Messages and archives are nested too deep")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A leaf: a document inside a message, or a container that could not be opened.

    `path` names the containers it lay in, outermost first (neutral words: 'message 1.eml',
    'archive 1.zip'; never the sender's names). `name` is the sender's file name. `inline` says
    it was shown inside the text (a logo, a pasted photograph). `problem` is set for a container
    that could not be opened, or one over the limits.
    """

    name: str
    media_type: str
    content: bytes
    path: tuple[str, ...] = ()
    inline: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened message. `problems` are about the message as a whole (broken MIME and such).

    `html` is the text as the sender laid it out, '' if there was no HTML: a form pasted into the
    message has looks and tables there.
    `laid_out` is its new text, cells apart by tabs, where it has tables and the plain text says it
    otherwise. `passed_on` are the texts of messages attached to it.
    """

    correspondence: Correspondence
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
    html: str = ""
    laid_out: str = ""
    passed_on: tuple[PassedOn, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What a part of a message holds; put together as the parts are."""

    texts: tuple[Text, ...] = ()
    html: tuple[str, ...] = ()
    forwarded: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed_on: tuple[PassedOn, ...] = ()

    def __add__(self, other: _Found) -> _Found:
        return _Found(
            self.texts + other.texts,
            self.html + other.html,
            self.forwarded + other.forwarded,
            self.attachments + other.attachments,
            self.problems + other.problems,
            self.passed_on + other.passed_on,
        )


def open_message(content: bytes, trusted: Collection[str] = (), password: str = "") -> Opened:
    """The message in these bytes; never raises, whatever they are.

    `trusted` names our own servers, as they sign Authentication-Results. `password` opens the
    archives in it that do not open without one.
    """
    message = read_entity(content)
    if not is_message(message.fields):
        return Opened(Correspondence(sender=""), problems=(NO_MESSAGE,))
    found = _entity(message, (), Budget(password=password))
    texts = _plain(found.texts)
    body = new_text(texts)
    html = "\n".join(found.html)
    whole = "\n\n".join((texts, *found.forwarded)).strip()
    return Opened(
        _correspondence(message, body, whole, found, trusted),
        found.attachments,
        tuple(dict.fromkeys(found.problems + protected_text(body))),
        html,
        new_text(with_tables(html, found.texts)),
        found.passed_on,
    )


def _correspondence(
    message: Entity, body: str, full_text: str, found: _Found, trusted: Collection[str]
) -> Correspondence:
    fields = message.fields
    name, address = sender(fields)
    title = subject(fields)
    kind = mail_kind(message, title, any(not one.inline for one in found.attachments))
    about = reported_on(message, kind, full_text)
    return Correspondence(
        sender=address,
        sender_name=name,
        recipients=recipients(fields),
        subject=title,
        sent_at=sent_at(fields),
        message_id=message_id(fields),
        in_reply_to=in_reply_to(fields),
        references=tuple(dict.fromkeys((*references(fields), *about))),
        returned=about if kind == "bounce" else (),
        answerable=may_be_answered(fields),
        kind=kind,
        body=body,
        full_text=full_text,
        attached_text="\n\n".join(found.forwarded),
        authenticated=authenticated(fields, address, trusted),
    )


def _entity(entity: Entity, path: tuple[str, ...], budget: Budget) -> _Found:
    kind = entity.media_type
    if not kind.startswith("multipart/") or entity.defect in ("no parts", "too deep"):
        return _defect(entity) + _leaf(entity, path, budget)
    parts = [part for part in entity.parts if not _is_signature(entity, part)]
    found = [_entity(part, path, budget) for part in parts]
    whole = _defect(entity)
    for part in found:
        whole += part
    if kind == "multipart/alternative":
        whole = replace(whole, texts=better([part.texts for part in found]))
    return whole


def _is_signature(parent: Entity, part: Entity) -> bool:
    """The second part of multipart/signed (RFC 1847), and what macOS adds to a file."""
    if parent.media_type == "multipart/signed":
        return part.media_type.endswith("-signature")
    return part.media_type == "application/applefile"


def _defect(entity: Entity) -> _Found:
    problem = DEFECTS.get(entity.defect)
    return _Found(problems=(problem,)) if problem else _Found()


def _leaf(entity: Entity, path: tuple[str, ...], budget: Budget) -> _Found:
    kind, name = entity.media_type, entity.name
    if kind.startswith("multipart/"):
        kind = "text/plain"
    attached = entity.disposition == "attachment" or bool(name)
    if kind in ("text/plain", "text/html") and not attached:
        text = read_text(kind, entity.content(), entity.parameters.get("charset", ""))
        return _Found((text,), (text.source,) if text.form == "html" else ())
    if kind in MACHINE_TEXT:
        return _Found(forwarded=(decode(entity.content()[:LONGEST]),))
    if kind in ("message/rfc822", "message/global"):
        return _message(entity.content(), path, budget)
    inline = kind.startswith("image/") and (
        entity.disposition == "inline"
        or ("content-id" in entity.fields and entity.disposition != "attachment")
    )
    found = _document(name, kind, entity.content(), path, budget)
    if inline:
        shown = tuple(replace(attachment, inline=True) for attachment in found.attachments)
        return replace(found, attachments=shown)
    return found


def _plain(texts: Iterable[Text]) -> str:
    return "\n\n".join(text.plain(leads_to_documents) for text in texts)


def _message(content: bytes, path: tuple[str, ...], budget: Budget) -> _Found:
    """A message inside the message: its documents count as this one's, its text as forwarded."""
    inner = read_entity(content)
    label = budget.name_container("message", "eml")
    bare = Attachment(label, "message/rfc822", content, path)
    if len(path) >= DEEPEST:
        return _Found(attachments=(replace(bare, problem=_TOO_DEEP),))
    if not is_message(inner.fields):
        return _keep(replace(bare, problem=NO_MESSAGE), budget)
    found, said = _entity(inner, (*path, label), budget), f"{introduction(inner.fields)}\n\n"
    text, html = _plain(found.texts), "\n".join(found.html)
    mine = PassedOn((*path, label), (text, with_tables(html, found.texts)), html)
    forwarded, passed_on = (said + text, *found.forwarded), (mine, *found.passed_on)
    return _Found((), (), forwarded, found.attachments, found.problems, passed_on)


def _document(
    name: str, kind: str, content: bytes, path: tuple[str, ...], budget: Budget
) -> _Found:
    """A file of the message or of a container in it."""
    if name.lower().endswith(".eml") or (kind == "message/rfc822" and name):
        return _message(content, path, budget)
    container = kind_of_container(name, kind, content)
    if container:
        return _container(container, Attachment(name, kind, content, path), budget)
    problem = protected_document(name, kind, content) or unopened_message(name, kind)
    return _keep(Attachment(name or unnamed(kind), kind, content, path, problem=problem), budget)


def _container(kind: str, file: Attachment, budget: Budget) -> _Found:
    label = budget.name_container(kind, _CONTAINER_ENDINGS[kind])
    inside = _TOO_DEEP if len(file.path) >= DEEPEST else members(kind, file.content, budget)
    if isinstance(inside, Problem):
        return _keep(replace(file, name=file.name or label, problem=inside), budget)
    found = _Found()
    path = (*file.path, label)
    for member in inside:
        if member.problem:
            found += _keep(
                Attachment(member.name, _UNKNOWN, b"", path, problem=member.problem), budget
            )
        else:
            found += _document(member.name, _UNKNOWN, member.content, path, budget)
    return found


def _keep(attachment: Attachment, budget: Budget) -> _Found:
    budget.documents -= 1
    if budget.documents < 0:
        return _Found(problems=(too_big(f"The message holds more than {MOST_DOCUMENTS} files"),))
    return _Found(attachments=(attachment,))
