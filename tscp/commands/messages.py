"""`tscp messages`: the register, every place a message was seen at, in order of receipt."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time

from tscp.commands.running import a_day, desk_for, json_lines, user_of, with_json, with_user

EXAMPLE = 'tscp messages --state "needs a person" --since 2026-11-01'
STATES = ("received", "filed", "needs a person", "ignored")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--state", choices=STATES)
    parser.add_argument("--since", type=a_day, metavar="DATE", help="received on this day or later")
    parser.add_argument("--names", action="store_true", help="show senders and file names")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Streams the register."""
    from tscp import as_json
    from tscp.acts.look import see_register
    from tscp.commands.words import register_words

    with (
        desk_for(args) as desk,
        see_register(desk, user_of(args), args.state, _start(args.since)) as lines,
    ):
        if args.json:
            json_lines(as_json.message(line, args.names) for line in lines)
        else:
            for line in lines:
                print(register_words(line, args.names))
    return 0


def _start(day: date | None) -> datetime | None:
    from triage.working_days import LONDON

    return datetime.combine(day, time(), tzinfo=LONDON) if day else None
