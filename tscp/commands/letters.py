"""`tscp letters`: the outbox, and what people do with it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tscp.commands.running import (
    UNREACHABLE,
    desk_for,
    json_lines,
    said,
    settings_of,
    user_of,
    with_json,
    with_user,
)

if TYPE_CHECKING:
    from storage.outbox import OutboxLine
    from tscp.acts.desk import Desk
    from tscp.mail_out.render import Rendered

EXAMPLE = "tscp letters --send L-000012 L-000013"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--send", nargs="+", metavar="ID", help="send these: drafts, failed ones")
    how.add_argument("--cancel", nargs="+", metavar="ID", help="these are not to leave")
    how.add_argument("--was-sent", nargs="+", metavar="ID", help="these, perhaps sent, did leave")
    how.add_argument("--show", metavar="ID", help="one letter in words, as it would leave now")
    how.add_argument("--deliver", action="store_true", help="send what is due, once")
    how.add_argument("--hold", action="store_true", help="stop all letters at once")
    how.add_argument("--release", action="store_true", help="let letters leave again")
    parser.add_argument("--state", help="only letters in this state")
    parser.add_argument("--why", default="", help="with --cancel: the reason, without names")
    with_json(parser)
    with_user(parser)


def run(args: argparse.Namespace) -> int:
    """Does what was asked and shows the letters it was about; without options, all of them."""
    from tscp.acts import letters

    user = user_of(args)
    with desk_for(args) as desk:
        if args.hold or args.release:
            (letters.hold if args.hold else letters.start_again)(desk, user)
            return said("all letters are held" if args.hold else "letters leave again", 0)
        if args.deliver:
            return _deliver(args, desk)
        if args.show:
            return _show(*letters.see_letter(desk, args.show, user))
        if args.send:
            return _each(args, args.send, lambda one: letters.release(desk, one, user))
        if args.cancel:
            return _each(args, args.cancel, lambda one: letters.cancel(desk, one, user, args.why))
        if args.was_sent:
            return _each(args, args.was_sent, lambda one: letters.was_sent(desk, one, user))
        states = (args.state,) if args.state else ()
        return _listed(args, letters.see_letters(desk, user, states))


def _each(args: argparse.Namespace, ids: Sequence[str], act: Callable[[str], OutboxLine]) -> int:
    """Does it with each letter; those that refuse are told at the end, the others are done."""
    from tscp.acts.desk import Refused

    done, refused = [], []
    for one in ids:
        try:
            done.append(act(one))
        except Refused as error:
            refused.append(str(error))
    if done:
        _listed(args, done)
    return said("\n".join(refused), 2) if refused else 0


def _deliver(args: argparse.Namespace, desk: Desk) -> int:
    from tscp.acts.chase import chase
    from tscp.acts.send import deliver
    from tscp.acts.summarise import queue_summary
    from tscp.acts.watch import watch
    from tscp.compose import mailer_of

    settings = settings_of(args)
    chase(desk)
    queue_summary(desk)
    watch(desk, [box.name for box in settings.mailbox])
    done = deliver(desk, mailer_of(settings))
    print(f"{done.sent} sent, {done.failed} failed, {done.perhaps} perhaps sent")
    if done.reason:
        print(done.reason, file=sys.stderr)
    return UNREACHABLE if done.later else 0


def _show(letter: OutboxLine, words: Rendered) -> int:
    print(f"{letter.id} {letter.state}\nTo: {letter.to}\nSubject: {words.subject}\n\n{words.text}")
    return 0


def _listed(args: argparse.Namespace, lines: Sequence[OutboxLine]) -> int:
    from tscp import as_json
    from tscp.commands.letter_words import letters_in_words

    if args.json:
        json_lines(as_json.letter(line) for line in lines)
    else:
        print(letters_in_words(lines))
    return 0
