"""The server that forks for each job: a process for each, none of which knows of another."""

import os
import signal
import threading
import warnings
from pathlib import Path

import pytest

from resources import render
from resources.fork_server import ForkServer

# Answers with its own number, that of its server, the numbers of jobs seen in its process, and what it was asked.
PROGRAM = """
import os, runpy, signal, socket, sys, time
serve = runpy.run_path({render!r})["serve"]
seen = []
def answer(job):
    seen.append(job)
    if job == b"end":
        os.kill(os.getpid(), 9)
    if job == b"sleep":
        signal.alarm(2)  # it bounds itself, as whoever draws does
        time.sleep(30)
    if job == b"much":
        return b"x" * 5_000_000
    return f"{{os.getpid()}} {{os.getppid()}} {{len(seen)}} {{sorted(os.environ)}} ".encode() + job
serve(socket.socket(fileno=0), answer, idle_seconds={idle})
"""


@pytest.fixture
def server_of(tmp_path):
    """Servers of the program above, ended after the test."""
    servers = []

    def make(idle=60.0) -> ForkServer:
        program = tmp_path / f"program_{idle}.py"
        program.write_text(PROGRAM.format(render=str(Path(render.__file__)), idle=idle))
        servers.append(ForkServer(program, {"LC_CTYPE": "C.UTF-8"}))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


def _ask(server, job=b"a job"):
    number, parent, jobs, rest = server.answer(job, seconds=20).decode().split(" ", 3)
    return int(number), int(parent), int(jobs), rest


def test_each_job_has_a_process_of_its_own_from_one_server(server_of, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the process")
    server = server_of()
    first, second = _ask(server), _ask(server)
    assert first[1] == second[1] != os.getpid()
    assert first[0] != second[0]
    assert first[2:] == second[2:] == (1, "['LC_CTYPE'] a job")


def test_nothing_is_started_before_the_first_job(server_of):
    server = server_of()
    assert server._process is None
    _ask(server)
    assert server._process.poll() is None


def test_answer_longer_than_a_connection_holds_is_whole(server_of):
    assert server_of().answer(b"much", seconds=20) == b"x" * 5_000_000


def test_job_longer_than_a_connection_holds_is_whole(server_of):
    assert _ask(server_of(), b"y" * 5_000_000)[3] == "['LC_CTYPE'] " + "y" * 5_000_000


def test_child_that_dies_says_nothing_and_the_server_goes_on(server_of):
    server = server_of()
    before = _ask(server)[1]
    assert server.answer(b"end", seconds=20) == b""
    assert _ask(server)[1] == before


def test_child_that_takes_too_long_is_given_up(server_of):
    server = server_of()
    before = _ask(server)[1]
    with pytest.raises(TimeoutError):
        server.answer(b"sleep", seconds=0.2)
    assert _ask(server)[1] == before


def test_server_that_was_killed_is_started_again(server_of):
    server = server_of()
    before = _ask(server)[1]
    os.kill(before, signal.SIGKILL)
    assert server._process.wait(timeout=20) == -signal.SIGKILL
    assert _ask(server)[1] != before


def test_server_without_work_leaves_and_comes_back(server_of):
    server = server_of(idle=0.2)
    before = _ask(server)[1]
    assert server._process.wait(timeout=20) == 0
    assert _ask(server)[1] != before


def test_stopped_server_leaves_nothing_behind(server_of):
    server = server_of()
    process = _ask(server)[1]
    server.stop()
    server.stop()
    assert not Path(f"/proc/{process}").exists()


def test_several_threads_get_their_own_answers(server_of):
    server, answers = server_of(), {}

    def ask(job):
        answers[job] = _ask(server, job)

    threads = [threading.Thread(target=ask, args=(f"job {n}".encode(),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {job: answer[3] for job, answer in answers.items()} == {
        f"job {n}".encode(): f"['LC_CTYPE'] job {n}" for n in range(8)
    }
    assert len({answer[1] for answer in answers.values()}) == 1
    assert len({answer[0] for answer in answers.values()}) == 8


def test_forked_process_has_a_server_of_its_own(server_of):
    server = server_of()
    before = _ask(server)[1]
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12: this process may have threads
        child = os.fork()
    if child == 0:
        os.write(write, str(_ask(server)[1]).encode())
        server.stop()
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        assert int(told.read()) != before
    os.waitpid(child, 0)
    assert _ask(server)[1] == before
