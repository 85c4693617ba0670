"""What was done to an order, and what was said about it."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AppendOnlyModel
from core.models.append_only import AppendOnlyQuerySet
from ordering.enums import Actor, OrderAction, OrderState
from ordering.models.orders import Order

LONGEST_WORDS = 500


class OrderEvent(AppendOnlyModel):
    """One thing that was done, never changed. It holds no free text, which may name someone: ``OrderNote`` does."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.PROTECT, related_name="events")
    action = models.CharField(_("what"), max_length=12, choices=OrderAction.choices)
    from_state = models.CharField(_("before"), max_length=12, choices=OrderState.choices, blank=True)
    to_state = models.CharField(_("after"), max_length=12, choices=OrderState.choices)
    version = models.PositiveIntegerField(_("version"))
    # Units by product code: what was granted, sent or came back.
    quantities = models.JSONField(_("units"), default=dict)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=8, choices=Actor.choices)
    # The account, where it was one of staff. As in the audit log: deleting an account changes no line.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    objects = AppendOnlyQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "A line points to the account; the name is in the account alone."

    class Meta:
        default_permissions = ()
        ordering = ["order", "version"]
        verbose_name = _("event of an order")
        verbose_name_plural = _("events of orders")
        constraints = [models.UniqueConstraint(fields=["order", "version"], name="ordering_event_version_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.version} {self.action}"


class OrderNote(models.Model):
    """Words about an order: a note among staff, a reason, a carrier and its number. Erased with whom it was for."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="notes")
    # The event it belongs to.
    version = models.PositiveIntegerField(_("version"))
    words = models.TextField(_("words"), validators=[MaxLengthValidator(LONGEST_WORDS)])
    is_told = models.BooleanField(_("the orderer reads it"), default=False)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    personal_data = ("words",)

    class Meta:
        default_permissions = ()
        ordering = ["order", "version", "pk"]
        verbose_name = _("note about an order")
        verbose_name_plural = _("notes about orders")

    def __str__(self) -> str:
        return f"{self.order_id} {self.version}"
