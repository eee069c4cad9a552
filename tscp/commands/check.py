"""`tscp check`: is this installation sound; one line a finding, and what to do."""

from __future__ import annotations

import argparse

from tscp.commands.running import json_lines, settings_of, with_json

EXAMPLE = "tscp check"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    with_json(parser)


def run(args: argparse.Namespace) -> int:
    """Looks at everything, even after something was found wrong."""
    from tscp.check import findings

    found = list(findings(settings_of(args)))
    if args.json:
        json_lines({"what": f.what, "ok": f.ok, "said": f.said} for f in found)
    else:
        for f in found:
            print(f"{'ok     ' if f.ok else 'WRONG  '}{f.what}: {f.said}")
    return 0 if all(f.ok for f in found) else 1
