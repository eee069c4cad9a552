"""`tscp move`: a case moves to another state, or back."""

from __future__ import annotations

import argparse
import sys

from tscp.commands.running import desk_for, said, user_of, with_json, with_user

EXAMPLE = 'tscp move TSCP-2026-0042 "ready for panel"'


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument(
        "state",
        metavar="STATE",
        nargs="?",
        help="triage, 'information needed', 'ready for panel', 'at panel', decided, "
        "'review under way', closed, duplicate, withdrawn or 'not for TSCP'",
    )
    parser.add_argument("--undo", action="store_true", help="back to before its last move")
    parser.add_argument(
        "--why", default="", help="needed for an end, for going back and for --undo"
    )
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Moves it, says what is still in the way, and shows the case."""
    from triage.panel import in_the_way
    from tscp.acts.move import move, undo_move
    from tscp.commands.words import show_case, wrapped

    if args.undo == (args.state is not None):
        return said("`move REF` needs either STATE or --undo", 2)
    with desk_for(args) as desk:
        if args.undo:
            changed = undo_move(desk, args.reference, user_of(args), args.why)
        else:
            changed = move(desk, args.reference, user_of(args), args.state, args.why)
        way = in_the_way(changed, desk.today()) if changed.state == "ready for panel" else ()
        if way:
            print(wrapped(f"moved, with this still in the way: {'; '.join(way)}"), file=sys.stderr)
        show_case(changed, desk.today(), args.json)
    return 0
