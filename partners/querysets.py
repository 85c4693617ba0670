"""Reads of organisations."""

from django.db import models

# Twice the size at which a logo is shown.
LOGO_SPEC = "max-320x128|format-webp"


class OrganisationQuerySet(models.QuerySet):
    """Reads of organisations."""

    def with_logos(self) -> "OrganisationQuerySet":
        """Bring each logo and the picture made from it: two queries for any number of organisations."""
        return self.select_related("logo").prefetch_related("logo__renditions")

    def in_language(self, language_code: str) -> "OrganisationQuerySet":
        """Return the organisations as written in one language."""
        return self.filter(locale__language_code=language_code)
