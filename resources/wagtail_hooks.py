"""Registers the library's records with Wagtail."""

from wagtail.snippets.models import register_snippet

from resources.viewsets.topics import TopicViewSet

register_snippet(TopicViewSet)
