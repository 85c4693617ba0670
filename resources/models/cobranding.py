"""Approved artwork that partners put their place on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin

from core.enums import Audience


class CobrandTemplate(DraftStateMixin, RevisionMixin, models.Model):
    """A message that can't be altered, with places for a local number, an organisation's name and its logo.

    ``markup`` and ``styles`` are the artwork: HTML and CSS for paper. Published means approved.
    """

    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices)
    resource = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cobrand_templates",
        help_text=_("The page of the library that offers it."),
    )
    target = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page that the code opens"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The QR code on the sheet leads there."),
    )
    message = models.CharField(_("message"), max_length=120, help_text=_("The words on it, as people say them."))
    text_alternative = models.TextField(
        _("text alternative"),
        max_length=600,
        help_text=_("What it shows and says, for people who can't see it."),
    )
    paper_sizes = models.CharField(_("paper sizes"), max_length=20, default="a4,a3,a5")
    markup = models.TextField(_("HTML"))
    styles = models.TextField(_("CSS"))

    class Meta:
        ordering = ["title"]
        verbose_name = _("artwork to put a place on")
        verbose_name_plural = _("artwork to put a place on")

    def __str__(self) -> str:
        return self.title
