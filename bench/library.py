"""How much longer the library's filtered list takes with 5,000 resources than with 50, on PostgreSQL.

    python -m bench.library

Uses the database that BENCH_DATABASE_URL names, which may be overwritten; without one it starts Debian's PostgreSQL in
a temporary directory. Times whole answers, as a visitor gets them, with the site's caches empty each time. Exits with 1
if the list of many takes more than twice as long as that of few.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from tqdm import tqdm

FEW, MANY = 50, 5000
MOST = 2.0
ROUNDS = 25
LISTS = {
    "everything": "",
    "audience and kind": "?for=young&kind=poster",
    "every group": "?for=young&for=parent&kind=poster&kind=leaflet&topic=topic-1&language=en-gb&get=download",
    "words": "?q=poster+laugh",
    "most used": "?for=pro&sort=most_used",
    "page 2": "?kind=leaflet&page=2",
}


@contextmanager
def database() -> Iterator[str]:
    """The address of a PostgreSQL that may be overwritten. Raises ``SystemExit`` if there is none to be had."""
    if os.environ.get("BENCH_DATABASE_URL"):
        yield os.environ["BENCH_DATABASE_URL"]
        return
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not folders:
        raise SystemExit("The library's bench needs the Debian package postgresql, or BENCH_DATABASE_URL: left out.")
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


def measure() -> dict[str, float]:
    """The milliseconds of each list: the best of all rounds, in which the machine's other work counts least."""
    from django.core.cache import caches
    from django.test import Client

    client, times = Client(), {}
    for name, query in LISTS.items():
        taken = []
        for _round in range(ROUNDS):
            for cache in caches.all(initialized_only=False):
                cache.clear()
            start = time.perf_counter()
            response = client.get(f"/resources/{query}")
            taken.append((time.perf_counter() - start) * 1000)
            if response.status_code != 200:
                raise SystemExit(f"{query} was answered {response.status_code}")
        times[name] = min(taken)
    return times


def compare() -> int:
    """Fill the library twice and print how the times compare."""
    from django.core.management import call_command
    from django.db import connection

    from bench.filling import Filling

    call_command("migrate", verbosity=0)
    filling, found = Filling(), []
    for count in (FEW, MANY):
        filling.up_to(count, progress=tqdm)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does soon after
        found.append(measure())
    few, many = found
    print(f"{'list':20} {FEW:>9,} {MANY:>9,}   ratio")
    for name in LISTS:
        print(f"  {name:18} {few[name]:6.1f} ms {many[name]:6.1f} ms   {many[name] / few[name]:.2f}")
    return int(any(many[name] > MOST * few[name] for name in LISTS))


def main() -> int:
    """Print the figures; exit with 1 if a list takes too long."""
    with database() as url, tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=url, DATA_DIR=folder, DJANGO_SETTINGS_MODULE="campaign.settings.test")
        django.setup()
        return compare()


if __name__ == "__main__":
    sys.exit(main())
