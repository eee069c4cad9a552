"""`tscp contribution`: how an agency's contribution stands."""

from __future__ import annotations

import argparse

from tscp.commands.running import a_day, desk_for, user_of, with_json, with_user

EXAMPLE = 'tscp contribution TSCP-2026-0042 gp "not known to us" --on 2026-11-24'


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("agency", metavar="AGENCY", help="id, name or alias in the register")
    parser.add_argument(
        "state",
        metavar="STATE",
        help="expected, requested, received, 'not known to us', declined or 'not applicable'",
    )
    parser.add_argument("--on", type=a_day, metavar="DATE", help="when, else today")
    parser.add_argument("--why", default="", help="kept with the case")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Records it and shows the case."""
    from tscp.acts.contribute import contribute
    from tscp.commands.words import show_case

    with desk_for(args) as desk:
        changed = contribute(
            desk, args.reference, user_of(args), args.agency, args.state, args.on, args.why
        )
        show_case(changed, desk.today(), args.json)
    return 0
