"""One helper opens and ends every transaction, so that nobody has to look for another."""

import ast

from sizes import ROOT, sources


def commits():
    """Where in the rooms something's `.commit` is named."""
    return [
        str(path.relative_to(ROOT))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def test_the_only_commit_is_in_storage_database():
    assert commits() == ["storage/database.py"]
