"""`tscp queue`: the open cases, worst first."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, json_lines, user_of, with_json, with_on, with_user

EXAMPLE = "tscp queue --on 2026-11-24 --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_on(parser, "the queue as it stood at the end of this day")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Shows the queue in order."""
    from tscp import as_json
    from tscp.acts.look import see_queue
    from tscp.commands.words import queue_words

    with desk_for(args) as desk:
        today, entries = desk.today(args.on), see_queue(desk, user_of(args), args.on)
        if args.json:
            json_lines(as_json.queue_line(entry, today) for entry in entries)
            return 0
        shown = 0
        for entry in entries:
            shown += 1
            print(queue_words(entry, today), end="\n\n")
        if not shown:
            print("No open cases.")
    return 0
