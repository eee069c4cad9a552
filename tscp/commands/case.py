"""`tscp case`: one case with everything that is known of it."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, user_of, with_json, with_on, with_user

EXAMPLE = "tscp case TSCP-2026-0042 --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument(
        "--missing", action="store_true", help="only what is missing, as text for an e-mail"
    )
    with_on(parser, "the case as it stood at the end of this day")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Shows the case; the view is audited."""
    from triage.missing import missing_text, outstanding_text
    from tscp.acts.look import see_case
    from tscp.commands.words import show_case

    with desk_for(args) as desk:
        seen, today = see_case(desk, args.reference, user_of(args), args.on), desk.today(args.on)
        if args.missing:
            print(f"{missing_text(seen, today)}\n{outstanding_text(seen, today)}")
        else:
            show_case(seen, today, args.json)
    return 0
