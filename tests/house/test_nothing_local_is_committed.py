"""The repository says nothing of the machines it was written on, and binds nobody to a licence."""

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from sizes import ROOT

# In pieces, or this file would find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "registry.yarn" + "pkg"]
HOMES = [r"(?<![\w.:/-])/" + home + "/" for home in ("work", "root", "home", "Users")]
LOCAL = re.compile("|".join([*map(re.escape, HOSTS), *HOMES]).encode())
LOCKS = sorted(ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"^([a-z0-9.-]+)(?:\[.*\])?==\S+\s*(;.*)?", re.MULTILINE)
# The GNU Lesser GPL is not among these: such a package is used as it comes.
COPYLEFT = re.compile(r"Affero|\bAGPL|(?<!Lesser )General Public License|\bGPL", re.IGNORECASE)


def tracked():
    """Every file git keeps that is still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def licence(name):
    """What a package says of its own licence, the most exact statement first."""
    told = distribution(name).metadata
    classified = [line for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    # Some put the whole text in "License"; its first line names it.
    free = (told.get("License") or "").strip().splitlines()[:1]
    return told.get("License-Expression") or " / ".join(classified + free) or licence_text(name)


def licence_text(name):
    """The beginning of the licence it came with, for the few that say it nowhere else."""
    files = distribution(name).files or []
    texts = [file for file in files if re.search(r"licen[cs]e|copying", file.name, re.IGNORECASE)]
    return " / ".join(file.read_text(encoding="utf-8")[:300] for file in texts)


def test_no_tracked_file_names_a_package_registry_or_a_home_folder():
    found = {
        str(path.relative_to(ROOT)): match.group().decode()
        for path in tracked()
        if (match := LOCAL.search(path.read_bytes()))
    }
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_hashes_and_no_addresses(lock):
    text = lock.read_text(encoding="utf-8")
    assert len(PINNED.findall(text)) == len(re.findall(r"==.*\\\n    --hash=sha256:", text)) > 0
    assert not re.search(r"://|^-|\s@\s", text, re.MULTILINE)


def test_the_lock_of_the_style_sheet_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package
        assert name == "" or package["integrity"].startswith("sha512-")
        assert not COPYLEFT.search(package["license"])


def test_no_package_we_use_is_under_the_gpl_or_agpl():
    pinned = dict(PINNED.findall((ROOT / "requirements-dev.txt").read_text(encoding="utf-8")))
    said = {}
    for name, only_elsewhere in pinned.items():
        try:
            said[name] = licence(name)
        except PackageNotFoundError:
            assert only_elsewhere, f"{name} is locked but not installed: make .venv"
    assert {name: words for name, words in said.items() if COPYLEFT.search(words)} == {}
    assert [name for name, words in said.items() if not words] == []
