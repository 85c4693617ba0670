"""What belongs to a resource: its files, the numbers printed on it, what goes well with it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import Orderable

from resources.enums import PaperSize
from resources.formats import document_facts, format_label
from resources.languages import language_choices, language_label
from resources.models.library import ResourcePage
from resources.querysets import ResourcePrintQuerySet
from resources.written_numbers import number_errors


class ResourceFile(Orderable):
    """A file of a resource. Format, bytes, pages and pixels are the document's own."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="resource_files"
    )
    label = models.CharField(
        _("label"), max_length=60, blank=True, help_text=_("“Screen image”. Empty: its size and language.")
    )
    language = models.CharField(_("language"), max_length=12, choices=language_choices, default="en-gb")
    paper_size = models.CharField(_("paper size"), max_length=2, choices=PaperSize.choices, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("paper_size"), FieldPanel("language")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of resources")

    def __str__(self) -> str:
        return self.label or str(self.document)

    def clean(self) -> None:
        """Keep numbers out of its label. Raises ``ValidationError``."""
        super().clean()
        if errors := number_errors(self):
            raise ValidationError(errors)

    @property
    def name(self) -> str:
        """What its link says: the label, or else its size or format; with the language where that isn't clear."""
        language = language_label(self.language)
        if self.label:
            return self.label if self.language == settings.LANGUAGE_CODE else f"{self.label}, {language}"
        what = self.get_paper_size_display() or format_label(self.document)
        return f"{what[:1].upper()}{what[1:]}, {language}"

    @property
    def facts(self) -> str:
        """Its format, pages or pixels, and bytes."""
        return document_facts(self.document)


class ResourcePrint(Orderable):
    """A contact record whose number stands on the resource: withdrawing the number withdraws the resource.

    The row remembers the number as it was when it was added, drafts included: paper doesn't change with the record.
    """

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="prints")
    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.PROTECT,
        related_name="resource_prints",
    )
    number = models.CharField(_("number as printed"), max_length=20, blank=True, editable=False)
    # The contact record that the number was taken from, also if it had none: another record's is taken anew.
    number_of = models.PositiveBigIntegerField(null=True, editable=False)

    objects = ResourcePrintQuerySet.as_manager()
    panels = [FieldPanel("contact"), HelpPanel(template="resources/admin/printed_number_panel.html")]

    class Meta(Orderable.Meta):
        verbose_name = _("number printed on a resource")
        verbose_name_plural = _("numbers printed on resources")
        constraints = [models.UniqueConstraint(fields=["page", "contact"], name="resources_number_printed_once")]

    def __str__(self) -> str:
        return str(self.contact)

    def clean(self) -> None:
        """Remember the number when an editor adds the row: a draft may wait while the record changes."""
        super().clean()
        self.remember_number()

    def save(self, *args, **kwargs) -> None:
        """Save, with the number as it was when the row was added."""
        self.remember_number()
        super().save(*args, **kwargs)

    def remember_number(self) -> None:
        """Take the record's number, unless the row has it: in its draft, or as it is stored."""
        if self.contact_id is None or self.number_of == self.contact_id:
            return
        stored = type(self).objects.filter(pk=self.pk, number_of=self.contact_id).first() if self.pk else None
        self.take_number()
        if stored:
            self.number = stored.number

    def take_number(self) -> None:
        """Take the number that the record has now: the files have it."""
        self.number = self.contact.phone or self.contact.text_number
        self.number_of = self.contact_id

    @property
    def is_changed(self) -> bool:
        """Whether the record has another number by now; how it is spaced doesn't matter."""
        now = {number.replace(" ", "") for number in (self.contact.phone, self.contact.text_number)}
        return bool(self.number) and self.number.replace(" ", "") not in now


class RelatedResource(Orderable):
    """Another resource that goes well with one."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="related")
    resource = models.ForeignKey(
        ResourcePage, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="related_from"
    )

    panels = [FieldPanel("resource")]

    class Meta(Orderable.Meta):
        verbose_name = _("related resource")

    def __str__(self) -> str:
        return str(self.resource)
