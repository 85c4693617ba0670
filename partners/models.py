"""Organisations that run or support the campaign."""

import logging

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images.models import SourceImageIOError
from wagtail.models import TranslatableMixin
from wagtail.search import index

from partners.enums import OrganisationKind
from partners.querysets import LOGO_SPEC, OrganisationQuerySet

logger = logging.getLogger("waymark.partners")


class Organisation(TranslatableMixin, index.Indexed, models.Model):
    """A partner: its name, what it is, what it does here, and its wordmark or logo."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    website = models.URLField(_("website"), blank=True, help_text=_("The whole address, starting with https://."))
    role = models.CharField(
        _("what it does here"), max_length=160, blank=True, help_text=_("One plain line: Runs the week of action.")
    )
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Only with the organisation's leave. Without a logo its name is shown as a wordmark."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first; the same number: by name.")
    )

    objects = OrganisationQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("kind"), FieldPanel("role")], heading=_("Who they are")),
        MultiFieldPanel([FieldPanel("website"), FieldPanel("logo"), FieldPanel("sort_order")], heading=_("How shown")),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("role"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Save, and make the logo at the size it is shown once the transaction is committed."""
        super().save(*args, **kwargs)
        if self.logo_id:
            transaction.on_commit(self._make_logo)

    def _make_logo(self):
        try:
            self.logo.get_rendition(LOGO_SPEC)
        except (SourceImageIOError, OSError):
            logger.warning("No logo for organisation %s: its file is missing or can't be read.", self.pk)

    @property
    def logo_rendition(self):
        """The logo at the size it is shown, if it was made; the rows of ``with_logos()`` need no query for it."""
        if self.logo is None:
            return None
        return next((made for made in self.logo.renditions.all() if made.filter_spec == LOGO_SPEC), None)
