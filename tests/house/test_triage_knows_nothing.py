"""triage is the domain: it computes, and can be read and tested without any machinery."""

import ast
import sys

import pytest
from sizes import ROOT

COMPUTING = {"triage", "rapidfuzz", "jellyfish"}
# Of the standard library, what reaches outside the function that calls it.
REACHING_OUT = {
    *(
        "asyncio",
        "email",
        "ftplib",
        "http",
        "imaplib",
        "io",
        "logging",
        "mailbox",
        "multiprocessing",
    ),
    *("os", "pathlib", "poplib", "shutil", "smtplib", "socket", "sqlite3", "ssl", "subprocess"),
    *("tempfile", "threading", "time", "urllib"),
}
ALLOWED = COMPUTING | (set(sys.stdlib_module_names) - REACHING_OUT)
FILES = sorted((ROOT / "triage").rglob("*.py"))


def imported(tree):
    """The first part of every imported name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "triage").partition(".")[0] if not node.level else "triage"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_imports_only_itself_and_what_computes(path):
    assert set(imported(ast.parse(path.read_text(encoding="utf-8")))) <= ALLOWED


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_does_not_look_at_the_clock_or_open_files(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    plain = {call.id for call in calls if isinstance(call, ast.Name)}
    assert not named & {"now", "utcnow", "today"}
    assert not plain & {"open", "print", "input"}
