"""Whether a form was sent from this site: for public forms, which have no token because they have no cookie."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_this_site(request: HttpRequest) -> bool:
    """False if the browser says that another site, or nobody we know, had it send this.

    Every browser in use sends one of the two headers with a form. What sends neither isn't a browser that another site
    could turn on us.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
