"""`tscp user add`: an account for the desk, or a new password for one."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from tscp.commands.running import desk_for, said, user_of, with_user

EXAMPLE = 'tscp user add p.officer --role "business support"'


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("what", choices=("add",))
    parser.add_argument("name", metavar="NAME")
    roles = "business support, manager, panel member, administrator or auditor"
    parser.add_argument("--role", required=True, help=roles)
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="else it is asked for")
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Makes the account."""
    from tscp.acts.accounts import add_account

    try:
        password = _password(args.password_file)
    except OSError as error:
        return said(f"--password-file: {args.password_file}: {error.strerror}", 2)
    with desk_for(args) as desk:
        new = add_account(desk, args.name, args.role, password, user_of(args))
    print(f"account {args.name} made" if new else f"account {args.name}: new password and role")
    return 0


def _password(file: Path | None) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    if sys.stdin.isatty():
        return getpass.getpass("password: ")
    return sys.stdin.readline().rstrip("\r\n")
