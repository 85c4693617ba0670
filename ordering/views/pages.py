"""What every page of an order has in common."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from wagtail.models import Page

from core.enums import Audience
from ordering.basket import Basket
from ordering.progress import form_steps
from resources.models import ResourceIndexPage


@dataclass
class OrderPlace:
    """Where the pages of an order stand in the site: below the library, among what is for professionals."""

    path: str
    pk: None = None
    audience: str = Audience.PRO.value


def order_place_in_site() -> OrderPlace:
    """The place in the active language; at the top if there is no library. One query."""
    libraries = ResourceIndexPage.objects.live().filter(locale__language_code=translation.get_language())
    above = libraries.values_list("path", flat=True).first() or ""
    return OrderPlace(path=f"{above}{'0' * Page.steplen}")


def order_page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """A page of an order: kept by no cache, listed by no search engine."""
    context = {"page": order_place_in_site(), "steps": form_steps(context.get("step", "")), **context}
    return private(render(request, template, context, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """The answer, kept by no cache and listed by no search engine."""
    patch_cache_control(response, no_store=True, private=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def basket_of(request: HttpRequest) -> Basket:
    """The visitor's basket. Reading it starts no session."""
    return Basket(request.session)
