"""Everything that is held about one e-mail address, for whoever asks what we hold and for whoever asks us to forget it.

Each app that keeps addresses registers what it holds in its ``purges.py``, beside how that leaves by itself::

    @held_about("orders", erase=orders_erase)
    def orders_of(email):
        return [{"reference": order.reference} for order in ...]

UK GDPR, articles 15 (access), 17 (erasure) and 20 (portability).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.audit import audit_record
from core.models import OutboxMessage
from users.models import User

Held = list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """What one part of the site holds: how it is found, and how it is erased. None: it isn't erased on request."""

    name: str
    find: Callable[[str], Held]
    erase: Callable[[str, User | str], int] | None
    # Writes down who read which record, where the audit log says so of each.
    seen: Callable[[str, User | str], None] | None = None
    for_administrators: bool = False


_holdings: dict[str, Holding] = {}


def held_about(
    name: str,
    *,
    erase: Callable[[str, User | str], int] | None,
    seen: Callable[[str, User | str], None] | None = None,
    for_administrators: bool = False,
) -> Callable[[Callable[[str], Held]], Callable[[str], Held]]:
    """Register the decorated function as what answers with all that is held about an address, as JSON can hold it.

    ``erase`` gets the address and who erases, and returns how many records it erased. ``seen`` gets the address and who
    reads, and writes to the audit log which records that are. ``for_administrators`` leaves it out for everyone else.
    """

    def register(find: Callable[[str], Held]) -> Callable[[str], Held]:
        _holdings[name] = Holding(name, find, erase, seen, for_administrators)
        return find

    return register


def holdings() -> list[Holding]:
    """Everything that is registered, by name."""
    return [_holdings[name] for name in sorted(_holdings)]


@transaction.atomic
def subject_export(*, email: str, by: User | str) -> dict[str, Held]:
    """All that is held about an e-mail address, whatever its capital letters, by the part of the site that holds it.

    The audit log says that somebody asked, and not about whom; of records whose readers it names, it names this one.
    """
    is_trusted = not isinstance(by, User) or by.is_superuser
    read = [holding for holding in holdings() if is_trusted or not holding.for_administrators]
    for holding in read:
        if holding.seen:
            holding.seen(email, by)
    found = {holding.name: holding.find(email) for holding in read}
    counts = {name: len(held) for name, held in found.items()}
    audit_record(actor=by, action="personal_data.export", instance=OutboxMessage, new=counts)
    return found


@transaction.atomic
def subject_erase(*, email: str, by: User | str) -> dict[str, int]:
    """Erase what is held about an e-mail address. Returns how many records of each part: all of it, or none.

    The audit log says how many, and not about whom. Accounts of staff stay: they are deactivated where users are.
    """
    erased = {holding.name: holding.erase(email, by) for holding in holdings() if holding.erase}
    audit_record(actor=by, action="personal_data.erase", instance=OutboxMessage, new=erased)
    return erased
