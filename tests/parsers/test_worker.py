"""Documents are opened in a child process: it may die, the service does not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import misbehaving
import pytest
from processes import gone, problem_of, waited_for

from parsers.worker import Worker, WorkerStopped
from triage.evidence import Evidence


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker(seconds=2, megabytes=200)
    yield worker
    worker.close()


def test_a_result_comes_back_whatever_is_printed_meanwhile(worker: Worker) -> None:
    assert [worker.run(misbehaving.double, n) for n in range(5)] == [0, 2, 4, 6, 8]


def test_the_rooms_own_classes_come_back(worker: Worker) -> None:
    expected = Evidence(3, None, (1.0, 2.0, 3.0, 4.0), "docx-table")
    assert worker.run(misbehaving.evidence, 3) == expected


def test_the_child_stays_warm_and_is_set_up_once() -> None:
    worker = Worker(2, 200, "misbehaving:warm", "vocabulary")
    assert [worker.run(misbehaving.what_is_warm) for _ in range(2)] == [["vocabulary"]] * 2
    worker.close()


def test_a_worker_that_cannot_start_says_so_instead_of_failing() -> None:
    problem = problem_of(Worker(2, 200, "misbehaving:nothing").run(misbehaving.my_pid))
    assert problem.for_whom == "administrator"


def test_a_vocabulary_that_is_not_there_is_named_to_the_administrator() -> None:
    worker = Worker(5, 500, set_up="parsers.warm:set_up", argument=(["/nowhere/gone.toml"], {}))
    problem = problem_of(worker.run(misbehaving.double, 2))
    assert problem.what == "Documents cannot be read now"
    assert "gone.toml" in problem.sentence()
    assert problem.for_whom == "administrator"


def test_a_large_message_passes(worker: Worker) -> None:
    assert worker.run(misbehaving.length, bytes(50_000_000)) == 50_000_000


def test_a_call_that_hangs_ends_at_the_time_limit(worker: Worker) -> None:
    worker.run(misbehaving.my_pid)
    started = time.monotonic()
    problem = problem_of(worker.run(misbehaving.hang))
    assert 1.9 < time.monotonic() - started < 3
    assert problem.what == "This document took longer than 2 seconds to read"
    assert problem.kind == "crashed"


@pytest.mark.parametrize("end", [misbehaving.crash, misbehaving.leave, misbehaving.leave_politely])
def test_a_crash_is_a_problem_at_once_and_the_next_call_works(
    worker: Worker, end: Callable[[], None]
) -> None:
    started = time.monotonic()
    assert problem_of(worker.run(end)).kind == "crashed"
    assert time.monotonic() - started < 1.5
    assert worker.run(misbehaving.double, 4) == 8


def test_a_worker_that_is_stopped_ends_what_it_reads_at_once_and_reads_no_more() -> None:
    worker = Worker(seconds=60, megabytes=200)
    pid = worker.run(misbehaving.my_pid)
    assert isinstance(pid, int)
    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(worker.run, misbehaving.hang)
        worker.stop()
        assert isinstance(reading.exception(timeout=20), WorkerStopped)
    assert gone(pid)
    with pytest.raises(WorkerStopped):
        worker.run(misbehaving.double, 4)


def test_eating_memory_is_stopped_at_the_limit(worker: Worker) -> None:
    problem = problem_of(worker.run(misbehaving.eat, 1500))
    assert problem.what == "This document needed more than 200 MB of memory to read"
    assert problem.kind == "too big"
    assert worker.run(misbehaving.double, 4) == 8


def test_asking_for_more_than_the_address_space_is_too_big(worker: Worker) -> None:
    assert problem_of(worker.run(misbehaving.eat_at_once)).kind == "too big"


def test_an_exception_is_told_by_its_class_only(worker: Worker) -> None:
    problem = problem_of(worker.run(misbehaving.complain, "Ann Example"))
    assert problem.kind == "crashed"
    assert "ValueError" in problem.what
    assert "Example" not in problem.sentence()


def test_an_endless_answer_is_refused(worker: Worker) -> None:
    assert problem_of(worker.run(misbehaving.answer_at_length)).kind == "crashed"
    assert worker.run(misbehaving.double, 1) == 2


def test_a_reply_cannot_run_anything_in_the_parent(worker: Worker, tmp_path: Path) -> None:
    note = tmp_path / "sprung"
    assert problem_of(worker.run(misbehaving.trap, str(note))).kind == "crashed"
    assert not note.exists()


def test_a_child_killed_between_two_calls_is_replaced(worker: Worker) -> None:
    pid = worker.run(misbehaving.my_pid)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    waited_for(lambda: gone(pid))
    assert worker.run(misbehaving.double, 3) == 6


def test_a_child_killed_during_a_call_is_a_problem_and_replaced(worker: Worker) -> None:
    pid = worker.run(misbehaving.my_pid)
    assert isinstance(pid, int)
    threading.Timer(0.3, os.kill, (pid, signal.SIGKILL)).start()
    assert problem_of(worker.run(misbehaving.hang)).what.endswith("stopped suddenly")
    assert worker.run(misbehaving.double, 3) == 6


def test_a_child_is_replaced_after_its_number_of_calls() -> None:
    worker = Worker(2, 200, recycle_after=3)
    pids = [worker.run(misbehaving.my_pid) for _ in range(7)]
    worker.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_a_child_left_half_full_is_replaced(worker: Worker) -> None:
    assert worker.run(misbehaving.keep, 150) != worker.run(misbehaving.my_pid)


def test_threads_take_turns(worker: Worker) -> None:
    results: list[object] = []

    def ask(number: int) -> None:
        results.append((number, worker.run(misbehaving.double, number)))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == sorted([(n, 2 * n) for n in range(20)], key=str)


def test_no_secret_of_the_service_reaches_the_child(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSCP_SMTP__PASSWORD", "secret")
    around = worker.run(misbehaving.surroundings)
    assert isinstance(around, dict)
    assert set(around["names"]) <= {
        "PATH",
        "TMPDIR",
        "HOME",
        "TZ",
        "LANG",
        "LC_CTYPE",
        "OMP_THREAD_LIMIT",
    }
    assert (around["core"], around["space"], around["session"]) == (0, 2_000_000_000, True)
    assert len(around["files"]) <= 7  # three to nowhere, two pipes, the listing, one spare


def test_the_child_has_no_network(worker: Worker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = worker.run(misbehaving.reach_out, server.getsockname()[1])
    if answer == "connected":
        pytest.skip("this kernel lets an ordinary user keep no process off the network")
    assert isinstance(answer, str)


PARENT = """
import sys
sys.path[:] = sys.argv[1].split(":")
import misbehaving
from parsers.worker import Worker
worker = Worker(60, 200)
print(worker.run(misbehaving.my_pid), flush=True)
if sys.argv[2] == "idle":
    sys.stdin.read()
worker.run(misbehaving.spin)
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_child_ends_when_the_parent_is_killed(state: str) -> None:
    program = [sys.executable, "-c", PARENT, ":".join(sys.path), state]
    parent = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    stat = Path(f"/proc/{pid}/stat")
    wanted = "R" if state == "busy" else "S"
    assert waited_for(lambda: stat.read_text().rpartition(")")[2].split()[0] == wanted, 10)
    parent.kill()
    parent.communicate()
    assert waited_for(lambda: gone(pid))


def test_the_parent_loads_none_of_the_readers_libraries() -> None:
    code = (
        "import sys, parsers.worker, parsers.readers, parsers.identify;"
        "print([m for m in ('docx', 'lxml', 'pdfplumber', 'pdfminer') if m in sys.modules])"
    )
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    shown = subprocess.run(
        [sys.executable, "-c", code], env=path, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"
