"""`make bench`: the figures of docs/performance.md, side by side in one run."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from benchmarks.measuring import command_ms, line

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))


def main() -> None:
    """Prints every line as soon as it is measured."""
    from benchmarks import documents, mail

    print(f"Python {platform.python_version()}, CPU time, least of several runs\n")
    python, tscp = sys.executable, str(Path(sys.executable).with_name("tscp"))
    floor = command_ms([python, "-c", "import sqlmodel"])
    print(line("tscp --help", command_ms([tscp, "--help"]), floor, "ms", "ms import sqlmodel"))
    for part in (documents, mail):
        for text in part.report():
            print(text, flush=True)


if __name__ == "__main__":
    main()
