"""`tscp summary`: the daily summary for managers; references and counts only."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tscp.commands.running import (
    UNREACHABLE,
    desk_for,
    said,
    settings_of,
    user_of,
    with_on,
    with_user,
)

if TYPE_CHECKING:
    from storage.outbox import OutboxLine
    from tscp.acts.desk import Desk

EXAMPLE = "tscp summary --preview --html summary.html"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_on(parser, "the summary of this day")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--preview", action="store_true", help="print the text part")
    how.add_argument("--send", action="store_true", help="make it now and send it, once a day")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the HTML part here")
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the text part, or sends it."""
    if args.send and args.html:
        return said("--html goes with --preview: what --send sends has both parts", 2)
    with desk_for(args) as desk:
        return _send(args, desk) if args.send else _preview(args, desk)


def _preview(args: argparse.Namespace, desk: Desk) -> int:
    from tscp.acts.summarise import summary_of
    from tscp.mail_out.render import summary_html, summary_text

    summary, base_url = summary_of(desk, args.on), desk.office.base_url
    if args.html:
        args.html.write_text(summary_html(summary, base_url), encoding="utf-8")
    print(summary_text(summary, base_url), end="")
    return 0


def _send(args: argparse.Namespace, desk: Desk) -> int:
    from tscp.acts.send import deliver
    from tscp.acts.summarise import make_summary
    from tscp.compose import mailer_of

    made, before = make_summary(desk, user_of(args), args.on)
    for letter in before:
        print(_as_it_was(letter))
    if not made:
        return 0
    print(f"{', '.join(made)}: made now")
    done = deliver(desk, mailer_of(settings_of(args)))
    print(f"{done.sent} sent, {done.failed} failed, {done.perhaps} perhaps sent")
    if done.reason:
        said(done.reason, 0)
    return UNREACHABLE if done.later else 0


def _as_it_was(letter: OutboxLine) -> str:
    """'L-000012: made Tue 24 Nov 07:30; sent Tue 24 Nov 07:31'."""
    from triage.summary_period import short_moment

    end = f"{letter.state} {short_moment(letter.sent_at)}" if letter.sent_at else letter.state
    return f"{letter.id}: made {short_moment(letter.at)}; {end}. It is made once a day."
