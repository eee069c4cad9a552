"""`tscp backup`: everything but the keys, consistent, while the service works."""

from __future__ import annotations

import argparse
from pathlib import Path

from tscp.commands.running import json_lines, settings_of, user_of, with_json, with_user

EXAMPLE = "tscp backup /backups/2026-12-01"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder, apart from data")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Makes the backup and says what is in it, and what is not: the keys."""
    from tscp.acts.back_up import back_up
    from tscp.commands.backup_words import made_words
    from tscp.compose import desk_of

    settings = settings_of(args)
    apart_from = (settings.data, settings.keys)
    with desk_of(settings) as desk:
        made = back_up(desk, args.folder, user_of(args), apart_from)
    if args.json:
        json_lines([{"folder": str(args.folder), **made.as_json()}])
    else:
        print(made_words(made, args.folder, settings.keys))
    return 1 if made.originals_missing else 0
