"""`tscp compare`: each mailbox beside the register; changes nothing in either."""

from __future__ import annotations

import argparse

from tscp.commands.running import (
    UNREACHABLE,
    desk_for,
    json_lines,
    said,
    settings_of,
    user_of,
    with_json,
    with_user,
)

EXAMPLE = "tscp compare"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Compares every mailbox; 75 where one cannot be read."""
    from tscp.acts.compare import compare
    from tscp.commands.compare_words import as_json, compared_words
    from tscp.compose import sources_of

    settings = settings_of(args)
    if not settings.mailbox:
        return said("no [[mailbox]] is set: add one to the settings (docs/configuration.md)", 2)
    ends = []
    with desk_for(args) as desk:
        for one in compare(desk, sources_of(settings), user_of(args)):
            ends.append(one.reason)
            if args.json:
                json_lines([as_json(one)])
            else:
                print("\n".join(compared_words(one)))
    return UNREACHABLE if any(ends) else 0
