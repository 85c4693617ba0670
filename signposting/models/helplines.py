"""Helplines: the words about a service. Its numbers are in its contact record."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index


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
    """A service, in one language's words."""

    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.PROTECT,
        related_name="helplines",
    )
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80)
    run_by = models.CharField(_("run by"), max_length=160)
    what_for = models.CharField(_("who it is for and what it does"), max_length=200)
    for_young_people = models.BooleanField(_("young people"), default=False)
    for_parents = models.BooleanField(_("parents and carers"), default=False)
    for_professionals = models.BooleanField(_("professionals"), default=False)
    action_label = models.CharField(_("label of the link to its website"), max_length=40, blank=True)
    facts = models.JSONField(_("short facts"), default=list, blank=True)
    cost = models.CharField(_("cost"), max_length=160, blank=True)
    languages = models.CharField(_("languages"), max_length=160, blank=True)
    confidentiality = models.CharField(_("confidentiality"), max_length=400, blank=True)
    bsl = models.CharField(_("British Sign Language"), max_length=160, blank=True)
    note_label = models.CharField(_("note: first words"), max_length=40, blank=True)
    note = models.CharField(_("note: what it can't do, or what if nobody answers"), max_length=240, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta(TranslatableMixin.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("helpline")

    def __str__(self) -> str:
        return self.name
