"""What happened to the library's items. Apart from their words: no draft, revision or translation brings it back."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.enums import ChangeKind
from resources.written_numbers import number_errors


class Withdrawal(models.Model):
    """A resource that may not be handed out any more, in every language. It stands until it is lifted."""

    resource_key = models.UUIDField(_("resource"), help_text=_("The key that a resource shares with its translations."))
    reason = models.CharField(_("reason"), max_length=240, help_text=_("One plain sentence. Everybody reads it."))
    replaced_by = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        ordering = ["-withdrawn_at"]
        verbose_name = _("withdrawal of a resource")
        constraints = [
            models.UniqueConstraint(
                fields=["resource_key"],
                condition=models.Q(lifted_at=None),
                name="resources_one_withdrawal_stands",
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def clean(self) -> None:
        """Keep numbers out of the reason. Raises ``ValidationError``."""
        super().clean()
        if errors := number_errors(self):
            raise ValidationError(errors)


class LibraryChange(models.Model):
    """One line of the change log of a resource or a pack. Rows are added, never changed."""

    subject_key = models.UUIDField(
        _("resource or pack"), db_index=True, help_text=_("The key that it shares with its translations.")
    )
    title = models.CharField(_("title at that time"), max_length=255)
    kind = models.CharField(_("what happened"), max_length=10, choices=ChangeKind.choices)
    version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    what = models.CharField(_("in words"), max_length=240, blank=True)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of the library")
        verbose_name_plural = _("changes of the library")

    def __str__(self) -> str:
        return f"{self.title}: {self.get_kind_display()}"


class HandedOut(models.Model):
    """That a resource handed out a document. Rows are added, never changed: the file may be anywhere by now.

    Whoever asks for it once no current resource has it is told so, whatever became of the resource.
    """

    document = models.ForeignKey(
        "core.CustomDocument", verbose_name=_("file"), on_delete=models.CASCADE, related_name="handed_out"
    )
    resource_key = models.UUIDField(_("resource"), help_text=_("The key that a resource shares with its translations."))

    # A memory is no use of a document: it may be deleted, and this with it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file that was handed out")
        verbose_name_plural = _("files that were handed out")
        constraints = [
            models.UniqueConstraint(fields=["document", "resource_key"], name="resources_handed_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.resource_key}"


class ResourceUse(models.Model):
    """How often a resource was downloaded of late, for sorting. The daily totals are the truth."""

    resource_key = models.UUIDField(_("resource"), unique=True)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("use of a resource")
        verbose_name_plural = _("use of resources")

    def __str__(self) -> str:
        return f"{self.resource_key}: {self.downloads}"
