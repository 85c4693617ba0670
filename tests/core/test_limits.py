"""What a visitor may send is bounded before it is read."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.limits import PublicBodyLimitMiddleware


def status(path: str, length: str) -> int:
    request = RequestFactory().post(path, CONTENT_LENGTH=length)
    return PublicBodyLimitMiddleware(lambda _request: HttpResponse("read"))(request).status_code


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("/search/", "", 200),
        ("/search/", "1048576", 200),
        ("/search/", "1048577", 413),
        ("/search/", "-1", 413),
        ("/documents/", "1048577", 413),
        ("/cms/images/add/", "9999999", 200),
    ],
)
def test_large_bodies_are_for_editors(path, length, expected):
    assert status(path, length) == expected


def test_a_file_sent_to_the_search_is_refused_unread(client, settings):
    settings.PUBLIC_BODY_MAX_BYTES = 1000
    response = client.post("/search/", data="x" * 1001, content_type="application/octet-stream")
    assert response.status_code == 413
    assert 'href="tel:999"' in response.content.decode()
    assert "All that you send may be up to 1000\xa0bytes together." in response.content.decode()
