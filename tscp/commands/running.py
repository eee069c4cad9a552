"""What every command shares: settings, the desk, who acts, printing, and errors as sentences."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings, SettingsWrong, load
from triage.problem import Explained
from tscp.logs import set_up_logs

if TYPE_CHECKING:
    from tscp.acts.desk import Desk

UNREACHABLE = 75
"""EX_TEMPFAIL of sysexits.h: try again later."""


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings from --config, else TSCP_CONFIG, else ./tscp.toml, else the defaults."""
    named = args.config or os.environ.get("TSCP_CONFIG")
    if named:
        return load(Path(named))
    usual = Path("tscp.toml")
    return load(usual if usual.is_file() else None)


@contextmanager
def desk_for(args: argparse.Namespace) -> Iterator[Desk]:
    """The desk of the settings."""
    from tscp.compose import desk_of

    with desk_of(settings_of(args)) as desk:
        yield desk


def guarded(run: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """Runs a command; every foreseen error becomes a sentence and an exit status."""
    set_up_logs()
    try:
        return run(args)
    except SettingsWrong as error:
        return said(str(error), 2)
    except Explained as error:
        return said(str(error), UNREACHABLE if error.try_later else 2)
    except BrokenPipeError:
        raise  # the reader of our output went away: tscp/cli.py ends quietly
    except KeyboardInterrupt:
        return said("stopped; nothing is lost, the next poll carries on", 130)
    except Exception as error:  # noqa: BLE001  # the command line's end: a sentence, no data
        import structlog

        structlog.get_logger().error("command_failed", error=type(error).__name__, exc_info=True)
        return said("this is a fault of the program itself; the log above names it", 1)


def said(sentence: str, status: int) -> int:
    """Says why on standard error; returns the exit status."""
    print(sentence, file=sys.stderr)
    return status


def json_lines(lines: Iterable[object]) -> None:
    """A JSON object a line on standard output."""
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def with_json(parser: argparse.ArgumentParser) -> None:
    """The --json option."""
    parser.add_argument("--json", action="store_true", help="JSON on standard output")


def with_user(parser: argparse.ArgumentParser) -> None:
    """The --as option of acts and views."""
    parser.add_argument("--as", dest="user", metavar="USER", help="who acts, for the audit")


def user_of(args: argparse.Namespace) -> str:
    """Who acts: --as, else the operating system's user."""
    if args.user:
        return str(args.user)
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def a_day(text: str) -> date:
    """An ISO date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-03-03") from None


def with_on(parser: argparse.ArgumentParser, help: str) -> None:
    """The --on option."""
    parser.add_argument("--on", type=a_day, metavar="DATE", help=help)
