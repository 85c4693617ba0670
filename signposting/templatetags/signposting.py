"""Helplines in templates, from the one snapshot of the request."""

from django import template

from core.emergency import EMERGENCY, Emergency
from signposting.cards import HelplineCard
from signposting.snapshots import SnapshotNow, snapshot_for

register = template.Library()


def _snapshot(context: template.Context) -> SnapshotNow:
    """The request's snapshot, also inside ``{% include … only %}`` and in blocks."""
    return snapshot_for(getattr(context, "request", None) or context.get("request"))


@register.simple_tag(takes_context=True)
def helplines_for(context: template.Context, audience: str) -> list[HelplineCard]:
    """``{% helplines_for "young" as cards %}``: every live helpline of an audience, in order."""
    return _snapshot(context).for_audience(audience)


@register.simple_tag(takes_context=True)
def helpline_cards(context: template.Context, value) -> list[HelplineCard]:
    """``{% helpline_cards value as cards %}``: the helplines of a ``HelplinesBlock``'s value that are live now."""
    if value.chosen_pks:
        return _snapshot(context).chosen(value.chosen_pks)
    return _snapshot(context).for_audience(value["all_for"]) if value.get("all_for") else []


@register.simple_tag(takes_context=True)
def first_helpline(context: template.Context, audience: str = "") -> HelplineCard | None:
    """``{% first_helpline audience as card %}``: for the help bar; no audience means young people."""
    return _snapshot(context).first_for(audience)


@register.simple_tag(takes_context=True)
def signposting_stamp(context: template.Context) -> str:
    """``{% signposting_stamp as stamp %}``: what a cached fragment with helplines in it varies on."""
    return _snapshot(context).stamp


@register.simple_tag
def emergency() -> Emergency:
    """``{% emergency as emergency %}``: 999 and 101, from the code and not from the database."""
    return EMERGENCY
