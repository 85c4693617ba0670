"""Reads of the library."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.query import PageQuerySet


class ResourcePageQuerySet(PageQuerySet):
    """Reads of resources."""

    def with_state(self) -> "ResourcePageQuerySet":
        """Annotate ``is_withdrawn`` and ``has_withdrawn_number``: what a row can't say of itself."""
        from resources.models import ResourcePrint, Withdrawal  # the models refer to these reads

        standing = Withdrawal.objects.filter(resource_key=OuterRef("translation_key"), lifted_at=None)
        numbers = ResourcePrint.objects.filter(page=OuterRef("pk"), contact__withdrawn_at__isnull=False)
        return self.annotate(is_withdrawn=Exists(standing), has_withdrawn_number=Exists(numbers))

    def listed(self, at: datetime | None = None) -> "ResourcePageQuerySet":
        """Return what may be handed out at an aware moment (now unless given).

        Live, no longer under embargo, not past its date, not withdrawn, and without a number that was withdrawn.
        """
        at = at or timezone.now()
        return (
            self.live()
            .with_state()
            .exclude(embargoed_until__gt=at)
            .filter(Q(valid_until=None) | Q(valid_until__gte=_day(at)))
            .filter(is_withdrawn=False, has_withdrawn_number=False)
        )


def _day(at: datetime) -> date:
    return timezone.localdate(at)
