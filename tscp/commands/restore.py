"""`tscp restore`: a backup becomes an installation again, in an empty place."""

from __future__ import annotations

import argparse
from pathlib import Path

from tscp.commands.running import json_lines, settings_of, user_of, with_json, with_user

EXAMPLE = "tscp restore /backups/2026-12-01"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a backup")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Restores into the settings' data and database, and says whether its keys open it."""
    from tscp.acts.back_up import restore
    from tscp.commands.backup_words import restored_words
    from tscp.compose import utc_now

    to = settings_of(args)
    done = restore(args.folder, to.data, to.keys, to.database, user_of(args), utc_now)
    if args.json:
        json_lines([{"folder": str(args.folder), "opened": done.opened, **done.manifest.as_json()}])
    else:
        print(restored_words(done, to.data, to.keys))
    return 0
