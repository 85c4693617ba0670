"""Which resources can be ordered printed. Orders are of a higher app: it offers what knows them (``order_source``)."""

from collections.abc import Callable

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import Combinable

_sources: list[Callable[[], QuerySet]] = []


def order_source(source: Callable[[], QuerySet]) -> Callable[[], QuerySet]:
    """Register what answers a queryset of one column: the keys of resource pages that can be ordered now.

    It becomes part of the library's own queries, so it is never read by itself.
    """
    _sources.append(source)
    return source


def orders_are_taken() -> bool:
    """Whether anything can be ordered on this site at all."""
    return bool(_sources)


def is_orderable() -> Combinable:
    """An expression on resources: whether a printed copy can be ordered."""
    if not _sources:
        return Value(False, output_field=BooleanField())
    offered = Q()
    for source in _sources:
        offered |= Q(pk__in=source())
    return ExpressionWrapper(offered, output_field=BooleanField())
