"""Writing to the audit log."""

from typing import Any

from django.db import models
from django.utils import timezone

from core.models.audit import AuditEntry
from users.models import User

PERSONAL = "(personal)"


def audit_record(
    *,
    actor: User | str,
    action: str,
    instance: models.Model | type[models.Model],
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down that ``actor`` did ``action`` to ``instance``. Call it in the transaction of what was done.

    ``actor`` is a user, or the name of the command or job that acted. ``action`` is a dotted name such as
    ``contact.withdraw``. ``old`` and ``new`` hold values by field that JSON can hold (dates as ISO strings); values
    of fields that the model declares personal are left out. ``instance`` may be a model, for what was done to many.
    """
    person = actor if isinstance(actor, models.Model) else None
    is_record = isinstance(instance, models.Model)
    return AuditEntry.objects.create(
        at=timezone.now(),
        actor=person,
        actor_label=_role(person) if person else str(actor),
        action=action,
        model=instance._meta.label,
        object_pk=str(instance.pk) if is_record else "",
        object_label=_label(instance) if is_record else str(instance._meta.verbose_name_plural),
        old=_not_personal(instance, old),
        new=_not_personal(instance, new),
    )


def _role(user: User) -> str:
    """The account's groups, so that the entry says in which role someone acted and names no one."""
    names = ["Administrator"] if user.is_superuser else []
    names += user.groups.order_by("name").values_list("name", flat=True)
    return ", ".join(names)[:200] or "No group"


def _label(instance: models.Model) -> str:
    if getattr(instance, "personal_data", ()):
        return f"{instance._meta.verbose_name} {instance.pk}"
    return str(instance)[:200]


def _not_personal(instance: models.Model | type[models.Model], values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    personal = set(getattr(instance, "personal_data", ()))
    return {field: PERSONAL if field in personal else value for field, value in values.items()}
