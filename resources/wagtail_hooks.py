"""Registers this app's part of the editors' admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from resources.viewsets.cobranding import CobrandTemplateViewSet
from resources.viewsets.partner_links import partner_links_viewset
from resources.viewsets.topics import TopicViewSet

register_snippet(TopicViewSet)
register_snippet(CobrandTemplateViewSet)


@hooks.register("register_admin_viewset")
def register_partner_links():
    """Links that open a pack early."""
    return partner_links_viewset
