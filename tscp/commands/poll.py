"""`tscp poll`: every mailbox once, each message taken to its place. Sends nothing."""

from __future__ import annotations

import argparse
from collections import Counter

from tscp.commands.running import UNREACHABLE, desk_for, json_lines, said, settings_of, with_json

EXAMPLE = "tscp poll --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_json(parser)


def run(args: argparse.Namespace) -> int:
    """Polls, processes, and says what became of it."""
    from tscp.acts.poll import poll
    from tscp.acts.process import process_waiting
    from tscp.compose import sources_of

    settings = settings_of(args)
    if not settings.mailbox:
        return said("no [[mailbox]] is set: add one to the settings (docs/configuration.md)", 2)
    with desk_for(args) as desk:
        polled = poll(desk, sources_of(settings))
        ends = Counter(state for _, state in process_waiting(desk))
        for one in polled:
            ends.update(state for state in one.states if state != "received")
    result = {
        "mailboxes": [
            {"name": p.name, "ok": p.ok, "reason": p.reason, "new": p.new} for p in polled
        ],
        "filed": ends["filed"],
        "needs_a_person": ends["needs a person"],
        "ignored": ends["ignored"],
    }
    if args.json:
        json_lines([result])
    else:
        for p in polled:
            print(f"{p.name}: {p.new} new" + (f"; {p.reason}" if p.reason else ""))
        print(
            f"{ends['filed']} filed, {ends['needs a person']} need a person, "
            f"{ends['ignored']} ignored"
        )
    return 0 if all(p.ok for p in polled) else UNREACHABLE
