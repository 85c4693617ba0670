"""Addresses: what machines ask for, the editors' admin, and below the language prefix what people read."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pages.views import serve_page
from resources.views.files import document

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    # The pattern of Wagtail's own view, which therefore answers none: ours counts, and knows what is withdrawn.
    re_path(r"^documents/(\d+)/(.*)$", document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    # Where Wagtail sends whoever asks for a private document. Its own form would need a cookie outside the admin.
    path(
        "sign-in/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True), name="wagtailcore_login"
    ),
    path("", include("core.urls")),
]

if settings.DEBUG:
    from campaign.styleguide import styleguide  # only development has the page of all components

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

urlpatterns += i18n_patterns(
    path("", include("signposting.urls")),
    path("", include("pages.urls")),
    path("", include("resources.urls")),
    path("order/", include("ordering.urls")),
    # Files that a page makes, such as a pack's zip: Wagtail's own pattern knows no dots.
    re_path(r"^((?:[\w-]+/)+[a-z-]+\.(?:zip|csv|ics|docx|atom))$", serve_page, name="wagtail_serve_file"),
    # Of Wagtail's own addresses only its pages: none of them is private.
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)

# Each carries the emergency numbers and needs no database.
handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.page_not_found"
handler500 = "core.views.errors.server_error"
