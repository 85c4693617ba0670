"""Counts from four threads at once and prints what the total is and what went wrong. Run by a test, as a program."""

import sys
import threading
from datetime import date

import django
from django.db import connection, connections

THREADS, TIMES, DAY = 4, 25, date(2026, 12, 1)


def count_at_once() -> tuple[int, list[str]]:
    """The total afterwards, and the errors of the threads."""
    from measurement.models import DailyTotal  # Django isn't set up when this module is read
    from measurement.services import record

    errors = []
    ready = threading.Barrier(THREADS)

    def count() -> None:
        try:
            ready.wait()
            for _time in range(TIMES):
                record("test.happened", "poster", on=DAY)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=count) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return DailyTotal.objects.of("test.happened", "poster").sum(), errors


if __name__ == "__main__":
    django.setup()
    from measurement.models import DailyTotal
    from measurement.registry import indicator

    indicator("test.happened", "Something happened")
    with connection.schema_editor() as editor:
        editor.create_model(DailyTotal)
    total, failures = count_at_once()
    sys.stdout.write(f"{total} {failures}")
