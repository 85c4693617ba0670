"""Slugs that nobody types."""

from django.db.models import QuerySet
from django.utils.text import slugify


def free_slug(rows: QuerySet, name: str, length: int = 50) -> str:
    """A slug of ``name`` that none of ``rows`` has: ``childline``, then ``childline-2``."""
    stem = slugify(name)[: length - 4] or "line"
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
