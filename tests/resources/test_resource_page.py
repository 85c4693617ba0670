"""A resource's own page: rights, files, numbers, words to copy, and what it answers when it may not be handed out."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from pages.renditions import PICTURE_SPECS, renditions_make
from pages.search import visible_pages
from resources.enums import Permitted, ResourceKind
from resources.models import RelatedResource, ResourceFile, ResourcePage, ResourcePrint, Withdrawal
from resources.models.library import THUMB_SPEC
from signposting.services import contact_withdraw
from tests.factories.core import DocumentFactory, ImageFactory
from tests.factories.pages import site_with_home
from tests.factories.resources import ResourceFileFactory, ResourceIndexPageFactory, ResourcePageFactory
from tests.factories.signposting import HelplineFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

DRAMA = "0808 157 0123"  # of every contact record that the factory checks
WORDS = {"title": "Short post", "subject": "", "text": "Ask early.", "hashtags": "", "image": None, "alt_text": ""}


@pytest.fixture(autouse=True)
def index():
    """A library below the home page of a site."""
    return ResourceIndexPageFactory(parent=site_with_home(), title="Resources")


@pytest.fixture
def resource() -> ResourcePage:
    """The third version of a poster."""
    return ResourcePageFactory(title="Nice try", slug="nice-try", version=3, what_changed="The print is larger.")


def _body(path: str = "nice-try", status: int = 200) -> str:
    """The page between its header and its footer, without line breaks."""
    response = Client().get(f"/resources/{path}/")
    assert response.status_code == status, response.content.decode()[:300]
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(main))


def _text(body: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()


def _rights(body: str) -> list[tuple[str, str]]:
    found = re.findall(r"<dt>(.*?)</dt> <dd[^>]*>(.*?)</dd>", body)
    return [(label, _text(words)) for label, words in found]


def test_rights_stand_before_the_files_in_words(resource):
    ResourceFileFactory(page=resource, paper_size="a4")
    ResourcePage.objects.filter(pk=resource.pk).update(may_rehost=Permitted.ASK, valid_until=date(2028, 3, 31))
    body = _body()
    assert _rights(body) == [
        ("Print it", "Yes"),
        ("Put it on your website", "Ask first"),
        ("Change the words or picture", "No"),
        ("Use it until", "31 March 2028"),
        ("Credit", "Not On Your Own"),
        ("Owner", resource.rights_owner.name),
    ]
    assert body.index("What you can do with it") < body.index(">Download</h2>")


def test_resource_without_an_end_says_so(resource):
    assert ("Use it until", "No end date") in _rights(_body())


@pytest.mark.parametrize(
    ("audiences", "expected"),
    [
        ({}, "Poster for young people"),
        ({"for_parents": True}, "Poster for young people and parents"),
        ({"for_parents": True, "for_professionals": True}, "Poster for everyone"),
        ({"for_young_people": False, "for_parents": True}, "Poster for parents and carers"),
    ],
)
def test_kind_and_audience_stand_above_the_title(audiences, expected):
    ResourcePageFactory(slug="nice-try", **audiences)
    assert f'<p class="over">{expected}</p>' in _body()


def test_files_say_size_language_and_what_they_are(resource):
    pdf, picture = DocumentFactory(), DocumentFactory(title="Square")
    type(picture).objects.filter(pk=pdf.pk).update(file_size=210 * 1024, page_count=1)
    type(picture).objects.filter(pk=picture.pk).update(
        file="documents/square.png", page_count=None, width=1080, height=1350, file_size=88_000
    )
    ResourceFileFactory(page=resource, document=picture, label="Screen image", sort_order=3)
    ResourceFileFactory(page=resource, document=pdf, paper_size="a4", sort_order=1)
    ResourceFileFactory(page=resource, document=pdf, paper_size="a3", language="pl", sort_order=2)
    ResourceFileFactory(page=resource, document=pdf, label="With large print", language="cy", sort_order=4)
    screen = ResourceFile.objects.get(label="Screen image").document.url
    files = re.findall(
        r'<a href="([^"]+)" hreflang="([^"]+)">([^<]+)</a> <span class="t-small">([^<]+)</span>', _body()
    )
    assert files == [
        (pdf.url, "en-gb", "A4, English", "PDF, 1 page, 210 KB"),
        (pdf.url, "pl", "A3, Polish", "PDF, 1 page, 210 KB"),
        (screen, "en-gb", "Screen image", "PNG, 1080 × 1350, 86 KB"),
        (pdf.url, "cy", "With large print, Welsh", "PDF, 1 page, 210 KB"),
    ]


def test_version_says_what_changed_and_which_number_stands_on_it(resource):
    helpline = HelplineFactory(name="Somewhere to turn")
    ResourcePrint.objects.create(page=resource, contact=helpline.contact)
    ResourcePage.objects.filter(pk=resource.pk).update(published_on=date(2027, 3, 1), picture_in_words="Large words.")
    text = _text(_body())
    assert "Version 3, 1 March 2027. The print is larger." in text
    assert f"Printed on it: Somewhere to turn , {DRAMA} ." in text
    assert "What the picture shows, in words Large words." in text


def test_words_to_copy_have_their_numbers_filled_in_and_characters_counted(resource):
    HelplineFactory(name="Somewhere", slug="somewhere")
    text = "Talk to someone on {somewhere}."
    resource.texts = [
        ("copy", {**WORDS, "text": text, "hashtags": "#NotOnYourOwn"}),
        ("copy", {**WORDS, "title": "Long", "subject": "Ten minutes, {somewhere}", "text": "a" * 290}),
        ("copy", {**WORDS, "title": "Longer post", "text": "a" * 276, "hashtags": "#NotOnYourOwn"}),
    ]
    resource.save()
    body = _body()
    filled = f"Talk to someone on {DRAMA}. #NotOnYourOwn"
    assert f'id="copy-1-text" tabindex="0" role="group" aria-label="Short post">{filled}</p>' in body
    assert f"{len(filled)} characters. Fits X, Bluesky, Instagram, LinkedIn, TikTok." in _text(body)
    assert "290 characters. Fits Bluesky, Instagram, LinkedIn, TikTok. Too long for X." in _text(body)
    assert _text(body).count("290 characters.") == 2  # the e-mail before it is for no platform
    assert _text(body).count("Too long for X.") == 1
    button = re.search(r'<button class="button2" type="button" hidden data-copy="copy-1-text"[^>]*>', body)[0]
    assert f'data-used="{resource.translation_key}"' in button
    assert f'<span id="copy-2-subject">Ten minutes, {DRAMA}</span>' in body


def test_picture_of_words_comes_with_its_alt_text_and_its_file(resource):
    described, other = ImageFactory(description="White words on green"), ImageFactory(description="A hand")
    resource.texts = [
        ("copy", {**WORDS, "image": described}),
        ("copy", {**WORDS, "title": "Another", "image": other, "alt_text": "A hand that holds a mark"}),
        ("copy", WORDS),
    ]
    resource.save()
    body = _body()
    assert re.findall(r'<span id="copy-(\d)-alt">([^<]+)</span>', body) == [
        ("1", "White words on green"),
        ("2", "A hand that holds a mark"),
    ]
    links = re.findall(r'<a class="button2" href="([^"]+)" download="([^"]+)">', body)
    assert links == [(described.file.url, "short-post.png"), (other.file.url, "another.png")]
    alt_button = re.search(r'<button[^>]*data-copy="copy-1-alt"[^>]*>', body)[0]
    assert "data-used" not in alt_button


def test_related_are_those_that_may_be_handed_out_in_the_editors_order(resource):
    first, second, over = (ResourcePageFactory(title=title) for title in ("First", "Second", "Over"))
    ResourcePage.objects.filter(pk=over.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    for order, other in enumerate((second, over, first)):
        RelatedResource.objects.create(page=resource, resource=other, sort_order=order)
    assert re.findall(r'<h3 class="t-h3"><a href="[^"]+">([^<]+)</a>', _body()) == ["Second", "First"]


def test_row_shows_the_preview_that_was_made_and_says_what_it_comes_as(index):
    shown = ResourcePageFactory(title="Pictured", preview_image=ImageFactory(), published_on=date(2026, 2, 1))
    ResourcePageFactory(
        title="Plain", kind=ResourceKind.LETTER, published_on=date(2026, 1, 1), form_line="Word and PDF"
    )
    for order, size in enumerate(("a4", "a3", "a4")):
        ResourceFileFactory(page=shown, paper_size=size, sort_order=order)
    assert THUMB_SPEC in PICTURE_SPECS
    renditions_make(page=shown)
    thumb = shown.preview_image.renditions.get(filter_spec=THUMB_SPEC)
    page = re.sub(r"\s+", " ", Client().get("/resources/").content.decode())
    assert f'<img src="{thumb.url}" alt="" width="{thumb.width}" height="{thumb.height}" loading="lazy"' in page
    assert '<p class="t-small">For young people. A4 and A3</p>' in page
    assert '<span class="thumb-word"><b>Letter</b></span>' in page
    assert '<p class="t-small">Word and PDF</p>' in page


def test_embargoed_resource_is_not_there_even_if_it_was_withdrawn(resource):
    ResourcePage.objects.filter(pk=resource.pk).update(embargoed_until=timezone.now() + timedelta(hours=1))
    assert Client().get("/resources/nice-try/").status_code == 404
    _withdraw(resource)
    assert Client().get("/resources/nice-try/").status_code == 404


def _withdraw(resource: ResourcePage, **fields) -> Withdrawal:
    return Withdrawal.objects.create(
        resource_key=resource.translation_key, reason="The law has changed.", withdrawn_at=timezone.now(), **fields
    )


def test_withdrawn_resource_says_why_and_what_to_use(resource):
    ResourceFileFactory(page=resource)
    new = ResourcePageFactory(title="Nice try again", slug="again")
    withdrawal = _withdraw(resource, replaced_by=new)
    body = _body(status=410)
    assert ("The law has changed." in body, "Please don’t use it" in body) == (True, True)
    assert 'href="/resources/again/"' in body
    assert "Take printed copies down and recycle them." in body
    assert ("/documents/" in body, "What you can do with it" in body) == (False, False)
    _withdraw(new)
    assert "/resources/again/" not in _body(status=410)
    withdrawal.lifted_at = timezone.now()
    withdrawal.save()
    assert "What you can do with it" in _body()


def test_resource_past_its_last_day_says_until_when(resource):
    ResourcePage.objects.filter(pk=resource.pk).update(valid_until=date(2026, 1, 31))
    body = _body(status=410)
    assert ("It could be used until 31 January 2026." in body, "Past its date" in body) == (True, True)


def test_resource_with_a_withdrawn_number_says_so_without_it(resource):
    helpline = HelplineFactory()
    ResourcePrint.objects.create(page=resource, contact=helpline.contact)
    assert DRAMA in _body()
    contact_withdraw(contact=helpline.contact, by=UserFactory(), reason="It rings out.")
    body = _body(status=410)
    assert "A number printed on it is not right any more" in body
    assert DRAMA not in body


def test_unlisted_resources_are_in_no_search_and_no_sitemap(index, resource):
    hidden = {
        "early": {"embargoed_until": timezone.now() + timedelta(hours=1)},
        "over": {"valid_until": timezone.localdate() - timedelta(days=1)},
    }
    for slug, fields in hidden.items():
        ResourcePageFactory(slug=slug, **fields)
    _withdraw(ResourcePageFactory(slug="withdrawn"))
    found = visible_pages(index.get_parent().url_path).values_list("slug", flat=True)
    assert {"nice-try", "early", "over", "withdrawn"} & set(found) == {"nice-try"}
    sitemap = Client().get("/sitemap.xml").content.decode()
    listed = {slug for slug in ("nice-try", "early", "over", "withdrawn") if f"/resources/{slug}/" in sitemap}
    assert listed == {"nice-try"}


@pytest.mark.usefixtures("wagtails_own_queries")
@pytest.mark.parametrize("case", ["early", "withdrawn"])
def test_preview_shows_the_page_in_every_state(resource, case):
    if case == "early":
        ResourcePage.objects.filter(pk=resource.pk).update(embargoed_until=timezone.now() + timedelta(hours=1))
    else:
        _withdraw(resource)
    client = Client()
    client.force_login(UserFactory(groups=["Comms lead"]))
    page = ResourcePage.objects.get(pk=resource.pk)
    page.save_revision()
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[resource.pk]))
    assert answer.status_code == 200
    assert "What you can do with it" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "Nice try"}, "Nice try, poster"),
        ({"title": "Poster"}, "Poster"),
        ({"title": "Nice try", "seo_title": "A poster: nice try"}, "A poster: nice try"),
    ],
)
def test_title_tells_a_poster_from_a_leaflet_of_the_same_name(fields, expected):
    ResourcePageFactory(slug="nice-try", **fields)
    page = Client().get("/resources/nice-try/").content.decode()
    assert f"<title>{expected} – Not On Your Own</title>" in page


def test_page_sets_no_cookie_and_loads_its_own_styles(resource):
    answer = Client().get("/resources/nice-try/")
    assert not answer.cookies
    sheets = re.findall(r'href="(/static/css/\w+\.css)"', answer.content.decode())
    assert sheets == ["/static/css/site.css", "/static/css/library.css"]


def test_translation_is_its_own_page_in_its_own_library(index, resource):
    cy = Locale.objects.create(language_code="cy")
    ResourcePageFactory(title="Ymgais dda", locale=cy)
    titles = re.findall(r'<h3 class="t-h3"><a href="[^"]+">([^<]+)</a>', Client().get("/resources/").content.decode())
    assert titles == ["Nice try"]
