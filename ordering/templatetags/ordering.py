"""Tags for pages that offer printed copies."""

from django import template

from ordering.offers import offers_of
from resources.models import ResourcePage

register = template.Library()


@register.inclusion_tag("ordering/offer.html")
def order_form(page: ResourcePage) -> dict:
    """``{% order_form page %}``: what puts printed copies of a resource into the basket; nothing if there are none."""
    offers = offers_of(page) if page.pk else []
    return {"offers": offers, "can_order": any(offered.limit for offered in offers)}
