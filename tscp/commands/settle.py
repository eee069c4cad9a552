"""`tscp settle`: what a person decides about a message that the rules could not place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from triage.problem import Explained
from tscp.commands.running import desk_for, json_lines, said, user_of, with_json, with_user

EXAMPLE = "tscp settle M-000019 --to-case TSCP-2026-0004"
MOST_BYTES = 10_000
"""Of a password's file; more is surely another file."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("message", metavar="ID")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--retry", action="store_true", help="read it again from its original")
    how.add_argument("--to-case", metavar="REF", help="file it to this case")
    how.add_argument("--new-case", action="store_true", help="open a case for it")
    how.add_argument("--not-for-us", metavar="WHY", help="ignore it, for this reason")
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        help="with --retry: opens what is protected; '-' reads it from standard input",
    )
    parser.add_argument("--why", default="", help="kept with the case")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Settles it and shows its new line of the register."""
    from tscp import as_json
    from tscp.acts import settle
    from tscp.commands.words import register_words

    if args.password_file is not None and not args.retry:
        return said("--password-file goes with --retry: a password is for reading again", 2)
    password = "" if args.password_file is None else _password(args.password_file)
    user = user_of(args)
    with desk_for(args) as desk:
        if args.retry:
            line = settle.retry(desk, args.message, user, password, args.why)
        elif args.to_case:
            line = settle.settle_to_case(desk, args.message, args.to_case, user, args.why)
        elif args.new_case:
            line = settle.settle_new_case(desk, args.message, user, args.why)
        else:
            line = settle.settle_not_for_us(desk, args.message, user, args.not_for_us)
    if args.json:
        json_lines([as_json.message(line)])
    else:
        print(register_words(line, names=False))
    return 0


def _password(file: str) -> str:
    """The one line in the file; '-' is standard input. Raises PasswordUnusable."""
    at = "standard input" if file == "-" else file
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MOST_BYTES)
        # Windows' Notepad begins a file with a mark of its own.
        password = content.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise PasswordUnusable(f"--password-file: {at}: {error.strerror}") from None
    except UnicodeDecodeError:
        # Its text would quote what it could not decode.
        raise PasswordUnusable(f"--password-file: {at} is not text in UTF-8") from None
    if not password or len(password.splitlines()) > 1:
        raise PasswordUnusable(f"--password-file: {at} must hold the password in its only line")
    return password


class PasswordUnusable(Explained):
    """The file that should hold the password does not; the text says why, never what it holds."""
