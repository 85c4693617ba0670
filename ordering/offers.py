"""What of a resource can be ordered printed: for its own page, and for the library's filter."""

from django.db.models import QuerySet

from ordering.lines import Offered, offered_items
from ordering.models import StockItem
from resources.models import ResourcePage
from resources.ordering_source import order_source


@order_source
def resources_in_stock() -> QuerySet:
    """Keys of the resources of which something is on the shelf that nobody was promised."""
    return StockItem.objects.in_stock().order_by().values("resource")


def offers_of(page: ResourcePage) -> list[Offered]:
    """Every item of a resource, also what is out for now: one query if there is none, else two."""
    items = {item.pk: item for item in StockItem.objects.orderable().filter(resource=page.pk).order_by("variant", "pk")}
    for item in items.values():
        item.resource = page
    # A resource that isn't handed out has no page of its own to ask from.
    return list(offered_items(items, live=items).values()) if items else []
