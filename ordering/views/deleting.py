"""What stands beside Wagtail's own “Delete”: a resource of which there is stock stays."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ordering.models import StockItem


def deleting_refused(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """Back to the list, with the reason, if there is a stock item of one of the pages or of a page below one.

    The database would refuse it too, in the middle. None if nothing stands in the way.
    """
    at_or_below = Q()
    for page in pages:
        at_or_below |= Q(resource__path__startswith=page.path)
    items = list(StockItem.objects.filter(at_or_below).select_related("resource")) if pages else []
    if not items:
        return None
    for item in items:
        words = _("“%(page)s” can't be deleted: there is stock of it, %(code)s. Unpublish it or withdraw it instead.")
        messages.error(request, words % {"page": item.resource, "code": item.code})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
