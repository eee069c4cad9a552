"""`tscp run`: polling, processing, letters, the summary and the desk, in one process."""

from __future__ import annotations

import argparse
from dataclasses import replace

from tscp.commands.running import said, settings_of

EXAMPLE = "tscp run --config /etc/tscp/tscp.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own: everything is in the settings."""


def run(args: argparse.Namespace) -> int:
    """Runs until SIGTERM or SIGINT."""
    from tscp.compose import desk_of, jobs_of
    from tscp.service import Service, Signals

    settings = settings_of(args)
    if not settings.mailbox:
        return said("no [[mailbox]] is set: add one to the settings (docs/configuration.md)", 2)
    signals = Signals()
    with desk_of(settings) as composed:
        desk = replace(composed, stopping=signals.told)
        jobs = jobs_of(settings, desk)
        Service(desk, signals, jobs, settings.web.listen, settings.web.base_url).run()
    return 0
