"""`python -P -m benchmarks.corpus LAYOUT --seed N --out FOLDER`: one document and its truth."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.corpus.build import drawn
from benchmarks.corpus.formats import made_as
from benchmarks.corpus.registered import registered


def main() -> None:
    """Writes NAME.KIND and NAME.truth.json."""
    parser = argparse.ArgumentParser()
    parser.add_argument("layout", nargs="?", help="a layout's name; none lists them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", default="drawn")
    parser.add_argument("--out", type=Path, default=Path("build/look"))
    asked = parser.parse_args()
    layouts = {layout.name: layout for layout in registered(held_out=True)}
    if asked.layout not in layouts:
        print("\n".join(layouts))
        return
    layout = layouts[asked.layout]
    content, truth = drawn(layout, asked.seed, plain=asked.format != "drawn")
    kind, content = made_as(asked.format, layout.kind, content, asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    name = f"{layout.name.replace(' ', '-')}-{asked.seed}-{asked.format}"
    (asked.out / f"{name}.{kind}").write_bytes(content)
    told = json.dumps(truth, ensure_ascii=False, indent=1)
    (asked.out / f"{name}.truth.json").write_text(told, encoding="utf-8")
    print(asked.out / f"{name}.{kind}")


if __name__ == "__main__":
    main()
