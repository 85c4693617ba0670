"""A page's audience follows from where it stands: below young people's page it is for young people."""

from django.apps import apps
from django.db import transaction
from wagtail.models import Page


@transaction.atomic
def audience_set_below(*, page: Page) -> None:
    """Give the advice pages at and below ``page`` the audience of the audience page they stand under.

    Called after an audience page is saved and after any page is moved. Changes rows without making revisions:
    nobody edits an audience by hand.
    """
    # By name: the models call this.
    audience_pages = apps.get_model("pages.AudiencePage").objects.ancestor_of(page, inclusive=True)
    audience = audience_pages.values_list("audience", flat=True).first() or ""
    advice = apps.get_model("pages.AdvicePage").objects.descendant_of(page, inclusive=True)
    advice.exclude(audience=audience).update(audience=audience)
