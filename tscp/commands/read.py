"""`tscp read`: one document or .eml, and what was understood of it. No database, nothing kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tscp.commands.running import json_lines, said, settings_of, with_json

EXAMPLE = "tscp read 'SIN form.docx' --json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--form", type=Path, action="append", default=[], metavar="VOCABULARY",
        help="a taught form to try beside those of the settings",
    )  # fmt: skip
    with_json(parser)


def run(args: argparse.Namespace) -> int:
    """Reads it in the worker, as the service would. What cannot be read is no error."""
    from parsers.vocabulary_check import check
    from tscp.acts.read_file import read_file
    from tscp.compose import FORMS, worker_of

    try:
        content = args.file.read_bytes()
    except OSError as error:
        return said(f"{args.file}: {error.strerror}", 2)
    settings = settings_of(args)
    forms = [*settings.forms, *(form.absolute() for form in args.form)]
    if args.form and (wrong := check([*FORMS, *forms])):
        return said("\n".join(wrong), 2)
    worker = worker_of(settings.model_copy(update={"forms": forms}))
    try:
        result = read_file(worker, args.file.name, content)
    finally:
        worker.close()
    if args.json:
        json_lines([result])
    else:
        from tscp.commands.read_words import read_words

        sys.stdout.write("\n".join(read_words(result, settings.limits.ask_below)) + "\n")
    return 0
