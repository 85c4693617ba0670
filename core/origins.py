"""Whether a request comes from a page of ours: for what a public page sends without a token."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this origin sends it (Fetch Metadata, else the Origin header).

    What says neither isn't from here: every browser has said one of the two with a POST since 2020.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == request.get_host()
