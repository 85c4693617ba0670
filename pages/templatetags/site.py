"""Tags for what stands round every page."""

import json
from datetime import date

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from events.models import CampaignPage
from pages import navigation as around

register = template.Library()

# As Django's json_script: what could end the script element is written as an escape.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> around.Navigation:
    """Return the audiences, footer pages, partners and campaign of this request; each is read when it is used."""
    return around.Navigation.for_request(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def edition(context: Context) -> str:
    """Return a key that differs after any change an editor makes. Cached fragments vary on it."""
    return around.edition(context["request"])


@register.simple_tag
def place(page: Page, navigation: around.Navigation) -> str:
    """Give the page the crumbs that the navigation has read already, so that it need not ask for them."""
    if navigation.page is page:
        page.__dict__.setdefault("crumbs", navigation.crumbs)
    return ""


@register.simple_tag
def today() -> date:
    """Return today's date in the site's time zone. Fragments that show the week vary on it."""
    return timezone.localdate()


@register.filter
def spans_months(campaign: CampaignPage) -> bool:
    """Tell whether a campaign begins in one month and ends in another."""
    return campaign.starts_on.month != campaign.ends_on.month


@register.simple_tag
def site_name() -> dict:
    """Return the site's name in ``full``, and cut after its first word, which stands on the mark."""
    mark, _space, rest = settings.WAGTAIL_SITE_NAME.partition(" ")
    return {"full": settings.WAGTAIL_SITE_NAME, "mark": mark, "rest": rest}


@register.simple_tag
def direction() -> str:
    """Return ``rtl`` or ``ltr`` for the active language."""
    return "rtl" if translation.get_language_bidi() else "ltr"


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Page) -> str:
    """Return a page's address without its own look-ups: the site's root paths are read once for each request."""
    return page.get_url(context.get("request")) or ""


@register.simple_tag
def alternates(page: Page, navigation: around.Navigation) -> list[dict]:
    """Return ``language`` and ``address`` of the page in every language it is live in; empty if that is only one."""
    if len(navigation.root_paths) < 2:
        return []
    others = list(page.get_translations().live().select_related("locale"))
    if not others:
        return []
    return [{"language": other.locale.language_code, "address": other.full_url} for other in [page, *others]]


@register.filter
def json_ld(data: dict) -> SafeString:
    """Write structured data as a script element that no value of it can break out of."""
    if not data:
        return SafeString("")
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
