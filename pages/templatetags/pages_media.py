"""Pictures in templates: made when the page was published, only read here."""

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition

from pages.renditions import FORMATS, PICTURE_SPECS, SMALL_SPECS, SOCIAL_SPEC, renditions_of

register = template.Library()


@register.simple_tag(takes_context=True)
def responsive_image(
    context: template.Context, image: AbstractImage | None, sizes: str = "100vw", eager: bool = False
) -> SafeString | str:
    """Return ``<picture>`` with two formats in up to three widths; nothing without an image.

    ``sizes`` is the attribute of that name. ``eager`` is for a picture that is seen before scrolling. An image that
    has no renditions shows its own file: only an editor's preview makes what is missing.
    """
    if not image:
        return ""
    renditions = renditions_of(image, PICTURE_SPECS, make=_is_editor(context))
    modern, fallback = (
        _by_width(rendition for spec, rendition in renditions.items() if spec.endswith(f"|format-{kind}"))
        for kind in FORMATS
    )
    source = format_html('<source type="image/webp" srcset="{}" sizes="{}">', _srcset(modern), sizes) if modern else ""
    srcset = format_html(' srcset="{}" sizes="{}"', _srcset(fallback), sizes) if fallback else ""
    return format_html("<picture>{}{}</picture>", source, _img(image, fallback, srcset, eager))


@register.simple_tag(takes_context=True)
def small_image(context: template.Context, image: AbstractImage | None, eager: bool = False) -> SafeString | str:
    """Return ``<img>`` for a picture that is shown 400 pixels wide at most: WebP alone, twice that for fine screens.

    For pages with many, where a ``<picture>`` for each weighs too much. Otherwise as ``responsive_image``.
    """
    if not image:
        return ""
    made = renditions_of(image, SMALL_SPECS, make=_is_editor(context))
    shown, fine = (made.get(spec) for spec in SMALL_SPECS)
    srcset = format_html(' srcset="{} 2x"', fine.url) if shown and fine and fine.width > shown.width else ""
    return _img(image, [shown] if shown else [], srcset, eager)


@register.filter
def short_size(size: int) -> str:
    """Return a file's size as it is said: whole kilobytes, and no nought after the point above that."""
    if size < 1024**2:
        size = max(1, round(size / 1024)) * 1024
    return filesizeformat(size).replace(".0", "")


@register.simple_tag(takes_context=True)
def social_image(context: template.Context, page) -> AbstractRendition | None:
    """Return the page's image at the size that sharing shows, or ``None``."""
    image = getattr(page, "social_image", None)
    return image and renditions_of(image, [SOCIAL_SPEC], make=_is_editor(context)).get(SOCIAL_SPEC)


def _is_editor(context: template.Context) -> bool:
    request: HttpRequest | None = context.get("request") or getattr(context, "request", None)
    if request is None:
        return False
    return getattr(request, "is_preview", False) or request.path.startswith(reverse("wagtailadmin_home"))


def _by_width(renditions) -> list[AbstractRendition]:
    """Return one rendition of each width, the narrowest first: an image that is small fills several specs."""
    return sorted({rendition.width: rendition for rendition in renditions}.values(), key=lambda made: made.width)


def _srcset(renditions: list[AbstractRendition]) -> SafeString:
    return format_html_join(", ", "{} {}w", ((made.url, made.width) for made in renditions))


def _img(image: AbstractImage, renditions: list[AbstractRendition], srcset: str, eager: bool) -> SafeString:
    """The tag with the narrowest as its source and the largest's size; without any, the image's own file."""
    decorative = getattr(image, "decorative", False)
    alt = "" if decorative else (getattr(image, "contextual_alt_text", None) or image.default_alt_text)
    largest = renditions[-1] if renditions else image
    return format_html(
        '<img src="{}"{} alt="{}" width="{}" height="{}" loading="{}" decoding="async">',
        renditions[0].url if renditions else image.file.url,
        srcset,
        alt,
        largest.width,
        largest.height,
        "eager" if eager else "lazy",
    )
