"""Registers this app's part of the editors' admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from signposting.viewsets import HelplinesViewSetGroup

register_snippet(HelplinesViewSetGroup)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The colours of a status."""
    return format_html('<link rel="stylesheet" href="{}">', static("signposting/admin.css"))
