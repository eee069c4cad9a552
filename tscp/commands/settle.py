"""`tscp settle`: what a person decides about a message that the rules could not place."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, json_lines, said, user_of, with_json, with_user

EXAMPLE = "tscp settle M-000019 --to-case TSCP-2026-0004"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("message", metavar="ID")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--retry", action="store_true", help="read it again from its original")
    how.add_argument("--to-case", metavar="REF", help="file it to this case")
    how.add_argument("--new-case", action="store_true", help="open a case for it")
    how.add_argument("--not-for-us", metavar="WHY", help="ignore it, for this reason")
    parser.add_argument("--password-file", help=argparse.SUPPRESS)
    parser.add_argument("--why", default="", help="kept with the case")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Settles it and shows its new line of the register."""
    from tscp import as_json
    from tscp.acts import settle
    from tscp.commands.words import register_words

    if args.password_file:
        return said("--password-file is not built yet: ask for a copy without a password", 2)
    user = user_of(args)
    with desk_for(args) as desk:
        if args.retry:
            line = settle.retry(desk, args.message, user)
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
