"""What is published and still not for everybody to find: one answer for the site's search, the sitemap and lists."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from pages.models import NewsPage
from resources.models import PackPage, ResourcePage


def hidden_from_lists(at: datetime | None = None) -> Q:
    """A condition on pages of any type: under embargo, or of the library and not to be handed out (any more).

    ``at`` is an aware moment, now unless given. Such a page keeps its address, which says what is to be said.
    """
    at = at or timezone.now()
    return (
        Q(pk__in=NewsPage.objects.embargoed(at).values("pk"))
        | Q(pk__in=PackPage.objects.live().filter(embargoed_until__gt=at).values("pk"))
        | Q(pk__in=ResourcePage.objects.unlisted(at).values("pk"))
    )
