"""E-mail addresses that are kept for one message, and deleted when it is sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ordering.models.stock import StockItem
from ordering.querysets import OutOfDateAddressQuerySet
from resources.models import ResourcePage


class StockAlert(models.Model):
    """Somebody wants to know when an item is there again."""

    item = models.ForeignKey(StockItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="alerts")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("asked"))

    personal_data = ("email",)

    class Meta:
        default_permissions = ()
        ordering = ["created_at", "pk"]
        verbose_name = _("address to tell of new stock")
        verbose_name_plural = _("addresses to tell of new stock")
        constraints = [models.UniqueConstraint(fields=["item", "email"], name="ordering_alert_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class OutOfDateAddress(models.Model):
    """Somebody who was sent a resource wants to know if it goes out of date. Not their order, the address alone."""

    resource = models.ForeignKey(
        ResourcePage, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="out_of_date_addresses"
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=12)
    until = models.DateField(_("kept until"))

    objects = OutOfDateAddressQuerySet.as_manager()

    personal_data = ("email",)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("address to tell if it goes out of date")
        verbose_name_plural = _("addresses to tell if it goes out of date")
        constraints = [models.UniqueConstraint(fields=["resource", "email"], name="ordering_out_of_date_once")]

    def __str__(self) -> str:
        return f"{self.pk}"
