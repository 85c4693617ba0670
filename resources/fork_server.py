"""A process that has loaded a library once and forks for each job, which it never sees itself.

Loading WeasyPrint takes several times as long as drawing a sheet with it. The server loads it and waits; a job goes
straight to a child that was forked for it, over a connection of its own, and the child ends with its answer. So every
job still has a process that knows nothing of any other.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_PART = 65536  # bytes


class ForkServer:
    """Starts ``program`` when it is first asked, and again once it has gone: without work it leaves.

    The program has a socket as standard input. Each message on it carries one more socket, over which a child has to
    read a job to its end and to write an answer.
    """

    def __init__(self, program: Path, environment: Mapping[str, str]):
        self.program = program
        self.environment = dict(environment)
        self._forget()
        atexit.register(self.stop)
        os.register_at_fork(after_in_child=self._forget)

    def answer(self, job: bytes, *, seconds: float) -> bytes:
        """What a child said to ``job``, empty if it ended without a word. Raises ``TimeoutError`` after ``seconds``.

        The child isn't ended then: it has to bound itself.
        """
        deadline = time.monotonic() + seconds
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            return _exchange(ours, job, deadline)

    def stop(self) -> None:
        """End the server, if there is one. A child at work ends by itself."""
        with self._lock:
            self._stop()

    def _forget(self) -> None:
        """Begin with nothing: a process that was forked from this one has a server of its own."""
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None

    def _stop(self) -> None:
        if self._process:
            self._control.close()  # at which the server leaves
            self._process.wait()
        self._process = self._control = None

    def _hand_over(self, connection: socket.socket) -> None:
        """Give the server a connection for a new child, and start the server if there is none."""
        with self._lock:
            if self._process:
                with suppress(BrokenPipeError, ConnectionResetError):
                    socket.send_fds(self._control, [b"."], [connection.fileno()])
                    return
            self._stop()
            self._start()
            socket.send_fds(self._control, [b"."], [connection.fileno()])

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, nothing of a visitor's on its command line
                [sys.executable, "-I", "-B", str(self.program)],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.environment,
            )


def _exchange(connection: socket.socket, job: bytes, deadline: float) -> bytes:
    """Send a job and read the answer to its end. Raises ``TimeoutError``."""
    parts = []
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.settimeout(_left(deadline))
        connection.sendall(job)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(_PART):
            parts.append(part)
            connection.settimeout(_left(deadline))
    return b"".join(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
