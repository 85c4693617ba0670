"""Settings that decide which orders a person reads: each change of one stands in the audit log."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from wagtail.admin.views import generic

from core.audit import audit_record


def _values(record: Model, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(record, field) for field in fields}


class AuditedCreateView(generic.CreateView):
    """Adds a record. ``audited`` are the fields that are written down; ``audit_name`` begins the action's name."""

    audited: tuple[str, ...] = ()
    audit_name = ""

    @transaction.atomic
    def save_instance(self) -> Model:
        """Save it and write it down."""
        record = super().save_instance()
        audit_record(
            actor=self.request.user,
            action=f"{self.audit_name}.add",
            instance=record,
            new=_values(record, self.audited),
        )
        return record


class AuditedEditView(generic.EditView):
    """Changes a record, as ``AuditedCreateView``."""

    audited: tuple[str, ...] = ()
    audit_name = ""

    @transaction.atomic
    def save_instance(self) -> Model:
        """Save it and write down which of its fields changed, from what to what."""
        before = _values(self.model.objects.select_for_update().get(pk=self.object.pk), self.audited)
        record = super().save_instance()
        after = _values(record, self.audited)
        changed = [field for field in self.audited if before[field] != after[field]]
        if changed:
            audit_record(
                actor=self.request.user,
                action=f"{self.audit_name}.edit",
                instance=record,
                old={field: before[field] for field in changed},
                new={field: after[field] for field in changed},
            )
        return record


class AuditedDeleteView(generic.DeleteView):
    """Deletes a record, as ``AuditedCreateView``."""

    audited: tuple[str, ...] = ()
    audit_name = ""

    @transaction.atomic
    def delete_action(self) -> None:
        """Write it down and delete it."""
        audit_record(
            actor=self.request.user,
            action=f"{self.audit_name}.delete",
            instance=self.object,
            old=_values(self.object, self.audited),
        )
        super().delete_action()
