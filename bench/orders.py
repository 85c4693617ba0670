"""How much longer the list of orders takes with 100,000 of them than with 1,000, on PostgreSQL.

    python -m bench.orders

Uses the database that BENCH_DATABASE_URL names, which may be overwritten; without one it starts Debian's PostgreSQL in
a temporary directory. Times the first page of the list, of what its filters find, and of the courier's list, as an
officer gets them. Exits with 1 if one of them takes more than twice as long with many as with few. Totals, which sum up
every order, are measured and printed too, but not bounded.
"""

import os
import sys
import tempfile
import time

import django
from tqdm import tqdm

from bench.database import database

FEW, MANY = 1_000, 100_000
MOST = 2.0
ROUNDS = 15


def lists(filling) -> dict[str, str]:
    """What is asked for, by a name: addresses below ``/cms/orders/``."""
    return {
        "everything": "",
        "oldest first": "?ordering=placed_at",
        "page 3": "?p=3",
        "waiting": "?state=review",
        "two states": "?state=approved&state=packed",
        "place": f"?area={filling.areas[0].pk}",
        "kind": "?organisation_kind=school",
        "item": f"?item={filling.items[0].pk}",
        "needed by": "?needed_by_from=2027-01-01&needed_by_to=2027-02-01",
        "over the limit": "?warning=over_limit",
        "asked twice": "?warning=alike",
        "few left": "?warning=low",
        "sent": "?state=sent",
        "needed in years": "?needed_by_from=2020-01-01&needed_by_to=2030-01-01",
        "overdue": "?warning=overdue",
        "reference": "?q=C7K",
        "organisation": "?q=School+17",
        "courier": "export/csv/?state=approved",
    }


# Summed up whole: these grow with the orders.
GROWING = {
    "totals by item": "totals/?by=item",
    "totals by month": "totals/?by=month",
}


def first_page(client, address: str) -> float:
    """The milliseconds until the first page, or the first rows of a file, are there."""
    start = time.perf_counter()
    response = client.get(f"/cms/orders/{address}")
    if response.streaming:
        chunks = iter(response.streaming_content)
        for _line in range(50):
            next(chunks, None)
    taken = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{address} was answered {response.status_code}")
    return taken


def measure(filling) -> dict[str, float]:
    """The milliseconds of each: the best of all rounds, in which the machine's other work counts least."""
    from django.test import Client

    client = Client()
    client.force_login(filling.officer)
    return {
        name: min(first_page(client, address) for _round in range(ROUNDS))
        for name, address in {**lists(filling), **GROWING}.items()
    }


def compare() -> int:
    """Fill the shop twice and print how the times compare."""
    from django.core.management import call_command
    from django.db import connection

    from bench.order_filling import OrderFilling

    call_command("migrate", verbosity=0)
    filling, found = OrderFilling(), []
    for count in (FEW, MANY):
        filling.up_to(count, progress=tqdm)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does soon after
        found.append(measure(filling))
    few, many = found
    print(f"{'list':20} {FEW:>9,} {MANY:>9,}   ratio")
    for name in few:
        print(f"  {name:18} {few[name]:6.1f} ms {many[name]:6.1f} ms   {many[name] / few[name]:.2f}")
    return int(any(many[name] > MOST * few[name] for name in few if name not in GROWING))


def main() -> int:
    """Print the figures; exit with 1 if a list takes too long."""
    with database() as url, tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=url, DATA_DIR=folder, DJANGO_SETTINGS_MODULE="campaign.settings.test")
        django.setup()
        return compare()


if __name__ == "__main__":
    sys.exit(main())
