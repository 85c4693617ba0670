"""What the benchmark fills the library with: rows as a visitor gets them, without what publishing does."""

import pytest
from django.test import Client

from bench.filling import Filling
from resources.models import ResourceFile, ResourcePage


@pytest.mark.django_db
def test_library_grows_to_what_is_asked():
    filling = Filling()
    for count in (3, 30):
        filling.up_to(count, progress=lambda rows, **words: rows)
        assert ResourcePage.objects.live().count() == count
    assert ResourceFile.objects.count() == 45
    page = Client().get("/resources/").content.decode()
    assert page.count('<article class="resource-row') == 24
