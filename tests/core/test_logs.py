"""No line of the log holds a visitor's address, agent or query, whoever writes it."""

import io
import logging
import sys
import threading
import urllib.request
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from gunicorn.config import Config

from core.logs import ServerFilter, VisitorDataFilter
from core.serverlog import VisitorlessLogger

AGENT = "NosyBrowser/1.0"
ADDRESS = "203.0.113.77"
QUERY = "my-secret-words"


def boom(request: HttpRequest) -> HttpResponse:
    """Fail with what the visitor typed, and with a cause that holds it too."""
    try:
        raise KeyError(request.GET["q"])
    except KeyError as error:
        raise ValueError(f"{request.GET['q']} {request.META['HTTP_USER_AGENT']}") from error


urlpatterns = [path("boom/", boom), path("fine/", lambda _request: HttpResponse("fine"))]


@pytest.fixture
def lines():
    """Everything that the console's handler writes, as it writes it."""
    stream = io.StringIO()
    handlers = {
        handler for name in ("", "django", "django.server", "waymark") for handler in logging.getLogger(name).handlers
    }
    console = [handler for handler in handlers if type(handler) is logging.StreamHandler]
    before = [handler.setStream(stream) for handler in console]
    yield stream
    for handler, old in zip(console, before, strict=True):
        handler.setStream(old)


def assert_no_visitor(text: str) -> None:
    for secret in (AGENT, ADDRESS, QUERY):
        assert secret not in text


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False

    def get(address, method="get", **headers):
        data = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_X_FORWARDED_FOR": ADDRESS, **headers}
        return getattr(client, method)(address, **data)

    return get


@pytest.mark.urls(__name__)
def test_an_error_is_logged_without_the_visitor(visitor, lines):
    assert visitor(f"/boom/?q={QUERY}").status_code == 500
    text = lines.getvalue()
    assert "ERROR django.request Internal Server Error: /boom/" in text
    assert 'raise KeyError(request.GET["q"])' in text
    assert "builtins.KeyError (its words are left out)" in text
    assert "builtins.ValueError (its words are left out)" in text
    assert_no_visitor(text)


def test_an_error_outside_a_request_is_logged_without_its_words(lines):
    """What PostgreSQL says of a row that it refuses, in a job of the clock."""
    try:
        raise IntegrityError(f"violates check constraint\nDETAIL:  Failing row contains (1, {QUERY}).")
    except IntegrityError:
        logging.getLogger("waymark.clock").exception("The job %s failed.", "orders_lapse")
    text = lines.getvalue()
    assert "ERROR waymark.clock The job orders_lapse failed.\n" in text
    assert text.endswith("django.db.utils.IntegrityError (its words are left out)\n")
    assert_no_visitor(text)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/order/track/", "/order/confirm/", "/order/return/", "/cy/order/track/"])
def test_what_opens_an_order_is_in_no_line(visitor, lines, page, wagtails_own_queries):
    assert visitor(f"{page}s3cret-s3cret:s3/").status_code == 404
    assert lines.getvalue().endswith(f"WARNING django.request Not Found: {page}-/\n")


@pytest.mark.django_db
def test_a_missing_page_is_logged_without_the_visitor(visitor, lines, wagtails_own_queries):
    assert visitor(f"/nothing-here/?q={QUERY}").status_code == 404
    assert lines.getvalue().endswith("WARNING django.request Not Found: /nothing-here/\n")
    assert_no_visitor(lines.getvalue())


@pytest.mark.urls(__name__)
def test_a_wrong_host_is_logged_without_the_visitor(visitor, lines, settings):
    settings.ALLOWED_HOSTS = ["campaign.example"]
    assert visitor(f"/fine/?q={QUERY}", HTTP_HOST=ADDRESS).status_code == 400
    text = lines.getvalue()
    assert "ERROR django.security.DisallowedHost Refused: /fine/\n" in text
    assert_no_visitor(text)


@pytest.mark.urls(__name__)
def test_a_host_of_any_form_is_not_quoted(visitor, lines, settings):
    settings.ALLOWED_HOSTS = ["campaign.example"]
    assert visitor("/fine/%0Anext", HTTP_HOST=f"{QUERY} <x>").status_code == 400
    assert "ERROR django.security.DisallowedHost Refused: /fine/\\nnext\n" in lines.getvalue()
    assert_no_visitor(lines.getvalue())


@pytest.mark.django_db
def test_a_refused_form_is_logged_without_the_page_it_came_from(lines):
    client = Client(enforce_csrf_checks=True)
    referer = f"https://other.example/?q={QUERY}"
    response = client.post(
        "/cms/login/",
        {"username": QUERY},
        secure=True,
        REMOTE_ADDR=ADDRESS,
        HTTP_USER_AGENT=AGENT,
        HTTP_REFERER=referer,
        HTTP_COOKIE="csrftoken=" + "a" * 32,
    )
    assert response.status_code == 403
    assert "WARNING django.security.csrf Forbidden" in lines.getvalue()
    assert_no_visitor(lines.getvalue())


@pytest.mark.django_db
def test_a_refused_form_is_logged_without_its_origin(lines):
    origin = f"https://{QUERY}.example"
    Client(enforce_csrf_checks=True).post("/cms/login/", HTTP_ORIGIN=origin)
    assert lines.getvalue().endswith("WARNING django.security.csrf Forbidden (Origin checking failed): /cms/login/\n")


def test_the_development_server_logs_the_path_alone(lines):
    def app(environ, start_response):
        setup_testing_defaults(environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"fine"]

    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.server_port}/search/?q={QUERY}", headers={"User-Agent": AGENT}
    )
    with urllib.request.urlopen(request) as response:
        assert response.read() == b"fine"
    server.shutdown()
    thread.join()
    server.server_close()
    text = lines.getvalue()
    assert 'INFO django.server "GET /search/ HTTP/1.1" 200' in text
    assert "127.0.0.1" not in text
    assert_no_visitor(text)


@pytest.mark.parametrize(
    ("message", "args", "written"),
    [
        ("Broken pipe from %s", (("203.0.113.9", 50123),), "Broken pipe from ('-', 50123)"),
        ("Broken pipe from %s", (("2001:db8::7", 50123, 0, 0),), "Broken pipe from ('-', 50123, 0, 0)"),
        ("from ::1 at 12:30:45", (), "from - at 12:30:45"),
        ("Django 5.2.8 took 0.25", (), "Django 5.2.8 took 0.25"),
        ("see https://site.example/a?b=c&d=e.", (), "see https://site.example/a"),
        ('"GET /a?b=it\'s<not>"encoded" HTTP/1.1" 200', (), '"GET /a HTTP/1.1" 200'),
    ],
)
def test_filter_cleans_the_words(message, args, written):
    record = logging.LogRecord("x", logging.INFO, __file__, 1, message, args, None)
    assert VisitorDataFilter().filter(record) is True
    assert record.getMessage() == written


def test_filter_keeps_the_trace_of_what_no_visitor_asked_for():
    try:
        raise ValueError("the mail server is away")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Failed", (), sys.exc_info())
    VisitorDataFilter().filter(record)
    assert "the mail server is away" in logging.Formatter().format(record)


def test_filter_follows_what_an_error_hides():
    request = HttpRequest()
    try:
        try:
            raise KeyError("inner")
        except KeyError:
            raise ValueError("outer") from None
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Failed", (), sys.exc_info())
    record.request = request
    VisitorDataFilter().filter(record)
    text = logging.Formatter().format(record)
    assert "KeyError (its words" not in text
    assert text.endswith("builtins.ValueError (its words are left out)")


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("Invalid request from ip=203.0.113.77: Invalid Method 'my-secret-words'", "Invalid request"),
        ("Error handling request GET /a/?q=my-secret-words", "Error handling request"),
        ("Socket error processing request.", "Socket error processing request."),
        ("Ignoring 203.0.113.77", "Ignoring -"),
    ],
)
def test_filter_cleans_what_gunicorn_says(message, written):
    try:
        raise ValueError(QUERY)
    except ValueError:
        record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, (), sys.exc_info())
    assert ServerFilter().filter(record) is True
    text = logging.Formatter().format(record)
    assert text.startswith(f"{written}\nTraceback")
    assert text.endswith("builtins.ValueError (its words are left out)")
    assert_no_visitor(text)


def test_gunicorn_takes_no_access_log():
    config = Config()
    config.set("accesslog", "-")
    with pytest.raises(RuntimeError, match="No access log"):
        VisitorlessLogger(config)
