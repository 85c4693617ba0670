"""Compression of public pages, and of nothing else."""

import gzip

import brotli
import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from core.compression import PageCompressionMiddleware

PAGE = "<p>Nobody has to sort it out alone.</p>" * 40


def _answer(accept: str, response=None):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accept})
    return PageCompressionMiddleware(lambda _request: response or HttpResponse(PAGE))(request)


def test_compression_prefers_brotli():
    response = _answer("gzip, deflate, br")
    assert response.headers["Content-Encoding"] == "br"
    assert brotli.decompress(response.content).decode() == PAGE
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Vary"] == "Accept-Encoding"


def test_compression_falls_back_to_gzip():
    response = _answer("gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == PAGE


@pytest.mark.parametrize("accept", ["", "identity", "br;q=0, gzip; q=0"])
def test_compression_respects_a_client_that_takes_none(accept):
    response = _answer(accept)
    assert "Content-Encoding" not in response.headers
    assert response.content.decode() == PAGE
    assert response.headers["Vary"] == "Accept-Encoding"


def _with_cookie():
    response = HttpResponse(PAGE)
    response.set_cookie("session", "x")
    return response


def _varying():
    return HttpResponse(PAGE, headers={"Vary": "Cookie"})


def _download():
    return FileResponse(iter([PAGE.encode()]), content_type="text/html")


@pytest.mark.parametrize(
    "response",
    [
        _with_cookie,
        _varying,
        _download,
        lambda: HttpResponse(PAGE, content_type="text/plain"),
        lambda: HttpResponse("small"),
    ],
)
def test_compression_leaves_everything_else_alone(response):
    assert "Content-Encoding" not in _answer("br", response()).headers


def test_compression_weakens_a_strong_etag():
    assert _answer("br", HttpResponse(PAGE, headers={"ETag": '"abc"'})).headers["ETag"] == 'W/"abc"'
