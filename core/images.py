"""Pictures without what came with them: the place, the camera, the words of a program."""

from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from core.exceptions import UploadRefusedError

# Cameras write several pictures into one JPEG ("MPO"); the first is the photograph and the only one we keep.
_FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
_EXTENSIONS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
IMAGE_EXTENSIONS = frozenset(_EXTENSIONS)
_SAVE_OPTIONS = {"JPEG": {"quality": 92, "optimize": True}, "PNG": {"optimize": True}, "WEBP": {"quality": 90}}
_SRGB = ImageCms.createProfile("sRGB")


def image_clean(file: File, name: str) -> ContentFile:
    """The picture in ``file``, turned the right way up, in sRGB and without any metadata, as a new file.

    It is drawn anew rather than edited, so that nothing hidden after or between its pixels survives either. A JPEG
    keeps its own quantisation tables. Raises ``UploadRefusedError`` for what isn't a still picture of a kind and size
    that is taken.
    """
    _check_bytes(file)
    try:
        file.seek(0)
        with Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as picture:
            kind = _check_picture(picture, name)
            content = _drawn_anew(picture, kind, is_lossless=kind == "WEBP" and _is_lossless_webp(file))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UploadRefusedError(
            _("This file can't be read as a picture. Save it again as JPG, PNG or WEBP and upload that."),
            code="invalid_image",
        ) from error
    finally:
        file.seek(0)
    clean = ContentFile(content, name=name)
    clean.metadata_removed = True
    return clean


def _check_bytes(file: File) -> None:
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise UploadRefusedError(
            _("This picture is too big (%(size)s). At most %(limit)s can be uploaded."),
            code="upload_too_big",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
        )


def _check_picture(picture: Image.Image, name: str) -> str:
    """The kind of picture, if its name agrees, it stands still, and it has no more pixels than we take."""
    kind = _FORMATS[picture.format]
    extension = name.rpartition(".")[2].lower()
    if _EXTENSIONS.get(extension) != kind:
        raise UploadRefusedError(
            _("The name ends in .%(extension)s, but the file is a %(kind)s picture. Save it again as one of the two."),
            code="extension",
            params={"extension": extension, "kind": kind},
        )
    if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        raise UploadRefusedError(
            _("This picture moves. Upload a still picture, or a film under Media."), code="animated"
        )
    pixels, limit = picture.width * picture.height, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if pixels > limit:
        raise UploadRefusedError(
            _("This picture has too many pixels (%(pixels)s million). At most %(limit)s million can be uploaded."),
            code="upload_too_many_pixels",
            params={"pixels": round(pixels / 1_000_000, 1), "limit": round(limit / 1_000_000, 1)},
        )
    return kind


def _drawn_anew(picture: Image.Image, kind: str, *, is_lossless: bool) -> bytes:
    drawn = _in_srgb(ImageOps.exif_transpose(picture))
    if kind == "JPEG" and drawn.mode not in {"L", "RGB"}:
        drawn = drawn.convert("RGB")
    untouched = drawn.size == picture.size and drawn.mode == picture.mode and not picture.info.get("icc_profile")
    options = {"lossless": True} if is_lossless else _SAVE_OPTIONS[kind]
    if kind == "JPEG" and untouched and picture.format == "JPEG" and not _is_turned(picture):
        drawn, options = picture, {"quality": "keep", "subsampling": "keep", "optimize": True}
    transparency = drawn.info.get("transparency") if kind == "PNG" else None
    drawn.info = {} if transparency is None else {"transparency": transparency}
    buffer = BytesIO()
    drawn.save(buffer, format=kind, exif=b"", **options)
    return buffer.getvalue()


def _is_lossless_webp(file: File) -> bool:
    position = file.tell()
    file.seek(0)
    is_lossless = b"VP8L" in file.read()
    file.seek(position)
    return is_lossless


def _is_turned(picture: Image.Image) -> bool:
    return picture.getexif().get(0x0112, 1) != 1


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, so that its colours stay without the profile, which names the camera's owner at times."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # a broken profile: the colours are taken as they are
        return picture
