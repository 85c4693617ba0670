"""What resources are about."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin


class Topic(TranslatableMixin, models.Model):
    """What a resource is about, for filtering."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("in the address"), max_length=60)
    also_called = models.CharField(
        _("also called"),
        max_length=300,
        blank=True,
        help_text=_("Other words that people search for, even those we don’t use: nudes, sexting. Nobody sees them."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Smaller numbers come first; the same number: by name.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("also_called"), FieldPanel("sort_order")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("topic")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="resources_topic_slug_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save, and let resources be found by its new words."""
        from resources.models import ResourcePage  # it refers to this model
        from resources.search_words import search_text_refresh

        with transaction.atomic():
            super().save(*args, **kwargs)
            search_text_refresh(ResourcePage.objects.filter(topics=self))
