"""Views of this app: each parses, makes one call, answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.views import serve

from pages.querysets import specific_at
from pages.search import LONGEST, SearchAnswer, SearchState, root_path_for, search_site

# More than this comes from no form of ours; what is shown again is cut there.
KEPT_CHARACTERS = 2000


# Without a token: nothing is changed or stored here, and a token would need a cookie, which public pages don't have.
@csrf_exempt
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show the empty form; answer words that are POSTed, so that they stay out of addresses, histories and logs."""
    answer = SearchAnswer()
    if request.method == "POST":
        words = request.POST.get("words", "")[:KEPT_CHARACTERS]
        answer = search_site(request, words, _page_number(request.POST.get("page", "")))
    response = render(request, "pages/search.html", _context(answer))
    if request.method == "POST":
        patch_cache_control(response, no_store=True)
    return response


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at an address: Wagtail's own view, told which page it is.

    Wagtail finds the home page first, with two queries more; where the home page stands, the rest of the request asks
    the cache anyway. What isn't found here is left to Wagtail.
    """
    parts = [part for part in path.split("/") if part]
    root_path = root_path_for(request) if parts else ""
    if root_path:
        page, rest = specific_at(root_path, parts)
        try:
            if page is not None:
                request._wagtail_route_for_request = page.route(request, rest)
        except Http404:
            request._wagtail_route_for_request = None
    return serve(request, path)


def _context(answer: SearchAnswer) -> dict:
    """The answer, and by their own names the parts that the template reads."""
    return {
        "answer": answer,
        "words": answer.words,
        "error": answer.error,
        "limit": LONGEST,
        "searched": answer.state != SearchState.EMPTY,
        "helplines": answer.helpline_cards,
        "promoted": answer.promoted,
        "results": answer.results,
        "more": answer.has_more,
    }


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
