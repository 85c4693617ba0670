"""The life of a partner link: made by the comms team, opened by its organisation, revoked in one click."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import audit_record
from measurement.robots import is_robot
from resources.models import PackPage, PartnerLink
from resources.packs.schedules import moment_in_words
from users.models import User


def link_state(link: PartnerLink) -> str:
    """How a link stands, in words."""
    if link.revoked_at:
        return _("Revoked on %(moment)s") % {"moment": moment_in_words(link.revoked_at)}
    words = _("Works until %(moment)s") if link.is_working else _("Ran out on %(moment)s")
    return words % {"moment": moment_in_words(link.expires_at)}


def link_word(link: PartnerLink) -> str:
    """How a link stands, in one word for lists."""
    if link.revoked_at:
        return _("Revoked")
    return _("Works") if link.is_working else _("Ran out")


def link_notes(link: PartnerLink) -> list[str]:
    """What whoever sends a link should know: that it opens nothing yet, or nothing that isn't open."""
    pack = link.pack
    if not pack.live:
        return [_("The pack isn't published: the link opens nothing until it is.")]
    if not pack.is_embargoed:
        return [_("The pack isn't under embargo: everybody can open it at its own address, without this link.")]
    if link.expires_at < pack.embargoed_until:
        moment = moment_in_words(pack.embargoed_until)
        return [_("The link ends before the pack opens to everybody, on %(moment)s.") % {"moment": moment}]
    return []


def link_opened(request: HttpRequest, link: PartnerLink) -> None:
    """Count that a link was used, for its page or a file: by GET, not by a robot. Nothing of the visitor is kept."""
    if request.method == "GET" and not is_robot(request.headers.get("User-Agent", "")):
        PartnerLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


@transaction.atomic
def partner_link_make(*, pack: PackPage, organisation: str, expires_at: datetime, by: User) -> PartnerLink:
    """Make a link that opens ``pack`` until ``expires_at``. The audit log says for whom, never the address."""
    link = PartnerLink.objects.create(pack=pack, organisation=organisation, expires_at=expires_at, created_by=by)
    new = {"organisation": organisation, "expires_at": expires_at.isoformat()}
    audit_record(actor=by, action="partner_link.made", instance=link, new=new)
    return link


@transaction.atomic
def partner_link_revoke(*, link: PartnerLink, by: User) -> PartnerLink:
    """Stop a link at once. Revoking it again changes nothing."""
    locked = PartnerLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        audit_record(actor=by, action="partner_link.revoked", instance=locked)
    return locked
