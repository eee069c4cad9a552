"""`tscp forms`: are the form vocabularies sound; the draft of one from a blank form."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from config.settings import Settings
from triage.problem import Problem
from tscp.commands.running import said, settings_of
from tscp.commands.words import wrapped

EXAMPLE = "tscp forms learn 'blank form.docx' --to notice.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("what", choices=("check", "learn"))
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="check: vocabularies beside those of the settings; learn: the blank form",
    )
    parser.add_argument(
        "--blank", type=Path, metavar="BLANK", help="check: compare the last FILE with this form"
    )
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="learn: write the draft into this new file"
    )


def run(args: argparse.Namespace) -> int:
    """Checks vocabularies, or drafts one."""
    return _learn(args) if args.what == "learn" else _check(args)


def _check(args: argparse.Namespace) -> int:
    """What is wrong in any of them (exit status 1), and what a taught one leaves open."""
    from parsers.vocabulary_check import check, noticed
    from tscp.compose import FORMS

    settings = settings_of(args)
    files = list(
        dict.fromkeys([*FORMS, *settings.forms, *(file.absolute() for file in args.files)])
    )
    if errors := check(files):
        _say(errors)
        return 1
    _say(noticed(files))
    if args.blank is not None:
        if not args.files:
            return said("--blank BLANK needs the FILE that was taught for it", 2)
        if status := _compare(args.blank, settings, files[len(FORMS) :]):
            return status
    print(f"{len(files)} vocabulary files are sound")
    return 0


def _compare(blank: Path, settings: Settings, files: Sequence[Path]) -> int:
    from parsers.learning_apart import compared

    found = _apart(settings.model_copy(update={"forms": files}), compared, blank)
    if isinstance(found, int):
        return found
    _say(found or [f"{blank.name}: every label on it is taught, and every taught label is on it"])
    return 0


def _learn(args: argparse.Namespace) -> int:
    """Writes the draft; standard error says what to do next."""
    from parsers.learning_apart import drafted

    if len(args.files) != 1:
        return said("name one blank form: tscp forms learn 'blank form.docx'", 2)
    blank = args.files[0]
    if args.to is not None and args.to.exists():
        return said(f"{args.to} is there already; name a new file", 2)
    form = re.sub(r"[^a-z0-9]+", "_", blank.stem.lower()).strip("_") or "form"
    found = _apart(settings_of(args), drafted, blank, form)
    if isinstance(found, int):
        return found
    if found.filled:
        said("this form seems to be filled in: what was typed may stand among the labels", 0)
    if args.to is None:
        sys.stdout.write(found.text)
        return 0
    args.to.write_text(found.text, encoding="utf-8")
    next_ = f"tscp forms check '{args.to}' --blank '{blank}'"
    return said(f"{found.labels} labels are in {args.to}: open it, then run {next_}", 0)


def _apart(settings: Settings, function, blank: Path, *more: object):  # type: ignore[no-untyped-def]
    """The function's result from the reading worker; else the exit status, having said why."""
    from tscp.compose import worker_of

    try:
        content = blank.read_bytes()
    except OSError as error:
        return said(f"{blank}: {error.strerror}", 2)
    worker = worker_of(settings)
    try:
        found = worker.run(function, blank.name, content, *more)
    finally:
        worker.close()
    return said(f"{blank.name}: {found.sentence()}", 2) if isinstance(found, Problem) else found


def _say(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(wrapped(sentence, "  "))
