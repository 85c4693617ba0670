"""The audit log: who did what to which record, and when. Written once, never changed."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class AuditQuerySet(AppendOnlyQuerySet):
    """Reads of the log."""

    def newest_first(self) -> "AuditQuerySet":
        """The order in which the log is read."""
        return self.order_by("-at", "-pk")


class AuditEntry(AppendOnlyModel):
    """One thing that was done.

    The entry holds no person's name: ``actor`` points to the account, which names its holder until it is anonymised,
    and ``actor_label`` keeps in which role, or which command, acted. There is no constraint on ``actor`` in the
    database, since deleting an account must neither change nor delete an entry.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    actor_label = models.CharField(_("in which role"), max_length=200)
    action = models.CharField(_("what"), max_length=80, db_index=True)
    model = models.CharField(_("kind of record"), max_length=100)
    object_pk = models.CharField(_("number of the record"), max_length=64)
    object_label = models.CharField(_("record"), max_length=200)
    old = models.JSONField(_("before"), null=True)
    new = models.JSONField(_("after"), null=True)

    objects = AuditQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "An entry points to the account; the name is in the account alone."

    class Meta:
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "object_pk"], name="core_audit_of_a_record")]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_label}"

    @property
    def what_was_done(self) -> str:
        """The action for people: "contact.number_approved" is "Contact: number approved"."""
        return capfirst(self.action.replace(".", ": ").replace("_", " "))

    @property
    def kind_of_record(self) -> str:
        """What editors call the model; its label if there is no such model any more."""
        model = self._model_or_none()
        return capfirst(model._meta.verbose_name) if model else self.model

    def in_words(self, values: dict | None) -> list[tuple[str, str]]:
        """Names and values of ``old`` or ``new`` for people: fields as forms call them, "–" for nothing."""
        fields = {field.name: field for field in self._model_or_none()._meta.fields} if self._model_or_none() else {}
        return [
            (capfirst(fields[name].verbose_name if name in fields else name.replace("_", " ")), _said(value))
            for name, value in (values or {}).items()
        ]

    def _model_or_none(self) -> type[models.Model] | None:
        try:
            return apps.get_model(self.model)
        except (LookupError, ValueError):
            return None

    @property
    def who(self) -> str:
        """The account's holder and role, for a page with one entry; the role alone once the account is gone."""
        user = type(self)._meta.get_field("actor").related_model.objects.filter(pk=self.actor_id).first()
        return f"{user} ({self.actor_label})" if user else self.actor_label


def _said(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(each) for each in value) or "–"
    return "–" if value in (None, "") else str(value)
