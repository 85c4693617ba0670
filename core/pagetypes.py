"""The project's page types, and how the database gets from ``Page`` to each of them."""

from functools import cache

from django.apps import apps
from wagtail.models import Page


@cache
def page_links() -> dict[type[Page], str]:
    """Each page type of ours with the name of its link from ``Page``: ``{AdvicePage: "advicepage"}``."""
    from core.models import BasePage  # models refer to blocks, and blocks to this module

    types = (model for model in apps.get_models() if issubclass(model, BasePage))
    return {model: model._meta.pk.remote_field.name for model in types}
