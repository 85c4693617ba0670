"""System checks of the tree of pages. They read the database: ``manage.py check --database default``."""

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import OperationalError, ProgrammingError
from django.db.models import Count

from pages.models import AudiencePage, HomePage


@register(Tags.database)
def check_one_audience_page_each(databases: list[str] | None = None, **kwargs) -> list[CheckMessage]:
    """Warn of two pages for one audience in one language: only one of them is in the header."""
    return _twice(
        databases,
        AudiencePage.objects.order_by().values("audience", "locale__language_code"),
        "There are {count} pages for the audience “{audience}” in “{locale__language_code}”.",
        hint="Keep one of them: move what is useful to it and delete the others.",
        code="pages.W001",
    )


@register(Tags.database)
def check_one_home_page_each(databases: list[str] | None = None, **kwargs) -> list[CheckMessage]:
    """Warn of two home pages in one language: visitors see only the one that the site points to."""
    return _twice(
        databases,
        HomePage.objects.order_by().values("locale__language_code"),
        "There are {count} home pages in “{locale__language_code}”.",
        hint="Keep the one that the site's settings point to and delete the others.",
        code="pages.W002",
    )


def _twice(databases, rows, message: str, *, hint: str, code: str) -> list[CheckMessage]:
    if not databases:
        return []
    try:
        found = list(rows.annotate(count=Count("pk")).filter(count__gt=1))
    except (OperationalError, ProgrammingError):  # before the first migration there is nothing to check
        return []
    return [Warning(message.format(**row), hint=hint, id=code) for row in found]
