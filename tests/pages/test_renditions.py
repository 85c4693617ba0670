"""Renditions: made when a page is published, only read when a visitor asks for it."""

import json

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from django.test import RequestFactory

from core.models import CustomImage, CustomRendition
from pages.models import AdvicePage
from pages.renditions import PICTURE_SPECS, SOCIAL_SPEC, image_keys, renditions_make, renditions_of
from tests.factories.core import ImageFactory, picture_bytes
from tests.factories.pages import AdvicePageFactory

pytestmark = pytest.mark.django_db

TAG = '{% load pages_media %}{% responsive_image image "(min-width: 60rem) 40rem, 100vw" %}'


def _large(**kwargs) -> CustomImage:
    return ImageFactory(file=ContentFile(picture_bytes(size=(1600, 900)), name="large.png"), **kwargs)


def _with_picture(parent, image: CustomImage, **kwargs) -> AdvicePage:
    value = {"image": {"image": image.pk, "alt_text": "Two trails", "decorative": False}, "text": "<p>Words.</p>"}
    inside = {"type": "section", "value": {"content": [{"type": "image_with_text", "value": value}]}}
    return AdvicePageFactory(parent=parent, body=json.dumps([inside]), **kwargs)


def _specs(image: CustomImage) -> set[str]:
    return set(CustomRendition.objects.filter(image=image).values_list("filter_spec", flat=True))


def _render(image, request=None, template: str = TAG) -> str:
    return Template(template).render(Context({"image": image, "request": request}))


def test_two_formats_and_three_widths_are_the_whole_of_it():
    assert PICTURE_SPECS == (
        "width-400|format-webp",
        "width-800|format-webp",
        "width-1200|format-webp",
        "width-400|format-jpeg",
        "width-800|format-jpeg",
        "width-1200|format-jpeg",
    )


def test_images_of_a_page_are_found_in_its_streams_and_fields(young):
    shown, shared = _large(), _large()
    page = _with_picture(young, shown, social_image=shared)
    assert image_keys(page) == ({shown.pk}, {shared.pk})


def test_publishing_makes_the_renditions_once(young, django_capture_on_commit_callbacks):
    shown, shared = _large(), _large()
    page = _with_picture(young, shown, social_image=shared)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        assert _specs(shown) == set(PICTURE_SPECS)
        assert _specs(shared) == {SOCIAL_SPEC}
    assert CustomRendition.objects.count() == 7


def test_saving_a_draft_makes_none(young, django_capture_on_commit_callbacks):
    image = _large()
    page = _with_picture(young, image)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert _specs(image) == set()


def test_missing_file_is_logged_by_key_and_does_not_stop_publishing(young, caplog):
    image = _large()
    page = _with_picture(young, image)
    image.file.storage.delete(image.file.name)
    assert renditions_make(page=page) == 0
    assert caplog.messages == [f"No renditions of image {image.pk}: its file is missing or can't be read."]


def test_replaced_file_makes_its_renditions_again(django_capture_on_commit_callbacks):
    image = _large()
    renditions_of(image, PICTURE_SPECS[:1], make=True)
    with django_capture_on_commit_callbacks(execute=True):
        image.renditions.all().delete()
    assert _specs(image) == set(PICTURE_SPECS[:1])


def test_deleted_image_leaves_no_renditions(django_capture_on_commit_callbacks):
    image = _large()
    renditions_of(image, PICTURE_SPECS[:1], make=True)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert CustomRendition.objects.count() == 0


def test_admin_s_thumbnails_are_not_made_again(django_capture_on_commit_callbacks):
    image = _large()
    renditions_of(image, ["max-165x165"], make=True)
    with django_capture_on_commit_callbacks(execute=True):
        image.renditions.all().delete()
    assert _specs(image) == set()


def test_picture_has_both_formats_in_three_widths():
    image = _large()
    made = renditions_of(image, PICTURE_SPECS, make=True)
    urls = {spec: rendition.url for spec, rendition in made.items()}
    webp, jpeg = (
        ", ".join(f"{urls[f'width-{width}|format-{kind}']} {width}w" for width in (400, 800, 1200))
        for kind in ("webp", "jpeg")
    )
    sizes = "(min-width: 60rem) 40rem, 100vw"
    assert _render(image) == (
        f'<picture><source type="image/webp" srcset="{webp}" sizes="{sizes}">'
        f'<img src="{urls["width-400|format-jpeg"]}" srcset="{jpeg}" sizes="{sizes}"'
        ' alt="Two trails meet and go on together" width="1200" height="675" loading="lazy" decoding="async"></picture>'
    )


def test_small_picture_is_offered_once_for_each_format():
    image = ImageFactory()
    renditions_of(image, PICTURE_SPECS, make=True)
    html = _render(image)
    assert html.count("40w") == 2
    assert "400w" not in html


def test_visitor_never_makes_a_rendition_and_sees_the_file_itself():
    image = _large()
    request = RequestFactory().get("/young/")
    assert _render(image, request) == (
        f'<picture><img src="{image.file.url}" alt="Two trails meet and go on together" width="1600" height="900"'
        ' loading="lazy" decoding="async"></picture>'
    )
    assert _specs(image) == set()


def test_preview_and_admin_make_what_is_missing():
    preview = RequestFactory().get("/young/")
    preview.is_preview = True
    for request in (preview, RequestFactory().get("/cms/block-preview/")):
        image = _large()
        assert "400w" in _render(image, request)
        assert _specs(image) == set(PICTURE_SPECS)


def test_words_for_this_place_come_before_the_image_s_own():
    image = ImageFactory()
    image.contextual_alt_text = "A fork in the path"
    assert 'alt="A fork in the path"' in _render(image)
    image.decorative = True
    assert 'alt=""' in _render(image)


def test_decorative_image_has_empty_alt_and_no_image_gives_nothing():
    assert 'alt=""' in _render(ImageFactory(description="", is_decorative=True))
    assert _render(None) == ""


def test_picture_seen_at_once_is_not_lazy():
    template = "{% load pages_media %}{% responsive_image image eager=True %}"
    assert 'loading="eager"' in _render(ImageFactory(), template=template)


def test_small_picture_is_one_format_in_two_densities_once_it_was_made():
    template = "{% load pages_media %}{% small_image image %}"
    image = _large()
    rest = 'loading="lazy" decoding="async">'
    plain = f'<img src="{image.file.url}" alt="{image.description}" width="1600" height="900" {rest}'
    assert _render(image, template=template) == plain
    made = renditions_of(image, PICTURE_SPECS, make=True)
    shown, fine = (made[f"width-{width}|format-webp"].url for width in (400, 800))
    small = f'<img src="{shown}" srcset="{fine} 2x" alt="{image.description}" width="400" height="225" {rest}'
    assert _render(CustomImage.objects.get(pk=image.pk), template=template) == small
    assert _render(None, template=template) == ""


def test_reading_prefetched_renditions_costs_no_query(django_assert_num_queries):
    image = _large()
    renditions_of(image, PICTURE_SPECS, make=True)
    image = CustomImage.objects.prefetch_related("renditions").get(pk=image.pk)
    with django_assert_num_queries(0):
        assert _render(image).count("400w") == 2


def test_social_image_is_the_page_s_at_one_size(young):
    template = Template("{% load pages_media %}{% social_image page as shared %}{{ shared.width }}x{{ shared.height }}")
    image = _large()
    page = AdvicePageFactory(parent=young, social_image=image)
    assert template.render(Context({"page": page})) == "x"
    renditions_make(page=page)
    assert template.render(Context({"page": AdvicePage.objects.get(pk=page.pk)})) == "1200x630"
    assert template.render(Context({"page": None})) == "x"
