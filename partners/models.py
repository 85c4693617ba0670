"""Organisations that run or support the campaign."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

from partners.enums import OrganisationKind


class Organisation(TranslatableMixin, models.Model):
    """A partner: its name, what it is, what it does here, and its wordmark or logo."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    website = models.URLField(_("website"), blank=True)
    role = models.CharField(_("what it does here"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a logo its name is shown as a wordmark."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name
