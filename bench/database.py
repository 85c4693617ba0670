"""A PostgreSQL for a benchmark."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[str]:
    """The address of a PostgreSQL that may be overwritten. Raises ``SystemExit`` if there is none to be had."""
    if os.environ.get("BENCH_DATABASE_URL"):
        yield os.environ["BENCH_DATABASE_URL"]
        return
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not folders:
        raise SystemExit("This bench needs the Debian package postgresql, or BENCH_DATABASE_URL: left out.")
    is_root = os.geteuid() == 0
    as_user = ["runuser", "-u", "postgres", "--"] if is_root else []  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name) / "postgres", _free_port()
        folder.parent.chmod(0o755)
        folder.mkdir()
        if is_root:
            shutil.chown(folder, "postgres")
        control = [*as_user, str(folders[-1] / "pg_ctl"), "-D", str(folder / "data"), "-w"]
        options = f"-h 127.0.0.1 -p {port} -k {folder}"
        _run([*as_user, str(folders[-1] / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"])
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            _run(
                [*as_user, str(folders[-1] / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "bench"]
            )
            yield f"postgres://postgres@127.0.0.1:{port}/bench"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words only


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
