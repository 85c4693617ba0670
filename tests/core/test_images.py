"""A picture leaves everything behind that isn't picture."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from core.exceptions import UploadRefusedError
from core.images import image_clean
from tests.factories.core import picture_bytes

SECRET = "54.978252, -1.617780"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF with a place, a camera and which way up."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = f"Camera {SECRET}"
    data.get_ifd(0x8825).update({1: "N", 2: (54.0, 58.0, 41.7), 3: "W", 4: (1.0, 37.0, 4.0)})
    return data


def png_words() -> PngImagePlugin.PngInfo:
    """PNG text chunks of each kind."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    info.add_text("Software", SECRET, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def corner_picture(kind: str, **options) -> bytes:
    """Wide, with a red left half, so that a turn shows."""
    picture = Image.new("RGB", (64, 32), "blue")
    picture.paste("red", (0, 0, 32, 32))
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def clean(content: bytes, name: str) -> Image.Image:
    picture = Image.open(BytesIO(image_clean(ContentFile(content), name).read()))
    picture.load()
    return picture


def left_behind(content: bytes) -> dict:
    """What a reader finds beside the pixels."""
    with Image.open(BytesIO(content)) as picture:
        picture.load()
        found = {
            key: value
            for key, value in picture.info.items()
            if key not in {"background", "duration", "loop", "timestamp"}
        }
        found.update(picture.getexif())
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", picture_bytes("JPEG", exif=exif(), xmp=XMP, comment=SECRET.encode())),
        ("photo.jpeg", picture_bytes("JPEG", exif=exif(3), xmp=XMP)),
        ("photo.png", picture_bytes("PNG", exif=exif(), pnginfo=png_words())),
        ("photo.webp", picture_bytes("WEBP", exif=exif(), xmp=XMP)),
        ("photo.webp", picture_bytes("WEBP", exif=exif(), xmp=XMP, lossless=True)),
    ],
)
def test_clean_image_holds_no_metadata(name, content):
    kept = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert set(left_behind(content)) - kept != set()
    cleaned = image_clean(ContentFile(content), name).read()
    assert set(left_behind(cleaned)) - kept == set()
    for mark in (b"Exif", b"xmp", b"tEXt", b"zTXt", b"iTXt", b"eXIf", SECRET.encode(), b"ICC_PROFILE"):
        assert mark not in cleaned


def test_clean_image_drops_what_is_hidden_behind_the_pixels():
    content = picture_bytes("JPEG") + b"<script>" + SECRET.encode()
    assert SECRET.encode() not in image_clean(ContentFile(content), "photo.jpg").read()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "p.jpg"), ("PNG", "p.png"), ("WEBP", "p.webp")])
def test_clean_image_stands_the_right_way_up(kind, name):
    turned = clean(corner_picture(kind, exif=exif(6)), name)  # 6: the camera was held upright
    assert turned.size == (32, 64)
    top, bottom = turned.convert("RGB").getpixel((16, 8)), turned.convert("RGB").getpixel((16, 56))
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


def test_clean_image_keeps_the_pixels_of_a_png_and_of_a_lossless_webp():
    picture = Image.effect_noise((50, 40), 60).convert("RGB")
    for kind, name, options in (("PNG", "p.png", {}), ("WEBP", "p.webp", {"lossless": True})):
        buffer = BytesIO()
        picture.save(buffer, kind, **options)
        assert clean(buffer.getvalue(), name).convert("RGB").tobytes() == picture.tobytes()


def test_clean_image_keeps_the_quality_of_a_jpeg():
    content = picture_bytes("JPEG", quality=71)
    with Image.open(BytesIO(content)) as before:
        assert clean(content, "p.jpg").quantization == before.quantization


def test_clean_image_keeps_transparency():
    picture = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    for kind, name in (("PNG", "p.png"), ("WEBP", "p.webp")):
        buffer = BytesIO()
        picture.save(buffer, kind)
        assert clean(buffer.getvalue(), name).convert("RGBA").getpixel((3, 3))[3] == 0
    palette = Image.new("P", (8, 8), 0)
    buffer = BytesIO()
    palette.save(buffer, "PNG", transparency=0)
    assert clean(buffer.getvalue(), "p.png").convert("RGBA").getpixel((3, 3))[3] == 0


def test_clean_image_is_in_srgb_without_a_profile():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind, name in (("JPEG", "p.jpg"), ("PNG", "p.png"), ("WEBP", "p.webp")):
        picture = clean(picture_bytes(kind, colour=(200, 40, 90), icc_profile=profile), name)
        assert "icc_profile" not in picture.info
        assert all(abs(a - b) < 6 for a, b in zip(picture.convert("RGB").getpixel((5, 5)), (200, 40, 90), strict=True))


def test_clean_image_takes_a_broken_profile_and_a_print_picture():
    assert clean(picture_bytes("JPEG", icc_profile=b"not a profile"), "p.jpg").size == (40, 30)
    buffer = BytesIO()
    Image.new("CMYK", (8, 8)).save(buffer, "JPEG")
    assert clean(buffer.getvalue(), "p.jpg").mode == "RGB"


def test_clean_image_takes_the_first_of_a_cameras_several_pictures():
    buffer = BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (10, 10), "blue")
    first.save(buffer, "MPO", save_all=True, append_images=[second])
    picture = clean(buffer.getvalue(), "p.jpg")
    assert (picture.format, picture.size) == ("JPEG", (40, 30))


def moving(kind: str) -> bytes:
    buffer = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (moving("PNG"), "p.png", "This picture moves. Upload a still picture, or a film under Media."),
        (moving("WEBP"), "p.webp", "This picture moves. Upload a still picture, or a film under Media."),
        (
            picture_bytes("PNG"),
            "p.jpg",
            "The name ends in .jpg, but the file is a PNG picture. Save it again as one of the two.",
        ),
        (
            picture_bytes("JPEG"),
            "p.svg",
            "The name ends in .svg, but the file is a JPEG picture. Save it again as one of the two.",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "p.svg",
            "This file can't be read as a picture. Save it again as JPG, PNG or WEBP and upload that.",
        ),
        (
            moving("GIF"),
            "p.gif",
            "This file can't be read as a picture. Save it again as JPG, PNG or WEBP and upload that.",
        ),
        (
            picture_bytes("JPEG", (900, 900))[:-200],
            "p.jpg",
            "This file can't be read as a picture. Save it again as JPG, PNG or WEBP and upload that.",
        ),
        (b"", "p.jpg", "This file can't be read as a picture. Save it again as JPG, PNG or WEBP and upload that."),
    ],
)
def test_clean_image_refuses_and_says_why(content, name, said):
    with pytest.raises(UploadRefusedError) as refused:
        image_clean(ContentFile(content), name)
    assert refused.value.messages == [said]


def test_clean_image_gives_its_limits(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000
    with pytest.raises(UploadRefusedError) as pixels:
        image_clean(ContentFile(picture_bytes(size=(2000, 1000))), "p.png")
    assert pixels.value.messages == [
        "This picture has too many pixels (2.0 million). At most 1.0 million can be uploaded."
    ]
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 2048
    with pytest.raises(UploadRefusedError) as size:
        image_clean(SimpleUploadedFile("p.png", b"\0" * 4096), "p.png")
    assert size.value.messages == ["This picture is too big (4.0\xa0KB). At most 2.0\xa0KB can be uploaded."]
