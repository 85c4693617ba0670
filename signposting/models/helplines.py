"""Helplines: the words about a service. Its numbers are in its contact record."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from signposting.cards import helpline_entry
from signposting.fields import LinesField
from signposting.models.slugs import free_slug
from signposting.querysets import HelplineQuerySet
from signposting.versions import version_bump


class Helpline(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A service, in one language's words. It holds no number: no draft or translation can bring an old one back."""

    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.PROTECT,
        related_name="helplines",
        help_text=_("Where its number, hours and checks are kept. They are not part of this draft."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("The name people know it by."))
    slug = models.SlugField(_("slug"), max_length=80)
    run_by = models.CharField(_("run by"), max_length=160, help_text=_("The organisation behind it."))
    what_for = models.CharField(
        _("who it is for and what it does"),
        max_length=200,
        help_text=_("One plain line, said to the person who reads it: “For anyone under 19. Say as much as you like.”"),
    )
    for_young_people = models.BooleanField(_("young people"), default=False)
    for_parents = models.BooleanField(_("parents and carers"), default=False)
    for_professionals = models.BooleanField(_("professionals"), default=False)
    action_label = models.CharField(
        _("label of the link to its website"), max_length=40, blank=True, help_text=_("For example “Start a report”.")
    )
    facts = LinesField(
        _("short facts"),
        max_lines=3,
        max_line_length=60,
        help_text=_("Up to three, one on each line, shown with ticks: “Free”, “Confidential”, “Day and night”."),
    )
    cost = models.CharField(
        _("cost"), max_length=160, blank=True, help_text=_("For example “Free, also from mobiles”.")
    )
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=400,
        blank=True,
        help_text=_("What stays private, and when they must tell someone. Say it as it is."),
    )
    bsl = models.CharField(_("British Sign Language"), max_length=160, blank=True)
    note_label = models.CharField(
        _("note: first words"), max_length=40, blank=True, help_text=_("For example “What it can’t do:”.")
    )
    note = models.CharField(_("note: what it can't do, or what if nobody answers"), max_length=240, blank=True)
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Lower numbers come first. The first one stands in the bar on every page.")
    )

    objects = HelplineQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "Words about a service, never about a person."

    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("what_for", boost=2),
        index.SearchField("run_by"),
        index.FilterField("live"),
        index.FilterField("locale"),
        index.FilterField("sort_order"),
    ]
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("run_by"), FieldPanel("what_for")], heading=_("What it is")),
        FieldPanel("contact"),
        MultiFieldPanel(
            [FieldPanel("for_young_people"), FieldPanel("for_parents"), FieldPanel("for_professionals")],
            heading=_("Shown to"),
        ),
        MultiFieldPanel(
            [FieldPanel("facts"), FieldPanel("action_label"), FieldPanel("note_label"), FieldPanel("note")],
            heading=_("On its card"),
        ),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("confidentiality"), FieldPanel("languages"), FieldPanel("bsl")],
            heading=_("In the list of all helplines"),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="signposting_helpline_slug_in_locale")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Save, and raise the version in the same transaction: publishing and unpublishing come through here."""
        with transaction.atomic():
            if not self.slug:
                others = type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
                self.slug = free_slug(others, self.name, length=80)
            super().save(*args, **kwargs)
            version_bump()

    def delete(self, *args, **kwargs):
        """Delete, and raise the version in the same transaction."""
        with transaction.atomic():
            version_bump()
            return super().delete(*args, **kwargs)

    @property
    def shown_in_words(self) -> Promise:
        """Whether visitors see it, without the queries of Wagtail's own status."""
        if not self.live:
            return _("draft")
        return _("live, with a newer draft") if self.has_unpublished_changes else _("live")

    def get_preview_template(self, request, mode_name: str) -> str:
        """The card alone."""
        return "signposting/previews/helpline.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        """The card as the draft has it, with the contact record as it is now."""
        context = super().get_preview_context(request, mode_name)
        return {**context, "card": helpline_entry(self).card_at(timezone.now()) if self.contact_id else None}
