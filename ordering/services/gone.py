"""What was withdrawn since it was ordered: it must not be packed any more."""

from collections.abc import Iterable

from ordering.models import OrderLine
from resources.models import ResourcePage


def lines_gone(lines: Iterable[OrderLine]) -> list[OrderLine]:
    """Those lines whose resource isn't handed out now: withdrawn, unpublished, past its date, with a number gone."""
    lines = list(lines)
    keys = {line.item.resource_id for line in lines}
    listed = set(ResourcePage.objects.listed().filter(pk__in=keys).values_list("pk", flat=True))
    return [line for line in lines if line.item.resource_id not in listed]
