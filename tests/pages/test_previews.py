"""Previews: content checks are on in them and nowhere else, under the policy of public pages."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

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


def _directives(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _space, sources in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize(
    ("address", "framed"),
    [("wagtailadmin_pages:view_draft", "DENY"), ("wagtailadmin_pages:preview_on_edit", "SAMEORIGIN")],
)
def test_preview_is_shown_under_the_public_policy_and_in_the_editor_s_frame(address, framed, advice, client, signed_in):
    lead = signed_in("Comms lead")
    form = nested_form_data({"title": "A draft", "slug": "draft", "introduction": rich_text("")})
    form |= nested_form_data({"body": streamfield([]), "aside": streamfield([]), "comments": inline_formset([])})
    saved = lead.post(reverse("wagtailadmin_pages:preview_on_edit", args=[advice.pk]), form)
    assert saved.json() == {"is_valid": True, "is_available": True}
    preview = lead.get(reverse(address, args=[advice.pk]))
    assert "site.css" in preview.content.decode() or "tokens.css" in preview.content.decode()
    public = client.get("/young/threats/")
    assert _directives(public)["frame-ancestors"] == "'none'"
    assert _directives(preview) == {**_directives(public), "frame-ancestors": "'self'"}
    assert preview.headers["X-Frame-Options"] == framed


def test_what_a_visitor_asks_for_is_framed_by_nobody(advice, signed_in):
    public = signed_in("Comms lead").get("/young/threats/")
    assert (public.headers["X-Frame-Options"], _directives(public)["frame-ancestors"]) == ("DENY", "'none'")
