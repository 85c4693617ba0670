"""Public pages read no cookie and set none, whatever a browser sends."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.cookies import CookielessMiddleware

TOKEN = "a1" * 16


def cookies_seen(path: str, *, is_dummy: bool = False, **cookies: str) -> dict[str, str]:
    request = RequestFactory().get(path)
    request.COOKIES = dict(cookies)
    if is_dummy:
        request.is_dummy = True
    seen = []
    CookielessMiddleware(lambda asked: seen.append(asked.COOKIES) or HttpResponse())(request)
    return seen[0]


@pytest.mark.parametrize("path", ["/", "/search/", "/media/images/a.jpg", "/cms", "/documents", "/cy/cms/"])
def test_public_pages_see_no_cookie(path):
    assert cookies_seen(path, sessionid="x", csrftoken=TOKEN, other="y") == {}


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/3/edit/", "/documents/1/a.pdf"])
def test_who_may_be_signed_in_keeps_them(path):
    assert cookies_seen(path, sessionid="x", csrftoken=TOKEN) == {"sessionid": "x", "csrftoken": TOKEN}


BASKET = ["/order/", "/order/add/", "/order/details/", "/order/check/", "/order/placed/C7K-4RM/", "/cy/order/"]


@pytest.mark.parametrize("path", BASKET)
def test_who_has_a_basket_keeps_its_two_and_no_other(path):
    kept = cookies_seen(path, sessionid="x", csrftoken=TOKEN, messages="y", other="z")
    assert kept == {"sessionid": "x", "csrftoken": TOKEN}


@pytest.mark.parametrize(
    "path",
    ["/order", "/order/track/x/", "/order/confirm/x/", "/order/return/x/", "/order/x/", "/xx/order/", "/help/order/"],
)
def test_what_lies_beside_the_basket_sees_none(path):
    assert cookies_seen(path, sessionid="x", csrftoken=TOKEN) == {}


def test_previews_keep_the_editors():
    assert cookies_seen("/", is_dummy=True, sessionid="x") == {"sessionid": "x"}


@pytest.mark.parametrize("token", ["", "short", TOKEN + "!", "-" * 32, "a" * 33])
def test_a_token_of_the_wrong_form_is_nobodys(token):
    assert cookies_seen("/cms/", sessionid="x", csrftoken=token) == {"sessionid": "x"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nothing-here/", "/search/", "/documents/9/a.pdf", "/robots.txt"])
def test_another_sites_cookies_are_answered_with_none(client, path, wagtails_own_queries):
    client.cookies.load({"csrftoken": "not-ours", "sessionid": "not-ours", "messages": "not-ours"})
    response = client.get(path)
    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()
