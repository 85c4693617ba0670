"""Registers the organisations with Wagtail."""

from wagtail.snippets.models import register_snippet

from partners.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)
