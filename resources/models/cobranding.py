"""Approved artwork that partners put their place on."""

from collections.abc import Callable, Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import DraftStateMixin, RevisionMixin

from core.enums import Audience
from resources.artwork import FIELDS, REQUIRED, Artwork, number_errors, styles_check
from resources.artwork_samples import missing_errors
from resources.enums import PaperSize
from resources.exceptions import ArtworkError
from resources.querysets import CobrandTemplateQuerySet


class _Code(forms.Textarea):
    """A large box in letters of one width, which corrects nobody."""

    def __init__(self, attrs: dict | None = None):
        super().__init__({"class": "artwork-code", "spellcheck": "false", "autocapitalize": "off", **(attrs or {})})


class _FieldsPanel(HelpPanel):
    """Lists what artwork may place."""

    class BoundPanel(HelpPanel.BoundPanel):
        fields = FIELDS
        required = REQUIRED


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
    paper_sizes = models.CharField(
        _("paper sizes"),
        max_length=20,
        default="a4,a3,a5",
        help_text=_("With commas between them; the first is offered."),
    )
    markup = models.TextField(
        _("HTML"),
        help_text=_(
            "What stands on the sheet. The message stands in it in so many words, and {{ number }} for a field."
        ),
    )
    styles = models.TextField(_("CSS"), help_text=_("One rem is a hundredth of the sheet's width, in every size."))
    preview = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("picture of it"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = CobrandTemplateQuerySet.as_manager()

    panels = [
        HelpPanel(template="resources/admin/sheet_preview.html", heading=_("See it")),
        MultiFieldPanel(
            [
                TitleFieldPanel("title", placeholder=False, classname=""),
                FieldPanel("slug", widget=SlugInput),
                FieldRowPanel([FieldPanel("audience"), FieldPanel("paper_sizes")]),
                FieldPanel("message"),
                FieldPanel("text_alternative"),
            ],
            heading=_("What it is"),
        ),
        MultiFieldPanel([FieldPanel("target"), FieldPanel("resource")], heading=_("Pages")),
        _FieldsPanel(template="resources/admin/sheet_fields.html", heading=_("What stands for what")),
        FieldPanel("markup", widget=_Code(attrs={"rows": 28})),
        FieldPanel("styles", widget=_Code(attrs={"rows": 28})),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = _("artwork template")
        verbose_name_plural = _("artwork templates")

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What its sheets are counted as: the resource they belong to, failing that itself."""
        return str(self.resource.translation_key) if self.resource else f"template:{self.slug}"

    @property
    def papers(self) -> list[PaperSize]:
        """The sizes that it comes in, in its order."""
        return [PaperSize(size) for size in self.paper_sizes.split(",")]

    def clean(self) -> None:
        """Refuse artwork that can't be made, reaches outside, leaves out what must be there, or alters its message.

        What only shows once it is drawn is looked for when it is published (``resources.proofs``).
        """
        super().clean()
        errors = {**self._word_errors(), **self._size_errors()}
        errors |= self._artwork_errors(PaperSize) if "paper_sizes" in errors else self._artwork_errors(self.papers)
        if errors:
            raise ValidationError(errors)

    def _word_errors(self) -> dict[str, list[str]]:
        found = {name: number_errors(getattr(self, name)) for name in ("title", "message", "text_alternative")}
        return {name: errors for name, errors in found.items() if errors}

    def _size_errors(self) -> dict[str, ValidationError]:
        sizes = [size.strip().lower() for size in self.paper_sizes.split(",")]
        if not set(sizes) <= set(PaperSize.values) or len(set(sizes)) != len(sizes):
            taken = ", ".join(PaperSize.values)
            return {"paper_sizes": ValidationError(_("Name each size once, of these: %s.") % taken, code="sizes")}
        self.paper_sizes = ",".join(sizes)
        return {}

    def _artwork_errors(self, papers: Iterable[PaperSize]) -> dict[str, list[str]]:
        errors = {"styles": _errors_of(styles_check, self.styles), "markup": _errors_of(styles_check, self.markup)}
        try:
            errors["markup"] += missing_errors(Artwork(self.markup), self.message, papers)
        except ArtworkError as error:
            errors["markup"] += error.messages
        return {name: found for name, found in errors.items() if found}


def _errors_of(check: Callable[[str], None], written: str) -> list[str]:
    try:
        check(written)
    except ArtworkError as error:
        return error.messages
    return []
