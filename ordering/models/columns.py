"""Which columns of the list of orders a member of staff wants to see."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderColumns(models.Model):
    """One person's choice, kept when they sign out."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    names = models.JSONField(_("columns"), default=list)

    personal_data = ()
    personal_data_reason = "Names of columns; they go with the account."

    class Meta:
        default_permissions = ()
        verbose_name = _("columns of the list of orders")
        verbose_name_plural = _("columns of the list of orders")

    def __str__(self) -> str:
        return ", ".join(self.names)
