"""Words with their places from a picture, by the program tesseract (apt: tesseract-ocr).

It is called as a program, not linked: its crashes are its own, and its memory is not the
worker's. Nothing leaves the machine. Its answer is hOCR, which unlike TSV tells each line's
baseline and letter size.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from parsers.reading import Unreadable
from triage.problem import Problem

PAGE_SECONDS = 60.0
"""How long a page may take; on a quiet machine it is 1 to 3 seconds."""
_CPU_SECONDS = 20
"""A page that keeps it busy for so long is no form."""
MISSING = Problem(
    "Scans and photographs cannot be read on this machine",
    "administrator",
    "install the package tesseract-ocr; until then a person must read them",
    "unreadable",
)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_KERNEL = ctypes.CDLL(None)


class Recognised(NamedTuple):
    """A word as recognised: pixels from the picture's top left, `sure` from 0 to 1.

    `base` is the height it stands on, `size` that of its line's letters from top to foot.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    sure: float
    line: int


class OutOfTime(Exception):
    """Raised where a page was not recognised within PAGE_SECONDS."""


def installed() -> bool:
    """Whether the program is there to be called."""
    return shutil.which("tesseract") is not None


def recognise(picture: bytes, dpi: int) -> list[Recognised]:
    """The words of a picture (in any format Leptonica reads) in the order of its lines.

    Raises Unreadable where tesseract is missing or refuses, OutOfTime where it takes too long.
    """
    call = ["tesseract", "stdin", "stdout", "--dpi", str(dpi), "-l", "eng", "--psm", "11", "hocr"]
    settings = {"PATH": os.environ.get("PATH", os.defpath), "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            call,
            input=picture,
            capture_output=True,
            timeout=PAGE_SECONDS,
            env=settings,
            preexec_fn=_limited,  # the worker has one thread
            check=False,
        )
    except FileNotFoundError:
        raise Unreadable(MISSING) from None
    except subprocess.TimeoutExpired:
        raise OutOfTime from None
    if done.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        raise OutOfTime
    if done.returncode != 0:
        raise Unreadable(MISSING if b"tessdata" in done.stderr else _REFUSED)
    return list(_words(done.stdout))


_REFUSED = Problem(
    "This scan or photograph could not be recognised",
    what_to_do="a person must read it and enter its answers",
    kind="unreadable",
)


def _limited() -> None:
    """Not busy for ever, and not left behind by a worker that is killed."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    _KERNEL.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


def _words(hocr: bytes) -> Iterator[Recognised]:
    root = etree.fromstring(hocr, etree.XMLParser(recover=True, resolve_entities=False))
    if root is None:
        return
    number = 0
    for paragraph in root.iterfind(".//{*}p"):
        for line in paragraph:
            number += 1
            yield from _line(line, number)


def _line(line: etree._Element, number: int) -> Iterator[Recognised]:
    about = _title(line)
    left, _, _, foot = about["bbox"]
    slope, offset = about.get("baseline", [0.0, 0.0])
    size = about.get("x_size", [about["bbox"][3] - about["bbox"][1]])[0]
    for word in line:
        text = "".join(word.itertext()).strip()
        if not text:
            continue
        its = _title(word)
        x0, top, x1, bottom = its["bbox"]
        base = foot + offset + slope * ((x0 + x1) / 2 - left)
        sure = its.get("x_wconf", [0.0])[0] / 100
        yield Recognised(text, x0, top, x1, bottom, base, size, sure, number)


def _title(element: etree._Element) -> dict[str, list[float]]:
    """hOCR's properties: 'bbox 10 20 30 40; x_wconf 96'."""
    told = {}
    for part in str(element.get("title", "")).split(";"):
        name, _, values = part.strip().partition(" ")
        told[name] = [float(number) for number in _NUMBERS.findall(values)]
    return told
