"""Views of this app: each parses, makes one call, answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pages.search import LONGEST, SearchAnswer, SearchState, search_site

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
