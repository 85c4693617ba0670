"""A share of stock that is kept back for a place or a kind of organisation, until a day."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ordering.models.stock import MOST, StockItem, saved_by_forms
from ordering.querysets import StockReservationQuerySet
from partners.enums import OrganisationKind
from signposting.models import Area


class StockReservation(models.Model):
    """Units that only orders of one place, or of one kind of organisation, may take. It lapses by itself."""

    item = ParentalKey(StockItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="reservations")
    area = models.ForeignKey(
        Area, verbose_name=_("place"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=20, choices=OrganisationKind.choices, blank=True
    )
    quantity = models.PositiveIntegerField(_("units"), validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    used = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    until = models.DateField(_("until"), help_text=_("The last day. From the next day on everyone may have the rest."))

    objects = StockReservationQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("share kept back")
        verbose_name_plural = _("shares kept back")
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=False, organisation_kind="") | Q(area__isnull=True) & ~Q(organisation_kind=""),
                name="ordering_reservation_for_one",
                violation_error_message=_("Choose either a place or a kind of organisation."),
            ),
            models.CheckConstraint(
                condition=Q(used__lte=F("quantity")),
                name="ordering_reservation_not_overdrawn",
                violation_error_message=_("More than that has been taken of this share already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.item_id} until {self.until:%Y-%m-%d}"

    def save(self, *args, **kwargs) -> None:
        """Save all but what was taken of it, which may have grown since the form was read."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = saved_by_forms(self)
        super().save(*args, **kwargs)

    @property
    def left(self) -> int:
        """Units that its own may still take."""
        return self.quantity - self.used

    def is_for(self, *, area: Area | None, organisation_kind: str) -> bool:
        """Whether an order from there, or from a district of there, or of such an organisation, may take of it."""
        if self.area_id is not None:
            return area is not None and self.area_id in (area.pk, area.parent_id)
        return organisation_kind == self.organisation_kind
