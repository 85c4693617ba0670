"""Helplines: the words about a service. Its numbers are in its contact record."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from signposting.cards import NUMBER_HERE, note_number_of
from signposting.fields import LinesField
from signposting.models.words import ReviewedWords
from signposting.querysets import HelplineQuerySet


class Helpline(ReviewedWords, index.Indexed):
    """A service, in one language's words."""

    words = (
        "name",
        "run_by",
        "what_for",
        "action_label",
        "facts",
        "cost",
        "languages",
        "confidentiality",
        "bsl",
        "no_answer",
        "note_label",
        "note",
    )

    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.PROTECT,
        related_name="helplines",
        help_text=_("Where its number, hours and checks are kept. They are not part of this draft."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("The name people know it by."))
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
    no_answer = models.CharField(
        _("if nobody answers"),
        max_length=160,
        blank=True,
        help_text=_(
            "What happens then, such as “You may wait in a queue: it is worth it.” Whom to try next is added from its "
            "contact record."
        ),
    )
    note_label = models.CharField(
        _("note: first words"), max_length=40, blank=True, help_text=_("For example “What it can’t do:”.")
    )
    note = models.CharField(
        _("note: what else to know, such as what it can't do"),
        max_length=240,
        blank=True,
        help_text=_(
            "Never type another service's number here: write {number} in its place and choose that service's record."
        ),
    )
    note_contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("record of the number in the note"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="noted_in",
        help_text=_(
            "Its checked number stands where the note says {number}. While that number may not be shown, the whole "
            "note is left out."
        ),
    )
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
            [
                FieldPanel("facts"),
                FieldPanel("action_label"),
                FieldPanel("no_answer"),
                FieldPanel("note_label"),
                FieldPanel("note"),
                FieldPanel("note_contact"),
            ],
            heading=_("On its card"),
        ),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("confidentiality"), FieldPanel("languages"), FieldPanel("bsl")],
            heading=_("In the list of all helplines"),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta(ReviewedWords.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")

    def __str__(self) -> str:
        return self.name

    def own_errors(self) -> dict[str, ValidationError]:
        """Keep the note's number and its record together."""
        if NUMBER_HERE not in self.note:
            message = _("Write {number} in the note where its number belongs, or choose no record here.")
            return {"note_contact": ValidationError(message, code="no_place")} if self.note_contact_id else {}
        if not self.note_contact_id:
            message = _("Choose the record whose number stands where the note says {number}.")
            return {"note_contact": ValidationError(message, code="no_record")}
        if self.note.count(NUMBER_HERE) > 1:
            return {"note": ValidationError(_("Write {number} once."), code="twice")}
        record = self.note_contact
        if record.text_keyword not in self.note:
            message = _("Say which word to text: %(word)s.")
            return {"note": ValidationError(message, code="no_keyword", params={"word": record.text_keyword})}
        if not note_number_of(record, self.note):
            message = _("Choose a record with one number: to call or to text, not both and not none.")
            return {"note_contact": ValidationError(message, code="which_number")}
        return {}

    def get_preview_template(self, request, mode_name: str) -> str:
        """The card alone."""
        return "signposting/previews/helpline.html"
