"""How much longer the library's filtered list takes with 5,000 resources than with 50, on PostgreSQL.

    python -m bench.library

Uses the database that BENCH_DATABASE_URL names, which may be overwritten; without one it starts Debian's PostgreSQL in
a temporary directory. Times whole answers, as a visitor gets them, with the site's caches empty each time. Exits with 1
if the list of many takes more than twice as long as that of few.
"""

import os
import sys
import tempfile
import time

import django
from tqdm import tqdm

from bench.database import database

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
