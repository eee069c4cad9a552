"""`tscp desk`: the triage desk alone, until `tscp run` serves it beside the poller."""

from __future__ import annotations

import argparse

from tscp.commands.running import desk_for, settings_of

EXAMPLE = "tscp desk"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own: see [web] in the settings."""


def run(args: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    from tscp.web.serving import serve

    settings = settings_of(args)
    with desk_for(args) as desk:
        serve(desk, settings.web.listen, settings.web.base_url)
    return 0
