"""`tscp migrate`: brings the database's tables to this version of the program."""

from __future__ import annotations

import argparse

from tscp.commands.running import settings_of

EXAMPLE = "tscp migrate"


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(args: argparse.Namespace) -> int:
    """Migrates an existing database, or makes a new installation where `data` is empty."""
    from storage.installation import migrate_installation

    settings = settings_of(args)
    before, after = migrate_installation(settings.data, settings.keys, settings.database)
    print(f"tables at version {after}" + (", as before" if before == after else ""))
    return 0
