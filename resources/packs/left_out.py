"""What is in a pack and not handed out, and how that is said."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.copy_sheets import CopySheet
from resources.enums import GONE_STATES, ResourceState
from resources.models import ResourcePage, Withdrawal
from resources.packs.schedules import Post, moment_in_words, time_in_words


@dataclass(frozen=True)
class LeftOut:
    """What is in the pack and not handed out."""

    title: str
    why: str


def left_out_of(resources: Iterable[ResourcePage], *, is_early: bool) -> list[LeftOut]:
    """Those of a pack's resources that aren't handed out. The public isn't told what is under embargo, only when."""
    gone = [each for each in resources if each.state in GONE_STATES and (is_early or not each.is_embargoed)]
    reasons = _reasons(gone)
    coming = Counter(
        each.embargoed_until for each in resources if not is_early and each.state == ResourceState.EMBARGOED
    )
    return [LeftOut(each.title, _why(each, reasons)) for each in gone] + [
        LeftOut(
            ngettext("%(count)s more resource", "%(count)s more resources", count) % {"count": count},
            _("To come on %(moment)s.") % {"moment": moment_in_words(moment)},
        )
        for moment, count in sorted(coming.items())
    ]


def pictures_left_out(
    sheets: Iterable[CopySheet], withheld: Mapping[int, ResourcePage], *, is_early: bool
) -> list[LeftOut]:
    """The pictures that went with a resource, each by the words it stood with."""
    return [
        LeftOut(_("The picture of %(words)s") % {"words": sheet_name(sheet)}, _gone_with(resource, is_early=is_early))
        for sheet in sheets
        if sheet.image and (resource := withheld.get(sheet.image.pk))
    ]


def sheet_name(sheet: CopySheet) -> str:
    """What a text is called: its title; a post's day and time."""
    return f"{_('Day')} {sheet.day}, {time_in_words(sheet.time)}" if isinstance(sheet, Post) else sheet.title


def _gone_with(resource: ResourcePage, *, is_early: bool) -> str:
    if resource.is_embargoed and not is_early:
        return _("It was withdrawn. Don't use it.")
    return _("It belongs to “%(title)s”, which was withdrawn. Don't use it.") % {"title": resource.title}


def _reasons(gone: Iterable[ResourcePage]) -> dict:
    keys = [resource.translation_key for resource in gone if resource.state == ResourceState.WITHDRAWN]
    if not keys:
        return {}
    standing = Withdrawal.objects.filter(resource_key__in=keys, lifted_at=None)
    return dict(standing.values_list("resource_key", "reason"))


def _why(resource: ResourcePage, reasons: dict) -> str:
    if resource.state == ResourceState.WITHDRAWN:
        return _("Withdrawn. %(reason)s") % {"reason": reasons.get(resource.translation_key, "")}
    if resource.state == ResourceState.NUMBER_WITHDRAWN:
        return _("Withdrawn. A number printed on it is no longer right.")
    return _("It could be used until %(date)s.") % {"date": date_format(resource.valid_until, "j F Y")}
