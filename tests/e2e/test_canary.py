"""Nothing that a visitor sends stays anywhere: not in a log, not in the database, not in a file."""

import json
import sqlite3
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

CANARY = "cAnAry7q"
ADDRESS = "203.0.113.77"
CARRIERS = (
    f"User-Agent: {CANARY}-agent",
    f"Referer: http://{CANARY}.example/{CANARY}?q={CANARY}",
    f"X-Forwarded-For: {ADDRESS}, {CANARY}",
    f"Forwarded: for={ADDRESS}",
    f"Cookie: sessionid={CANARY}-session; csrftoken={CANARY}-token; other={CANARY}",
    f"Accept-Language: {CANARY}",
    f'If-None-Match: "{CANARY}"',
    f"X-{CANARY}: {CANARY}",
    "Connection: close",
)
FORM = "Content-Type: application/x-www-form-urlencoded"
QUERY = f"?q={CANARY}&q=it's<{CANARY}>"
WORDS = f"words={CANARY}+{CANARY}&page=1"
HOST = "127.0.0.1"


def http(method: str, path: str, *headers: str, body: str = "", host: str = HOST) -> bytes:
    """A request with the canary in every place that a browser fills."""
    length = [f"Content-Length: {len(body.encode())}"] if body else []
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *CARRIERS, *headers, *length, "", body]
    return "\r\n".join(lines).encode()


def bare(*lines: str) -> bytes:
    """What no browser sends."""
    return "\r\n".join([*lines, "", ""]).encode()


BROKEN_FORM = f"--{CANARY}\r\nContent-Disposition: form-data; name=words; filename={CANARY}\r\n{CANARY}"
REQUESTS = {
    "a page": (200, http("GET", f"/{QUERY}")),
    "its head": (200, http("HEAD", f"/{QUERY}")),
    "its options": (200, http("OPTIONS", f"/{QUERY}")),
    "a search": (200, http("POST", "/search/", FORM, body=WORDS)),
    "a long search": (200, http("POST", "/search/", FORM, body=f"words={CANARY * 100}")),
    "a search by address": (200, http("GET", f"/search/?words={CANARY}")),
    "a missing slash": (301, http("GET", f"/help{QUERY}")),
    "the admin": (302, http("GET", f"/cms/{QUERY}")),
    "a form that breaks off": (
        400,
        http("POST", "/search/", f"Content-Type: multipart/form-data; boundary=é{CANARY}", body=BROKEN_FORM),
    ),
    "too many fields": (400, http("POST", "/search/", FORM, body="&".join(f"{CANARY}={n}" for n in range(10_001)))),
    "a wrong host": (400, http("GET", f"/{QUERY}", host=f"{CANARY}.example")),
    "a host that is none": (400, http("GET", f"/{QUERY}", host=f"{CANARY} <x>")),
    "a form from elsewhere": (
        403,
        http(
            "POST",
            f"/cms/login/{QUERY}",
            FORM,
            f"Origin: http://{CANARY}.example",
            body=f"username={CANARY}@example.org&password={CANARY}",
        ),
    ),
    "a form without a token": (403, http("POST", f"/cms/login/{QUERY}", FORM, body=f"username={CANARY}@example.org")),
    "a missing page": (404, http("GET", f"/nothing-here/{QUERY}")),
    "a missing document": (404, http("GET", f"/documents/999999/nothing.pdf{QUERY}")),
    "a path that leads out": (404, http("GET", f"/media/images/../../campaign.sqlite3{QUERY}")),
    "another method": (405, http("PUT", f"/search/{QUERY}", body=CANARY)),
    "an empty basket": (200, http("GET", f"/order/{QUERY}")),
    "a thing from elsewhere": (403, http("POST", "/order/add/", FORM, body=f"item={CANARY}&units={CANARY}")),
    "a thing that is none": (
        400,
        http("POST", "/order/add/", FORM, "Sec-Fetch-Site: same-origin", body=f"item={CANARY}&units={CANARY}"),
    ),
    "details without a token": (403, http("POST", "/order/details/", FORM, body=f"name={CANARY}&email={CANARY}")),
    "an order without a token": (403, http("POST", "/order/check/", FORM, body=f"token={CANARY}")),
    "an order of nobody": (404, http("GET", f"/order/track/{CANARY}/")),
    "too much": (413, http("POST", "/search/", FORM, body=f"words={CANARY}".ljust(1024 * 1024 + 1, "x"))),
    "a line that is none": (400, bare(f"{CANARY} {CANARY}")),
    "a method that is none": (400, bare(f"{CANARY}! /{QUERY} HTTP/1.1", f"Host: {HOST}")),
    "a version that is none": (400, bare(f"GET /{QUERY} HTTP/9.{CANARY}", f"Host: {HOST}")),
    "a line that is too long": (400, bare(f"GET /{CANARY * 1000} HTTP/1.1", f"Host: {HOST}")),
    "a header that is none": (400, bare("GET / HTTP/1.1", f"Host: {HOST}", f"{CANARY} {CANARY}: {CANARY}")),
    "a header that is too long": (431, bare("GET / HTTP/1.1", f"Host: {HOST}", f"X-{CANARY}: {CANARY * 2000}")),
    "a length that is none": (400, bare("POST /search/ HTTP/1.1", f"Host: {HOST}", f"Content-Length: {CANARY}")),
    "a coding that is none": (501, bare("POST /search/ HTTP/1.1", f"Host: {HOST}", f"Transfer-Encoding: {CANARY}")),
    "a demand that is none": (417, http("POST", "/search/", FORM, f"Expect: {CANARY}", body=WORDS)),
}


HELP = (
    "/help/",
    "/help/lines/",
    "/help/areas/",
    "/help/areas/stoke-on-trent/",
    "/help/sheet/",
    "/help/leaving-quickly/",
)
SAID = (
    f"danger=unsure&who=under-18&situation=young:threats&area=stoke-on-trent&place={CANARY}&x={CANARY}",
    f"danger={CANARY}&who={CANARY}&situation=young:{CANARY.lower()}&area={CANARY.lower()}&place={CANARY}+1AA",
)
# Every address of help, with all that it answers. What takes no forms refuses them like any other page.
for _address in HELP:
    _takes_forms = _address in ("/help/", "/help/areas/")
    REQUESTS |= {
        f"{_address} as a page": (200, http("GET", f"{_address}{QUERY}")),
        f"{_address} at a wrong host": (400, http("POST", _address, FORM, body=SAID[0], host=f"{CANARY}.example")),
        f"{_address} and more": (404, http("GET", f"{_address}nowhere/at/all/{QUERY}")),
        f"{_address} with too much": (413, http("POST", _address, FORM, body=SAID[0].ljust(1024 * 1024 + 1, "x"))),
    }
    REQUESTS |= {
        f"{_address} with answers {number}": (200 if _takes_forms else 403, http("POST", _address, FORM, body=said))
        for number, said in enumerate(SAID)
    }
ASKED_WHILE_BROKEN = [
    request
    for address in HELP
    for request in (http("GET", f"{address}{QUERY}"), *(http("POST", address, FORM, body=said) for said in SAID))
]


@contextmanager
def broken_helpline(site):
    """A helpline that can't be read, for a moment, so that every page that shows helplines fails."""
    changes = {"signposting_helpline": ("facts", "5"), "signposting_signpostingversion": ("token", "broken")}
    kept = {}
    with _cursor(site) as (cursor, _tables):
        for table, (column, value) in changes.items():
            cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY id LIMIT 1")  # noqa: S608 - our own names
            kept[table] = (column, *cursor.fetchone())
            _set(cursor, table, column, kept[table][1], value)
    try:
        yield
    finally:
        with _cursor(site) as (cursor, _tables):
            for table, (column, key, value) in kept.items():
                _set(cursor, table, column, key, value if isinstance(value, str) else json.dumps(value))


def _set(cursor, table: str, column: str, key: int, value: str) -> None:
    mark = "?" if isinstance(cursor, sqlite3.Cursor) else "%s"
    cursor.execute(f"UPDATE {table} SET {column} = {mark} WHERE id = {mark}", (value, key))  # noqa: S608 - our own names
    cursor.connection.commit()


@contextmanager
def broken_document(site, public):
    """The address of a document whose file can't be opened, for a moment."""
    path = next(path for path in public if path.startswith("/documents/"))
    file = site.directory / "media" / "documents" / path.rpartition("/")[2]
    aside = file.with_suffix(".aside")
    file.rename(aside)
    file.mkdir()
    try:
        yield path
    finally:
        file.rmdir()
        aside.rename(file)


@contextmanager
def _cursor(site):
    url = site.env["DATABASE_URL"]
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    else:
        connection = psycopg2.connect(urlsplit(url)._replace(scheme="postgresql").geturl())
        names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    with closing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(names)
        yield cursor, [row[0] for row in cursor.fetchall()]


def rows_by_table(site) -> dict[str, list[str]]:
    """Every row of the database, as text."""
    with _cursor(site) as (cursor, tables):
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name that the database gave
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


@pytest.fixture(scope="module")
def visited(site, public):
    """Ask for everything; return each answer's status, what was said meanwhile, and the database before and after."""
    before, said = rows_by_table(site), site.log.stat().st_size
    statuses = {name: _status(site.raw(request)) for name, (_status_wanted, request) in REQUESTS.items()}
    with broken_document(site, public) as path:
        statuses["a failure"] = _status(site.raw(http("GET", f"{path}{QUERY}")))
    with broken_helpline(site):
        statuses["help that fails"] = {_status(site.raw(request)) for request in ASKED_WHILE_BROKEN}
    return statuses, site.log.read_bytes()[said:].decode(), before, rows_by_table(site)


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_canary_meets_every_kind_of_answer(visited):
    expected = {name: status for name, (status, _request) in REQUESTS.items()}
    assert visited[0] == expected | {"a failure": 500, "help that fails": {500, 403}}


def test_canary_is_in_no_line_of_the_log(visited):
    said = visited[1]
    # The log is the one that these requests wrote.
    for line in (
        "WARNING django.request Not Found: /nothing-here/\n",
        "WARNING django.request Method Not Allowed (PUT): /search/\n",
        "WARNING django.security.csrf Forbidden (Origin checking failed): /cms/login/\n",
        "ERROR django.security.DisallowedHost Refused: /\n",
        "ERROR django.security.TooManyFieldsSent Refused: /search/\n",
        "ERROR django.request Internal Server Error: /documents/",
        "ERROR django.request Internal Server Error: /help/\n",
        "[WARNING] Invalid request\n",
    ):
        assert line in said
    assert CANARY.lower() not in said.lower()
    assert ADDRESS not in said
    assert HOST not in said


def test_canary_is_in_no_row_and_no_row_is_new(visited):
    _statuses, _said, before, after = visited
    assert len(before) > 50
    assert "wagtailsearchpromotions_query" in before
    changed = {table: rows for table, rows in after.items() if rows != before[table]}
    # One daily total of answers shown is all that help leaves.
    assert set(changed) == {"measurement_dailytotal"}
    (counted,) = set(changed["measurement_dailytotal"]) - set(before["measurement_dailytotal"])
    assert "'help.answered', ''" in counted
    assert CANARY.lower() not in repr(after).lower()


def test_canary_is_in_no_file(visited, site):
    files = [path for path in site.directory.rglob("*") if path.is_file() and "static" not in path.parts]
    assert site.log in files
    assert [path for path in files if CANARY.lower().encode() in path.read_bytes().lower()] == []


def test_canary_is_in_no_cache(visited, site):
    if not site.env.get("REDIS_URL"):
        pytest.skip("the cache is in the process: REDIS_URL names none")
    with closing(redis.Redis.from_url(site.env["REDIS_URL"])) as cache:
        keys = list(cache.scan_iter())
        assert keys
        assert CANARY.lower() not in repr([(key, cache.get(key)) for key in keys]).lower()
