"""What the clock remembers of each job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueJobState(models.Model):
    """One job of the clock: held by whom until when, and when it last ran."""

    name = models.CharField(_("job"), max_length=80, unique=True)
    leased_until = models.DateTimeField(_("held until"), null=True, blank=True)
    lease = models.UUIDField(_("held by"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("last started"), null=True, blank=True)
    succeeded_at = models.DateTimeField(_("last succeeded"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)

    class Meta:
        default_permissions = ("view",)
        ordering = ["name"]
        verbose_name = _("job")

    def __str__(self) -> str:
        return self.name
