"""`tscp import`: messages and form files from disk, the same way as from a mailbox."""

from __future__ import annotations

import argparse
from pathlib import Path

from tscp.commands.running import desk_for, json_lines, said, with_json, with_user

EXAMPLE = "tscp import old-mail/ form.docx"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH",
                        help=".eml, mbox, Maildir, a folder of these, or a form file")  # fmt: skip
    parser.add_argument(
        "--as-history",
        action="store_true",
        help="only mail from before letters went live: filed, and never written about",
    )
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Imports, processes, and shows each message's line of the register."""
    from tscp import as_json
    from tscp.acts.import_files import import_paths

    missing = [str(path) for path in args.paths if not path.exists()]
    if missing:
        return said(f"no such file or folder: {', '.join(missing)}", 2)
    with desk_for(args) as desk:
        lines = import_paths(desk, args.paths, args.as_history)
    if args.json:
        json_lines(as_json.message(line) for line in lines)
        return 0
    for line in lines:
        print(f"{line.id}  {line.state}  {line.kind or ''}  {', '.join(line.cases)}{line.reason}")
    if not lines:
        print("nothing new: every message there is in the register already")
    return 0
