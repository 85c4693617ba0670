"""Every write about what may be handed out. Partners read each of them in the change log."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import audit_record
from resources.change_log import change_write, pages_lock
from resources.enums import ChangeKind
from resources.exceptions import (
    AlreadyWithdrawnError,
    NotWithdrawnError,
    ReplacedByItselfError,
    ReplacementNotListedError,
    ReplacementWithdrawnError,
)
from resources.models import ResourcePage, Withdrawal
from users.models import User


@transaction.atomic
def resource_withdraw(
    *, resource: ResourcePage, by: User, reason: str, replaced_by: ResourcePage | None = None
) -> Withdrawal:
    """Take a resource, in every language, out of the library and the packs at once; its files answer 410.

    Called by whoever may publish the page; one person is enough, because what is out of date does harm. Writes the
    withdrawal, a line of the change log and an audit entry. Raises ``AlreadyWithdrawnError`` if it is withdrawn,
    ``ReplacedByItselfError``, ``ReplacementWithdrawnError`` and ``ReplacementNotListedError`` for a replacement that
    leads nowhere in any language, ``ValidationError`` without a reason of at most 240 characters.
    """
    keys = pages_lock(resource, replaced_by)
    if Withdrawal.objects.filter(resource_key=resource.translation_key, lifted_at=None).exists():
        raise AlreadyWithdrawnError(str(resource))
    if replaced_by:
        _replacement_check(replaced_by, is_itself=len(keys) == 1)
    now = timezone.now()
    withdrawal = Withdrawal(
        resource_key=resource.translation_key,
        reason=_required(reason),
        replaced_by=replaced_by,
        withdrawn_at=now,
        withdrawn_by=by,
    )
    withdrawal.full_clean(validate_constraints=False)
    withdrawal.save()
    change_write(resource, ChangeKind.WITHDRAWN, what=withdrawal.reason)
    new = {"reason": withdrawal.reason, "replaced_by": str(replaced_by or "")}
    audit_record(actor=by, action="resource.withdrawn", instance=resource, old=None, new=new)
    return withdrawal


@transaction.atomic
def resource_restore(*, resource: ResourcePage, by: User) -> Withdrawal:
    """Bring a withdrawn resource back, in every language. Its dates and its printed numbers still hold.

    Called by whoever may publish the page. Lifts the withdrawal, writes a line of the change log and an audit entry.
    Raises ``NotWithdrawnError`` if it isn't withdrawn, so that a repeat changes nothing.
    """
    pages_lock(resource)
    standing = Withdrawal.objects.select_for_update().filter(resource_key=resource.translation_key, lifted_at=None)
    withdrawal = standing.first()
    if withdrawal is None:
        raise NotWithdrawnError(str(resource))
    withdrawal.lifted_at = timezone.now()
    withdrawal.save(update_fields=["lifted_at"])
    change_write(resource, ChangeKind.RESTORED)
    old = {"reason": withdrawal.reason, "replaced_by": str(withdrawal.replaced_by or "")}
    audit_record(actor=by, action="resource.restored", instance=resource, old=old, new=None)
    return withdrawal


def _replacement_check(replaced_by: ResourcePage, *, is_itself: bool) -> None:
    """Raise what ``resource_withdraw`` raises for a replacement."""
    if is_itself:
        raise ReplacedByItselfError(str(replaced_by))
    # No ring can come of it: what closes one leads to a resource that is withdrawn.
    if Withdrawal.objects.filter(resource_key=replaced_by.translation_key, lifted_at=None).exists():
        raise ReplacementWithdrawnError(str(replaced_by))
    if not ResourcePage.objects.listed().filter(translation_key=replaced_by.translation_key).exists():
        raise ReplacementNotListedError(str(replaced_by))


def _required(reason: str) -> str:
    """The reason without spaces around it. Raises ``ValidationError`` if nothing is left."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in one plain sentence. Everybody reads it.")})
    return reason.strip()
