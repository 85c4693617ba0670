"""The quiet room: advice for one audience, and the shelf of pages below help."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks.groups import LINE_FEATURES
from core.models import BasePage
from pages.blocks import AsideStreamBlock
from pages.forms import AdviceCopyForm
from pages.models.audience import AudiencePage
from pages.models.story import StoryPage


class AdvicePage(StoryPage):
    """One thing that someone came for. It comforts before it instructs."""

    introduction = RichTextField(
        _("introduction"), features=LINE_FEATURES, blank=True, help_text=_("Comfort first: one or two sentences.")
    )
    aside = StreamField(AsideStreamBlock(), blank=True, verbose_name=_("beside the body"))

    page_description = _("One thing that someone came for: what to do, who helps.")
    parent_page_types = ["pages.AudiencePage", "pages.AdvicePage"]
    subpage_types = ["pages.AdvicePage"]
    search_fields = [*StoryPage.search_fields, index.SearchField("introduction")]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("aside"),
    ]
    copy_form_class = AdviceCopyForm
    template = "pages/advice_page.html"

    class Meta:
        verbose_name = _("advice page")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Advice may stand below advice, one level deep."""
        return super().can_create_at(parent) and not _is_nested_advice(parent)

    def can_move_to(self, parent: Page) -> bool:
        """Refuse a place that would put advice more than one level below other advice."""
        if not super().can_move_to(parent):
            return False
        if issubclass(parent.specific_class, AdvicePage):
            return not _is_nested_advice(parent) and self.is_leaf()
        return True

    def save(self, *args, **kwargs):
        """Take the audience of the audience page above."""
        self.audience = (
            AudiencePage.objects.ancestor_of(self).values_list("audience", flat=True).first() or self.audience
        )
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict) -> "AdvicePage":
        """Keep the audience, which follows from the page's place and not from a revision."""
        page = super().with_content_json(content)
        page.audience = self.audience
        return page

    def below(self) -> models.QuerySet:
        """Live advice below this page, without stream fields."""
        return AdvicePage.objects.child_of(self).live().defer_streamfields()


def _is_nested_advice(page: Page) -> bool:
    """Tell whether ``page`` is advice that stands below other advice."""
    if not issubclass(page.specific_class, AdvicePage):
        return False
    parent = page.get_parent()
    return parent is not None and issubclass(parent.specific_class, AdvicePage)


class HelpSectionPage(BasePage):
    """The shelf that holds pages below ``/help/``; that address itself is answered by the help form."""

    page_description = _("Holds the pages below “Get help”. That address itself is answered by the help page.")
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.InformationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("help section")
