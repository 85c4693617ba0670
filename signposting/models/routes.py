"""Report signposting: what has happened, and who can help with it. Rules, not a tree."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.enums import Audience
from signposting.blocks import RouteStepBlock
from signposting.enums import SITUATION_FIELDS, WHO_FIELDS, RouteDanger, Who
from signposting.models.words import ReviewedWords
from signposting.querysets import WordsQuerySet


class Situation(ReviewedWords, index.Indexed):
    """Something that happens to people, in each audience's own words; without them it isn't offered there."""

    words = ("words_young_people", "words_parents", "words_professionals")

    name = models.CharField(_("name"), max_length=80, help_text=_("For the team. Visitors never see it."))
    words_young_people = models.CharField(
        _("as a young person says it"), max_length=90, blank=True, help_text=_("“A picture of me has been shared”")
    )
    words_parents = models.CharField(_("as a parent says it"), max_length=90, blank=True)
    words_professionals = models.CharField(_("as a professional says it"), max_length=90, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("Lower numbers come first."))

    objects = WordsQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]
    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("words_young_people"), FieldPanel("words_parents"), FieldPanel("words_professionals")],
            heading=_("In the reader's own words"),
            help_text=_("Leave empty what an audience is never asked about."),
        ),
        FieldPanel("sort_order"),
    ]

    class Meta(ReviewedWords.Meta):
        ordering = ["sort_order", "name"]
        verbose_name = _("situation")
        verbose_name_plural = _("situations")

    def __str__(self) -> str:
        return self.name

    def own_errors(self) -> dict[str, ValidationError]:
        """Someone must be able to choose it."""
        if any(getattr(self, field) for field in SITUATION_FIELDS.values()):
            return {}
        message = _("Say it in the words of at least one audience, or nobody can choose it.")
        return {"words_young_people": ValidationError(message, code="nobody")}

    def get_preview_template(self, request, mode_name: str) -> str:
        """The choices as readers see them."""
        return "signposting/previews/situation.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        """What each audience may choose."""
        choices = [(label, getattr(self, SITUATION_FIELDS[audience])) for audience, label in Audience.choices]
        return {**super().get_preview_context(request, mode_name), "choices": choices}


class ReportRoute(ReviewedWords, ClusterableModel, index.Indexed):
    """Who can help with what: conditions on the answers, what to do, and whom to contact."""

    words = ("heading", "steps", "what_next", "limits", "no_need")
    slug_from = "heading"

    heading = models.CharField(_("heading"), max_length=80, help_text=_("Plain and calm: “If someone threatens you”."))
    for_under_18 = models.BooleanField(_("under 18"), default=False)
    for_adults = models.BooleanField(_("18 or over, and it happened to them"), default=False)
    for_parents = models.BooleanField(_("parents and carers"), default=False)
    for_professionals = models.BooleanField(_("professionals"), default=False)
    danger = models.CharField(
        _("danger"),
        max_length=10,
        choices=RouteDanger.choices,
        default=RouteDanger.ANY,
    )
    situations = ParentalManyToManyField(
        Situation,
        verbose_name=_("situations"),
        blank=True,
        related_name="routes",
        help_text=_(
            "None chosen: it is shown when no other route fits. With danger, it is shown whatever has happened."
        ),
    )
    priority = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Lower numbers come first. 999 always comes before all of them.")
    )
    steps = StreamField([("step", RouteStepBlock())], blank=True, max_num=6, verbose_name=_("what to do"))
    what_next = models.TextField(
        _("what happens next"),
        max_length=400,
        blank=True,
        help_text=_("Who answers, what they ask, how long it takes."),
    )
    limits = models.TextField(
        _("what they can't do"), max_length=400, blank=True, help_text=_("Said honestly, so that nobody is let down.")
    )
    no_need = models.TextField(
        _("you don't have to…"), max_length=300, blank=True, help_text=_("“You don't have to give your name.”")
    )
    area_contact = models.BooleanField(
        _("also the area's children's services"),
        default=False,
        help_text=_("With the number that answers now, if the reader said where they live."),
    )
    link_label = models.CharField(_("label of a link"), max_length=60, blank=True)
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of this site to read next"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = WordsQuerySet.as_manager()

    search_fields = [index.SearchField("heading"), index.AutocompleteField("heading"), index.FilterField("locale")]
    panels = [
        FieldPanel("heading"),
        MultiFieldPanel(
            [
                FieldPanel("for_under_18"),
                FieldPanel("for_adults"),
                FieldPanel("for_parents"),
                FieldPanel("for_professionals"),
                FieldPanel("danger"),
                FieldPanel("situations", widget=forms.CheckboxSelectMultiple),
                FieldPanel("priority"),
            ],
            heading=_("When it is shown"),
        ),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("what_next"), FieldPanel("limits"), FieldPanel("no_need")], heading=_("What to expect")
        ),
        InlinePanel("contacts", [FieldPanel("helpline")], heading=_("Who can help"), label=_("Helpline")),
        FieldPanel("area_contact"),
        MultiFieldPanel([FieldPanel("link_page"), FieldPanel("link_label")], heading=_("To read next")),
    ]

    class Meta(ReviewedWords.Meta):
        ordering = ["priority", "heading"]
        verbose_name = _("report route")
        verbose_name_plural = _("report routes")

    def __str__(self) -> str:
        return self.heading

    def own_errors(self) -> dict[str, ValidationError]:
        """Someone must be able to reach it, and a link has a page and words."""
        errors = {}
        if not any(getattr(self, field) for field in WHO_FIELDS.values()):
            message = _("Choose at least one group of readers, or nobody is shown this.")
            errors["for_under_18"] = ValidationError(message, code="nobody")
        if bool(self.link_label) != bool(self.link_page_id):
            message = _("A link needs both a page and a label.")
            errors["link_label" if self.link_page_id else "link_page"] = ValidationError(message, code="half_a_link")
        return errors

    @property
    def readers_in_words(self) -> str:
        """Whom it answers, for the list: routes for different readers may have the same heading."""
        fields = (self._meta.get_field(name) for name in WHO_FIELDS.values())
        return ", ".join(str(field.verbose_name) for field in fields if getattr(self, field.name))

    @property
    def preview_modes(self) -> list[tuple[str, Promise]]:
        """Each reader it is for, now and at 3am. Any other answer, place and time: “Try the help page”."""
        readers = [who for who in Who if getattr(self, WHO_FIELDS[who])] or list(Who)
        return [
            *((who.value, who.label) for who in readers),
            *((f"{who.value}@3", format_lazy("{} {}", who.label, _("(at 3am)"))) for who in readers),
        ]

    @property
    def default_preview_mode(self) -> str:
        """The first reader, now."""
        return self.preview_modes[0][0]

    def get_preview_template(self, request, mode_name: str) -> str:
        """The answer page."""
        return "signposting/answer.html"


class RouteContact(Orderable):
    """A helpline of a report route, in its order."""

    route = ParentalKey(ReportRoute, on_delete=models.CASCADE, related_name="contacts")
    helpline = models.ForeignKey(
        "signposting.Helpline", verbose_name=_("helpline"), on_delete=models.CASCADE, related_name="report_routes"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("helpline of a route")
        constraints = [
            models.UniqueConstraint(fields=["route", "helpline"], name="signposting_route_contact_once"),
        ]

    def __str__(self) -> str:
        return str(self.helpline)
