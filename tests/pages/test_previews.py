"""Previews: content checks are on in them and nowhere else, under the policy of public pages."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

BAR = "wagtail-userbar-template"


def _links(html: str) -> int:
    bar = html.partition(BAR)[2]
    return bar.count("w-userbar__item")


def test_content_checks_are_in_previews_only(advice, client, signed_in):
    lead = signed_in("Comms lead")
    preview = lead.get(reverse("wagtailadmin_pages:view_draft", args=[advice.pk]))
    html = preview.content.decode()
    assert BAR in html
    assert "checker-axe-configuration" in html
    assert _links(html) == 1
    for visitor in (client, lead):
        public = visitor.get("/young/threats/")
        assert public.status_code == 200
        assert BAR not in public.content.decode()
        assert "Cookie" not in public.headers.get("Vary", "")


def test_checks_include_alt_texts_and_headings(advice, signed_in):
    html = signed_in("Comms lead").get(reverse("wagtailadmin_pages:view_draft", args=[advice.pk])).content.decode()
    rules = html.partition("checker-axe-configuration")[2].partition("</script>")[0]
    for rule in ("image-alt", "alt-text-quality", "empty-heading", "heading-order", "page-has-heading-one"):
        assert f'"{rule}"' in rules


def test_preview_is_shown_under_the_public_policy(advice, client, signed_in):
    preview = signed_in("Comms lead").get(reverse("wagtailadmin_pages:view_draft", args=[advice.pk]))
    public = client.get("/young/threats/")

    def directives(response):
        return sorted(part.strip() for part in response.headers["Content-Security-Policy"].split(";"))

    assert directives(preview) == directives(public)
    assert "script-src 'self'" in directives(preview)
