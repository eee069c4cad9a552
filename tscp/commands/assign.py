"""`tscp assign`: a case is given to a member of staff."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, user_of, with_json, with_user

EXAMPLE = "tscp assign TSCP-2026-0042 p.officer"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("to", metavar="USER", help="to whom; '-' for nobody")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Assigns it and shows the case."""
    from tscp.acts.assign import assign
    from tscp.commands.words import show_case

    with desk_for(args) as desk:
        changed = assign(desk, args.reference, args.to, user_of(args))
        show_case(changed, desk.today(), args.json)
    return 0
