"""What a document that took over its reader could try, and cannot; the next one is read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import misbehaving
import pytest
from processes import gone, in_group_of, problem_of, waited_for

from parsers.worker import Worker

WALLS = ("namespace", "memory folder", "filter", "files")


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker(seconds=30, megabytes=200)
    yield worker
    assert worker.run(misbehaving.double, 4) == 8  # whatever it did, the next is read
    worker.close()


def test_a_document_that_forks_without_end_is_ended_with_all_it_started(worker: Worker) -> None:
    pid = worker.run(misbehaving.my_pid)
    assert "many programs" in problem_of(worker.run(misbehaving.fork_often)).what
    assert waited_for(lambda: not in_group_of(pid))


def test_a_process_that_hides_from_its_parent_ends_with_the_child(worker: Worker) -> None:
    daemon = worker.run(misbehaving.hide_a_daemon)
    assert isinstance(daemon, int)
    assert not gone(daemon)
    worker.close()
    assert waited_for(lambda: gone(daemon))


def test_memory_eaten_in_another_process_is_stopped_too(worker: Worker) -> None:
    assert problem_of(worker.run(misbehaving.eat_in_another)).kind == "too big"


def test_nothing_that_is_written_stays(worker: Worker, tmp_path: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob("tscp-reading-*"))
    tried = worker.run(misbehaving.write_much, str(tmp_path))
    worker.close()
    assert set(Path(tempfile.gettempdir()).glob("tscp-reading-*")) <= before
    needs(worker, "files")
    assert tried == ["PermissionError"] * 3 + ["OSError", "done"]


def test_it_cannot_read_the_services_files_or_secrets(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    wanted = [str(tmp_path / "key"), "/etc/passwd", f"/proc/{os.getpid()}/environ", "/dev/null"]
    tried = worker.run(misbehaving.look_around, wanted)
    needs(worker, "files")
    assert tried == ["PermissionError"] * 3 + ["done"]


def test_there_is_no_way_out(worker: Worker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        tried = worker.run(misbehaving.reach_for_sockets, server.getsockname()[1])
    needs(worker, "filter")
    assert isinstance(tried, dict)
    assert "done" not in (tried[way] for way in ("tcp", "tcp6", "udp", "local", "kernel"))
    assert tried["a program's"] == "OSError"


def test_a_reader_may_ask_for_more_time_but_not_for_ever() -> None:
    worker = Worker(seconds=1, megabytes=200, most_seconds=3)
    assert worker.run(misbehaving.read_slowly, 1.5, 30.0) == "read"
    for asked, given in ((1e300, 3), (-5.0, 1), (float("nan"), 1)):
        problem = problem_of(worker.run(misbehaving.read_slowly, 60, asked))
        assert problem.what == f"This document took longer than {given} seconds to read"
    worker.close()


def test_a_long_document_does_not_hold_up_another_threads() -> None:
    worker = Worker(seconds=30, megabytes=200)
    with ThreadPoolExecutor(2) as threads:
        long = threads.submit(worker.run, misbehaving.hang)
        short = threads.submit(worker.run, misbehaving.double, 4)
        assert short.result(timeout=20) == 8
        assert not long.done()
        worker.stop()


ORDINARY = """
import socket, sys
sys.path[:0] = sys.argv[1].split(":")
import misbehaving
from parsers.worker import Worker
worker = Worker(20, 200)
with socket.create_server(("127.0.0.1", 0)) as server:
    print(worker.run(misbehaving.reach_out, server.getsockname()[1]), *worker.walls)
worker.close()
"""


def test_an_ordinary_user_has_walls_too(tmp_path: Path) -> None:
    """As nobody where we are root, with a Python that nobody may run; else as who we are."""
    as_nobody = os.getuid() == 0
    python = "/usr/bin/python3" if as_nobody else sys.executable
    root = Path(__file__).parents[2]
    if as_nobody and (not Path(python).exists() or not readable_by_all(root)):
        pytest.skip("not installed: a Python that an ordinary user may run")
    who = {"user": 65534, "group": 65534, "extra_groups": []} if as_nobody else {}
    shown = subprocess.run(
        [python, "-c", ORDINARY, f"{root}:{root}/tests"],
        env={"PATH": os.environ["PATH"]}, cwd="/", capture_output=True, text=True, **who,
    )  # fmt: skip
    how, *walls = shown.stdout.split()
    assert how != "connected"
    assert {"filter"} <= set(walls)


def readable_by_all(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o005 == 0o005 for place in (folder, *folder.parents))


def needs(worker: Worker, wall: str) -> None:
    if wall not in worker.walls:
        pytest.skip(f"this kernel gives ordinary programs no '{wall}'")
