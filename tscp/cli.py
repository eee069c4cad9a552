"""The command line: `tscp COMMAND …`. Each command's module is imported only when it is called.

Exit status: 0 done, 1 our own fault (or `check` found something wrong), 2 wrong use or
configuration, 75 something cannot be reached now and the rest was done.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

COMMANDS: dict[str, str] = {
    "run": "poll, process, send what may leave, and serve the desk, until it is stopped",
    "poll": "read every mailbox once and take each message to its place",
    "import": "take messages or form files from disk, the same way without a server",
    "messages": "the register: every message ever seen, with its state and reason",
    "settle": "settle a message that needs a person",
    "read": "read one document or .eml and show what was understood (no database)",
    "queue": "the triage queue, in order",
    "case": "one case: answers, contributions, clocks, flags, what is in the way",
    "correct": "say what an answer is, beside what was read",
    "move": "move a case to another state, or back",
    "assign": "give a case to a member of staff",
    "record": "record the notification decision, or that the partners were told",
    "contribution": "record an agency's contribution",
    "letters": "the outbox: look, send, cancel; stop all letters and start them again",
    "summary": "the daily summary for managers: references and counts only",
    "forms": "check the form vocabularies; draft one from a blank form",
    "check": "is this installation sound",
    "migrate": "bring the database's tables to this version",
    "user": "make an account for the desk",
    "desk": "serve the triage desk alone",
    "compare": "what lies in a mailbox and not in the register, and the reverse",
    "export-original": "a message's bytes as they were received",
    "backup": "everything but the keys, while the service works",
    "restore": "make an installation of a backup, in an empty place",
}
"""Every command that is built, with one line of help."""

NOT_BUILT: dict[str, str] = {
    "import-tracker": "",
    "replay": "use `tscp settle ID --retry`",
}
"""Commands of the interface that a later version brings, and what to do until then."""


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns its exit status."""
    try:
        try:
            return _done(argv)
        finally:
            sys.stdout.flush()  # now, while a reader that went away can still be caught
    except BrokenPipeError:
        # The reader of our output went away (`tscp --help | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _done(argv: list[str] | None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help"):
        print(_overview())
        return 0
    if name in NOT_BUILT:
        until = f" Until then: {NOT_BUILT[name]}." if NOT_BUILT[name] else ""
        return _wrong(f"`tscp {name}` is not built yet.{until}")
    if name not in COMMANDS:
        return _wrong(f"no command '{name}'; `tscp --help` lists them")
    return _run(name, arguments[1:])


def _run(name: str, arguments: list[str]) -> int:
    module = import_module(f"tscp.commands.{_module(name)}")
    parser = argparse.ArgumentParser(
        prog=f"tscp {name}",
        description=COMMANDS[name].capitalize() + ".",
        epilog=f"example: {module.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--config", metavar="FILE", help="settings file (else TSCP_CONFIG, else ./tscp.toml)"
    )
    module.arguments(parser)
    parsed = parser.parse_args(arguments)
    from tscp.commands.running import guarded

    return guarded(module.run, parsed)


def _module(name: str) -> str:
    """A command's module; `import` is a word of Python's."""
    return "import_files" if name == "import" else name.replace("-", "_")


def _overview() -> str:
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{text}" for name, text in COMMANDS.items()]
    return "\n".join(
        [
            "usage: tscp COMMAND [--help] …",
            "",
            "Referral intake and triage of serious child safeguarding incident forms.",
            "",
            *lines,
            "",
            "Every command has --help with an example, and --config FILE.",
        ]
    )


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
