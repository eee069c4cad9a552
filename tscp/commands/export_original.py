"""`tscp export-original`: a message's bytes as they were received."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tscp.commands.running import desk_for, said, user_of, with_user

EXAMPLE = "tscp export-original M-000019 --to message.eml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("message", metavar="ID")
    parser.add_argument("--to", type=Path, metavar="FILE", help="a new file; else standard output")
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Writes it, and says on standard error where it is not the whole message."""
    from tscp.acts.export_original import export_original

    if args.to is None and sys.stdout.isatty():
        return said("a message may hold anything, so none is shown on a terminal: add --to FILE", 2)
    if args.to is not None and os.path.lexists(args.to):
        return said(f"{args.to} is there already: name a new file", 2)
    with desk_for(args) as desk:
        exported = export_original(desk, args.message, user_of(args))
    if args.to is None:
        sys.stdout.buffer.write(exported.content)
        sys.stdout.flush()
    else:
        try:
            _write(args.to, exported.content)
        except OSError as error:
            return said(f"{args.to} cannot be written ({error.strerror})", 2)
    return said(exported.problem, 0) if exported.problem else 0


def _write(path: Path, content: bytes) -> None:
    """For its owner only, and only where nothing is."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
