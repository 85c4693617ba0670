"""Uploads through the editors' real forms, one by one and many at once."""

import html
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from core.exceptions import UploadRefusedError
from core.models import CustomDocument, CustomImage, CustomMedia
from tests.core.test_images import SECRET, XMP, exif, left_behind, moving, png_words
from tests.factories.core import (
    MP4,
    VTT,
    DocumentFactory,
    ImageFactory,
    MediaFactory,
    pdf_bytes,
    picture_bytes,
)
from tests.factories.users import SuperuserFactory

pytestmark = pytest.mark.django_db
ALT_REQUIRED = "Describe the picture for people who can't see it, or tick “only decoration”."
JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progression", "progressive"}
NO_SVG = "Not a supported image format. Supported formats: JPG, JPEG, PNG, WEBP."
NOT_STILL = (
    "This file can't be read as a still picture. Save it again as JPG, PNG or WEBP (nothing that moves, no SVG) and "
    "upload that."
)


@pytest.fixture
def admin(client, wagtails_own_queries):
    client.force_login(SuperuserFactory())
    return client


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    """A photograph with a place, lying on its side: 40 × 30 as stored, 30 × 40 as seen."""
    return SimpleUploadedFile(name, picture_bytes("JPEG", exif=exif(6), xmp=XMP), "image/jpeg")


def image_form(**fields) -> dict:
    blank = dict.fromkeys([f"focal_point_{part}" for part in ("x", "y", "width", "height")], "")
    return {
        "title": "Photo",
        "collection": Collection.objects.get(depth=1).pk,
        "tags": "",
        "credit": "",
        **blank,
        **fields,
    }


def stored_bytes(field) -> bytes:
    with field.storage.open(field.name) as file:
        return file.read()


def assert_clean(image: CustomImage) -> None:
    content = stored_bytes(image.file)
    assert SECRET.encode() not in content
    assert set(left_behind(content)) - JFIF == set()
    assert (image.width, image.height, image.file_size) == (30, 40, len(content))


def test_image_added_in_the_admin_is_clean(admin):
    form = image_form(file=photo(), description="A light at the end of a trail")
    assert admin.post(reverse("wagtailimages:add"), form).status_code == 302
    image = CustomImage.objects.get()
    assert_clean(image)
    assert image.default_alt_text == "A light at the end of a trail"


def test_image_added_from_a_large_upload_on_disk_is_clean(admin, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    form = image_form(file=photo(), description="A light")
    assert admin.post(reverse("wagtailimages:add"), form).status_code == 302
    assert_clean(CustomImage.objects.get())


@pytest.mark.parametrize("description", ["", "   "])
def test_image_needs_a_description_in_the_admin(admin, description):
    response = admin.post(reverse("wagtailimages:add"), image_form(file=photo(), description=description))
    assert response.context["form"].errors == {"description": [ALT_REQUIRED]}
    assert not CustomImage.objects.exists()


def test_image_for_decoration_needs_none(admin):
    form = image_form(file=photo(), description="", is_decorative="on")
    assert admin.post(reverse("wagtailimages:add"), form).status_code == 302
    assert CustomImage.objects.get().default_alt_text == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.png", moving("PNG"), NOT_STILL),
        ("p.webp", moving("WEBP"), "This picture moves. Upload a still picture, or a film under Media."),
        ("p.png", picture_bytes("JPEG"), "Not a valid .png image. The extension does not match the file format (jpeg)"),
        ("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", NO_SVG),
        ("p.jpg", b"not a picture", NOT_STILL),
    ],
)
def test_image_refused_in_the_admin(admin, name, content, said):
    form = image_form(file=SimpleUploadedFile(name, content), description="A light")
    errors = admin.post(reverse("wagtailimages:add"), form).context["form"].errors
    assert errors == {"file": [said]}
    assert not CustomImage.objects.exists()


def test_images_added_many_at_once_wait_clean_for_their_descriptions(admin):
    root = Collection.objects.get(depth=1).pk
    upload = {"title": "Photo", "collection": root, "files[]": photo()}
    answer = json.loads(
        admin.post(
            reverse("wagtailimages:add_multiple"), upload, headers={"X-Requested-With": "XMLHttpRequest"}
        ).content
    )
    assert answer["success"] is True
    assert not CustomImage.objects.exists()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert SECRET.encode() not in stored_bytes(waiting.file)
    assert set(left_behind(stored_bytes(waiting.file))) - JFIF == set()

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}-"
    form = {f"{prefix}title": "Photo", f"{prefix}description": "", f"{prefix}collection": root, f"{prefix}tags": ""}
    refused = json.loads(admin.post(address, form, headers={"X-Requested-With": "XMLHttpRequest"}).content)
    assert refused["success"] is False
    assert ALT_REQUIRED in html.unescape(refused["form"])

    form[f"{prefix}description"] = "A light at the end of a trail"
    taken = json.loads(admin.post(address, form, headers={"X-Requested-With": "XMLHttpRequest"}).content)
    assert taken["success"] is True
    image = CustomImage.objects.get(pk=taken["image_id"])
    assert_clean(image)
    assert image.description == "A light at the end of a trail"
    assert not UploadedFile.objects.exists()


def test_images_added_many_at_once_are_refused_with_the_reason(admin):
    upload = {"title": "P", "files[]": SimpleUploadedFile("p.webp", moving("WEBP"))}
    answer = json.loads(
        admin.post(
            reverse("wagtailimages:add_multiple"), upload, headers={"X-Requested-With": "XMLHttpRequest"}
        ).content
    )
    assert answer == {
        "success": False,
        "error_message": "This picture moves. Upload a still picture, or a film under Media.",
    }
    assert not UploadedFile.objects.exists()


def test_image_edited_in_the_admin(admin):
    image = ImageFactory()
    old = image.file.name
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert admin.get(address).status_code == 200
    refused = admin.post(address, image_form(description=""))
    assert refused.context["form"].errors == {"description": [ALT_REQUIRED]}
    assert admin.post(address, image_form(description="Another", file=photo("new.jpg"))).status_code == 302
    image = CustomImage.objects.get()
    assert image.description == "Another"
    assert_clean(image)
    assert not image.file.storage.exists(old)


def test_image_saved_by_code_is_clean():
    image = ImageFactory(file=ContentFile(picture_bytes("JPEG", exif=exif(6)), name="photo.jpg"))
    assert_clean(image)
    image.file.save("again.jpg", ContentFile(picture_bytes("JPEG", exif=exif(6))))
    image.refresh_from_db()
    assert_clean(image)


def test_image_saved_from_a_file_on_disk_leaves_that_file_alone(tmp_path):
    path = tmp_path / "mine.jpg"
    path.write_bytes(picture_bytes("JPEG", exif=exif(6)))
    before = path.read_bytes()
    with path.open("rb") as stream:
        image = CustomImage(title="Mine", description="A light", file=File(stream, name="mine.jpg"))
        image.full_clean()
        image.save()
    assert path.read_bytes() == before
    assert_clean(image)


def test_image_saved_by_code_is_refused_like_any_other():
    with pytest.raises(UploadRefusedError):
        ImageFactory(file=ContentFile(moving("WEBP"), name="p.webp"))


def test_image_without_description_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        ImageFactory(description="", is_decorative=False)
    image = ImageFactory.build(description="")
    with pytest.raises(ValidationError) as refused:
        image.full_clean(exclude=["collection"])
    assert refused.value.message_dict["description"] == [ALT_REQUIRED]


def test_image_saved_in_part_stores_no_file():
    image = ImageFactory()
    image.credit, image.file = "By us", ContentFile(picture_bytes(), name="other.png")
    image.save(update_fields=["credit"])
    assert CustomImage.objects.get().credit == "By us"
    assert not image.file._committed


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", picture_bytes("JPEG", (400, 300), exif=exif(), xmp=XMP)),
        ("photo.png", picture_bytes("PNG", (400, 300), pnginfo=png_words())),
        ("photo.webp", picture_bytes("WEBP", (400, 300), xmp=XMP)),
    ],
)
@pytest.mark.parametrize("spec", ["width-200", "original", "width-200|format-jpeg", "fill-100x100|format-webp"])
def test_renditions_hold_no_metadata(name, content, spec):
    image = ImageFactory(file=ContentFile(content, name=name))
    rendition = image.get_rendition(spec)
    drawn = stored_bytes(rendition.file)
    assert SECRET.encode() not in drawn
    assert set(left_behind(drawn)) - JFIF == set()


def test_document_added_in_the_admin_is_checked(admin):
    root = Collection.objects.get(depth=1).pk
    address = reverse("wagtaildocs:add")
    page = SimpleUploadedFile("poster.pdf", b"<html></html>")
    refused = admin.post(address, {"title": "Poster", "file": page, "collection": root, "tags": ""})
    assert refused.context["form"].errors == {
        "file": ["The name ends in .pdf, but the content is something else. Save it again as .pdf."]
    }
    poster = SimpleUploadedFile("poster.pdf", pdf_bytes())
    assert admin.post(address, {"title": "Poster", "file": poster, "collection": root, "tags": ""}).status_code == 302
    document = CustomDocument.objects.get()
    assert (document.file_size, document.file_hash != "") == (len(pdf_bytes()), True)


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "data.xml", "code.js"])
def test_document_of_a_kind_that_runs_is_refused(admin, name):
    upload = {"title": "P", "files[]": SimpleUploadedFile(name, b"<svg/>")}
    answer = json.loads(
        admin.post(reverse("wagtaildocs:add_multiple"), upload, headers={"X-Requested-With": "XMLHttpRequest"}).content
    )
    assert answer["success"] is False
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("address", ["wagtaildocs:add_multiple", "wagtaildocs:add"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("words.txt", "This file is too big (65\xa0bytes). At most 64\xa0bytes can be uploaded."),
        ("picture.png", "This picture is too big (65\xa0bytes). At most 64\xa0bytes can be uploaded."),
        ("page.pdf", "The name ends in .pdf, but the content is something else. Save it again as .pdf."),
    ],
)
def test_refused_document_says_what_is_wrong(admin, settings, address, name, told):
    settings.UPLOAD_MAX_DOCUMENT_BYTES = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 64
    length = 65 if "big" in told else 20
    form = {"title": "Words", "collection": Collection.objects.get(depth=1).pk, "tags": ""}
    data = {"files[]" if address.endswith("multiple") else "file": SimpleUploadedFile(name, b"<" + b"a" * (length - 1))}
    response = admin.post(reverse(address), {**form, **data})
    assert response.status_code == 200
    assert CustomDocument.objects.count() == 0
    shown = (
        json.loads(response.content)["error_message"] if "files[]" in data else html.unescape(response.content.decode())
    )
    assert told in shown


def test_document_that_is_a_picture_is_clean(admin):
    root = Collection.objects.get(depth=1).pk
    form = {"title": "Poster", "file": photo("poster.jpg"), "collection": root, "tags": ""}
    assert admin.post(reverse("wagtaildocs:add"), form).status_code == 302
    document = CustomDocument.objects.get()
    content = stored_bytes(document.file)
    assert SECRET.encode() not in content
    assert document.file_size == len(content)


def media_form(**fields) -> dict:
    return {"title": "Film", "collection": Collection.objects.get(depth=1).pk, "tags": "", "duration": "60", **fields}


def test_film_added_in_the_admin_is_checked(admin):
    address = reverse("wagtailmedia:add", args=["video"])
    files = {
        "file": SimpleUploadedFile("film.mp4", b"<html></html>"),
        "captions": SimpleUploadedFile("film.vtt", b"1\n00:00"),
        "thumbnail": SimpleUploadedFile("film.png", moving("PNG")),
    }
    assert admin.post(address, media_form(**files)).context["form"].errors == {
        "file": ["The name ends in .mp4, but the content is something else. Save it again as .mp4."],
        "captions": [
            "Captions have to be a WebVTT file: its first line is WEBVTT. Export them again as WebVTT (.vtt)."
        ],
        "thumbnail": ["This picture moves. Upload a still picture, or a film under Media."],
    }
    files = {
        "file": SimpleUploadedFile("film.mp4", MP4),
        "captions": SimpleUploadedFile("film.vtt", VTT),
        "thumbnail": photo("film.jpg"),
    }
    assert admin.post(address, media_form(**files)).status_code == 302
    film = CustomMedia.objects.get()
    assert stored_bytes(film.file) == MP4
    assert stored_bytes(film.captions) == VTT
    assert SECRET.encode() not in stored_bytes(film.thumbnail)


def test_film_edited_in_the_admin_keeps_its_files(admin):
    film = MediaFactory()
    address = reverse("wagtailmedia:edit", args=[film.pk])
    assert admin.post(address, media_form(title="New title", width="", height="")).status_code == 302
    film.refresh_from_db()
    assert (film.title, stored_bytes(film.file)) == ("New title", MP4)


def test_own_picture_of_an_editor_is_clean(admin):
    profile = UserProfile(user=SuperuserFactory(), preferred_language="en", current_time_zone="Europe/London")
    profile.avatar = photo("me.jpg")
    profile.full_clean()
    profile.save()
    assert SECRET.encode() not in stored_bytes(profile.avatar)
    profile.avatar = SimpleUploadedFile("me.png", moving("PNG"))
    with pytest.raises(ValidationError) as refused:
        profile.full_clean()
    assert refused.value.message_dict == {
        "avatar": ["This picture moves. Upload a still picture, or a film under Media."]
    }


def test_document_factory_is_a_pdf():
    assert DocumentFactory().file_extension == "pdf"
