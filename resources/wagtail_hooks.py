"""Registers this app's part of the editors' admin."""

from wagtail.snippets.models import register_snippet

from resources.viewsets.cobranding import CobrandTemplateViewSet
from resources.viewsets.topics import TopicViewSet

register_snippet(TopicViewSet)
register_snippet(CobrandTemplateViewSet)
