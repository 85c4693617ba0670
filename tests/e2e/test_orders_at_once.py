"""The last of the stock, wanted by many at once: exactly what is there is promised, to each once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.e2e.shop import shop_open, shop_state


def _visitors(site) -> int:
    return 20 if site.env["DATABASE_URL"].startswith("sqlite") else 200


def _place_all(url: str, baskets: list) -> list[tuple[int, str]]:
    """All of them at the same moment."""
    ready = threading.Barrier(len(baskets))

    def place(basket):
        ready.wait(timeout=60)
        return basket.place(url)

    with ThreadPoolExecutor(len(baskets)) as visitors:
        return list(visitors.map(place, baskets))


def test_last_units_are_promised_once_each(site):
    visitors = _visitors(site)
    each = visitors // 20  # units of each of five items: a quarter of what is wanted
    wanted = [
        {number % 5: 1} if number % 2 else {number // 2 % 5: 1, (number // 2 + 1 + number // 10 % 4) % 5: 1}
        for number in range(visitors)
    ]
    baskets = shop_open(site, "LAST", [each] * 5, wanted)
    four = site.twin(workers=4, EMAIL_URL="dummymail://")
    try:
        first = _place_all(four.url, baskets)
        after_first = shop_state(site, "LAST")
        second = _place_all(four.url, baskets)
    finally:
        four.stop()
    placed = [basket.token for basket, (_status, where) in zip(baskets, first, strict=True) if "/placed/" in where]
    assert {status for status, _where in first + second} == {302}
    assert {where for _status, where in first if "/placed/" not in where} == {"/order/"}
    assert after_first["items"] == [[each, each]] * 5
    assert after_first["held"] == [each] * 5
    assert after_first["tokens"] == sorted(placed)
    assert [where for _status, where in second if "/placed/" in where] == [
        where for _status, where in first if "/placed/" in where
    ]
    assert shop_state(site, "LAST") == after_first
    assert (after_first["differ"], after_first["broken"], after_first["untold"]) == (0, [], [])
    assert "deadlock" not in four.log.read_text().lower()
