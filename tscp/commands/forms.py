"""`tscp forms check`: are the form vocabularies sound."""

from __future__ import annotations

import argparse

from tscp.commands.running import said, settings_of

EXAMPLE = "tscp forms check"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("what", choices=("check", "learn"))
    parser.add_argument("blank", nargs="?", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Checks every vocabulary file; prints each error with its file and key."""
    from parsers.vocabulary_check import check
    from tscp.compose import FORMS

    if args.what == "learn":
        return said("`tscp forms learn` is not built yet: copy a file of config/forms", 2)
    files = [*FORMS, *settings_of(args).forms]
    errors = check(files)
    for error in errors:
        print(error)
    if errors:
        return 1
    print(f"{len(files)} vocabulary files are sound")
    return 0
