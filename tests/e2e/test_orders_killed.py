"""Workers that are killed while they place and send orders leave nothing half done, and no order twice."""

import http.client
import itertools
import os
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.e2e.shop import shop_open, shop_pack, shop_state

KILLS = 20
PLACED, SENT = 120, 40
UNITS = 3  # of each of three items in an order


def _workers(site) -> list[int]:
    children = Path(f"/proc/{site._process.pid}/task/{site._process.pid}/children").read_text()
    return [int(child) for child in children.split()]


def _until_answered(press, url: str) -> tuple[int, str]:
    """Press again as long as nobody answers, as a person does."""
    for _each in range(100):
        try:
            return press(url)
        except (http.client.HTTPException, OSError):
            continue
    raise AssertionError("nobody answers")


def test_killed_workers_leave_nothing_half_done(site):
    wanted = [dict.fromkeys(range(3), UNITS)] * (PLACED + SENT)
    baskets = shop_open(site, "KILL", [UNITS * (PLACED + SENT)] * 3, wanted)
    # Workers that are forked from a loaded site: one is back at once.
    two = site.twin(workers=2, EMAIL_URL="dummymail://", GUNICORN_CMD_ARGS="--preload")
    try:
        for basket in baskets[PLACED:]:
            assert basket.place(two.url)[0] == 302
        packed = shop_pack(site, "KILL", baskets[PLACED:])
        presses = [basket.place for basket in baskets[:PLACED]] + [order.send for order in packed]
        chance = random.Random(20)  # noqa: S311 - the same moments each time
        chance.shuffle(presses)
        moments = set(chance.sample(range(len(presses) - 8), KILLS))
        counter, killing, killed = itertools.count(), threading.Lock(), []

        def press(button):
            answer = _until_answered(button, two.url)
            if next(counter) in moments:
                with killing:
                    os.kill(chance.choice(_workers(two)), signal.SIGKILL)
                    killed.append(answer)
            return answer

        with ThreadPoolExecutor(8) as people:
            answers = list(people.map(press, presses))
    finally:
        two.stop()
    assert len(killed) == KILLS
    assert {status for status, _where in answers} <= {200, 302}  # 200: it was done, and the answer was lost
    state = shop_state(site, "KILL")
    assert state["tokens"] == sorted(basket.token for basket in baskets)
    assert state["states"] == ["sent"] * SENT + ["unconfirmed"] * PLACED
    assert state["items"] == [[UNITS * PLACED, UNITS * PLACED]] * 3
    assert (state["held"], state["sent"]) == ([UNITS * PLACED] * 3, UNITS * SENT * 3)
    assert (state["differ"], state["without_lines"], state["broken"], state["untold"]) == (0, 0, [], [])
