"""`tscp summary`: the daily summary for managers; references and counts only."""

from __future__ import annotations

import argparse
from pathlib import Path

from tscp.commands.running import desk_for, said, settings_of, with_on

EXAMPLE = "tscp summary --preview --html summary.html"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_on(parser, "the summary of this day")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--preview", action="store_true", help="print the text part")
    how.add_argument("--send", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the HTML part here")


def run(args: argparse.Namespace) -> int:
    """Prints the text part."""
    from tscp.acts.summarise import summary_of
    from tscp.mail_out.render import summary_html, summary_text

    if args.send:
        return said("sending is not built yet: use --preview and paste it into a mail", 2)
    base_url = settings_of(args).web.base_url
    with desk_for(args) as desk:
        summary = summary_of(desk, args.on)
    if args.html:
        args.html.write_text(summary_html(summary, base_url), encoding="utf-8")
    print(summary_text(summary, base_url), end="")
    return 0
