"""`tscp record`: the notification decision, and that the partners were told."""

from __future__ import annotations

import argparse

from tscp.commands.running import a_day, desk_for, said, user_of, with_json, with_user

EXAMPLE = "tscp record TSCP-2026-0042 notification --decided yes --sent-on 2026-11-24"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("reference", metavar="REF")
    parser.add_argument("what", choices=("notification", "partners-told"))
    parser.add_argument("--decided", choices=("yes", "no"), help="notify the National Panel?")
    parser.add_argument("--decided-on", type=a_day, metavar="DATE", help="else today")
    parser.add_argument("--sent-on", type=a_day, metavar="DATE", help="when it was sent")
    parser.add_argument("--panel-reference", metavar="X")
    parser.add_argument("--on", type=a_day, metavar="DATE", help="partners-told: the day")
    parser.add_argument("--why", default="", help="the reasons, kept with the case")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Records it and shows the case."""
    from tscp.acts.decide import record_notification, record_partners_told
    from tscp.commands.words import show_case

    if args.what == "partners-told" and args.on is None:
        return said("`record REF partners-told` needs --on", 2)
    with desk_for(args) as desk:
        if args.what == "partners-told":
            changed = record_partners_told(desk, args.reference, user_of(args), args.on)
        else:
            changed = record_notification(
                desk,
                args.reference,
                user_of(args),
                None if args.decided is None else args.decided == "yes",
                args.decided_on,
                args.sent_on,
                args.panel_reference,
                args.why,
            )
        show_case(changed, desk.today(), args.json)
    return 0
