"""Places: who looks after children there, by day and out of hours."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from signposting.models.words import ReviewedWords
from signposting.place_entries import area_entry
from signposting.place_lines import area_at
from signposting.querysets import AreaQuerySet

# E, W, S or N and eight digits, as the Office for National Statistics gives them out: E06000021.
_is_ons_code = RegexValidator(r"^[EWSN][0-9]{8}$", _("An ONS code is a letter and eight digits: E06000021."))


class Area(ReviewedWords, ClusterableModel, index.Indexed):
    """One council's area: its names, its website, and which contact records answer there."""

    words = ("name", "council", "front_door_name", "police_force", "exploitation_team", "partnership")

    name = models.CharField(_("name"), max_length=80, help_text=_("As people who live there say it."))
    council = models.CharField(_("council"), max_length=120)
    council_page = models.URLField(
        _("the council's page about worries for a child"),
        max_length=300,
        help_text=_("Shown with 999 and 101 whenever there is no checked number."),
    )
    front_door_name = models.CharField(
        _("local name of children's services"),
        max_length=120,
        blank=True,
        help_text=_("Shown second: visitors read “children's services” first. For example “Integrated Front Door”."),
    )
    day_contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("record of the daytime number"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="day_areas",
    )
    out_of_hours_contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("record of the out-of-hours number"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="out_of_hours_areas",
    )
    online_report = models.URLField(_("online report"), max_length=300, blank=True)
    police_force = models.CharField(_("police force"), max_length=80, blank=True)
    exploitation_team = models.CharField(
        _("exploitation team, and how to reach it"), max_length=200, blank=True, help_text=_("For professionals.")
    )
    lado_contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("record of the designated officer (LADO)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lado_areas",
        help_text=_("Shown to professionals only."),
    )
    partnership = models.CharField(_("safeguarding partnership"), max_length=160, blank=True)
    partnership_page = models.URLField(_("its website"), max_length=300, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="districts",
        help_text=_("A larger area that has no number of its own, such as Greater Manchester."),
    )

    objects = AreaQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "Names and addresses of public services."

    search_fields = [
        index.SearchField("name", boost=4),
        index.AutocompleteField("name"),
        index.SearchField("council"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]
    panels = [
        HelpPanel(template="signposting/admin/area_steps.html", heading=_("How to add a place")),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("parent"), FieldPanel("council"), FieldPanel("council_page")],
            heading=_("The place"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("front_door_name"),
                FieldPanel("day_contact"),
                FieldPanel("out_of_hours_contact"),
                FieldPanel("online_report"),
            ],
            heading=_("Children's services"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("police_force"),
                FieldPanel("exploitation_team"),
                FieldPanel("lado_contact"),
                FieldPanel("partnership"),
                FieldPanel("partnership_page"),
            ],
            heading=_("Police and partnership"),
        ),
        InlinePanel(
            "codes",
            heading=_("ONS codes"),
            label=_("Code"),
            help_text=_("A postcode finds this area by them. District codes win over county codes."),
        ),
    ]

    class Meta(ReviewedWords.Meta):
        ordering = ["name"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name

    def own_errors(self) -> dict[str, ValidationError]:
        """Keep parents above their districts: one level, and never itself."""
        if not self.parent_id:
            return {}
        if self.parent_id == self.pk or self.parent.parent_id:
            message = _("Choose an area that is not itself part of another.")
            return {"parent": ValidationError(message, code="nested")}
        if self.pk and self.districts.exists():
            message = _("Other areas are part of this one, so it can't be part of another.")
            return {"parent": ValidationError(message, code="has_districts")}
        return {}

    def get_preview_template(self, request, mode_name: str) -> str:
        """The area's page."""
        return "signposting/area.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        """The page as the draft has it, with the records as they are now."""
        context = super().get_preview_context(request, mode_name)
        return {**context, "shown": area_at(area_entry(self), timezone.now())}


class AreaCode(models.Model):
    """An ONS code of an area: of its county or of a district in it."""

    area = ParentalKey(Area, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(_("ONS code"), max_length=9, validators=[_is_ons_code])

    class Meta:
        ordering = ["code"]
        verbose_name = _("ONS code")
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="signposting_area_code_once")]

    def __str__(self) -> str:
        return self.code


class Postcode(models.Model):
    """Which district and county a postcode lies in: the ONS Postcode Directory, read by ``import_postcodes``."""

    postcode = models.CharField(_("postcode"), max_length=7, primary_key=True, help_text=_("Without a space."))
    district = models.CharField(_("ONS code of the district"), max_length=9)
    county = models.CharField(_("ONS code of the county"), max_length=9, blank=True)

    personal_data = ()
    personal_data_reason = "A public directory; no visitor's postcode is ever stored."

    class Meta:
        verbose_name = _("postcode")

    def __str__(self) -> str:
        return f"{self.postcode[:-3]} {self.postcode[-3:]}"
