"""The migrations leave what the site starts from."""

import pytest
from wagtail.models import Locale, Page


@pytest.mark.django_db
def test_migrated_database_has_a_root_and_the_first_language():
    assert Page.objects.filter(depth=1).count() == 1
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en-gb"]
