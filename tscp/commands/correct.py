"""`tscp correct`: staff say what an answer is."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, said, user_of, with_json, with_user

EXAMPLE = (
    'tscp correct TSCP-2026-0042 children.0.date_of_birth "5 June 2021" --why "birth certificate"'
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("key", metavar="KEY", help="la_aware_date, children.0.date_of_birth, …")
    parser.add_argument(
        "value",
        metavar="VALUE",
        nargs="?",
        help="as one would write it on the form; '-' for not given",
    )
    parser.add_argument(
        "--withdraw", action="store_true", help="take the correction back: what was read counts"
    )
    parser.add_argument("--why", default="", help="kept with the case")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Corrects it and shows the case."""
    from tscp.acts.correct import correct, withdraw_correction
    from tscp.commands.words import show_case

    if args.withdraw == (args.value is not None):
        return said("`correct REF KEY` needs either VALUE or --withdraw", 2)
    with desk_for(args) as desk:
        what = (desk, args.reference, user_of(args), args.key)
        if args.withdraw:
            changed = withdraw_correction(*what, args.why)
        else:
            changed = correct(*what, args.value, args.why)
        show_case(changed, desk.today(), args.json)
    return 0
