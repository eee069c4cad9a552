"""What the service can be told to do, and how it is set up, is written down for its users."""

import re
import typing

import pytest
from pydantic import BaseModel
from sizes import ROOT

from config.settings import Settings
from tscp.cli import COMMANDS, NOT_BUILT

DOCS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if path.is_file()
)


def models_in(annotation):
    """The settings models a type is made of: itself, or within `list[…]`, `… | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in models_in(part)]


def keys(model, path=""):
    """Every key of the settings file, as `poll.every`."""
    for name, field in model.model_fields.items():
        key = f"{path}{field.alias or name}"
        yield key
        for inner in models_in(field.annotation):
            yield from keys(inner, f"{key}.")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_documents(command):
    assert re.search(rf"\btscp {re.escape(command)}\b", DOCS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_one_line_of_help(command):
    assert len(COMMANDS[command].strip().splitlines()) == 1


@pytest.mark.parametrize("key", sorted(set(keys(Settings))))
def test_every_setting_is_in_the_documents(key):
    assert re.search(rf"\b{re.escape(key.rpartition('.')[2])}\b", DOCS)


def test_no_document_names_a_command_there_is_not():
    told = set(re.findall(r"`tscp ([a-z][a-z-]*)", DOCS))
    assert told <= {command.partition(" ")[0] for command in COMMANDS} | set(NOT_BUILT)
