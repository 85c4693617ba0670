"""What this app counts. A subject is the key of a resource, a pack or an artwork, and at most the document's."""

from django.utils.translation import gettext_lazy as _

from measurement.registry import indicator

RESOURCE_DOWNLOADED = indicator("resource.downloaded", _("Files downloaded"))
PACK_DOWNLOADED = indicator("pack.downloaded", _("Packs downloaded"))
COPY_USED = indicator("copy.used", _("Texts copied"))
POSTER_MADE = indicator("poster.made", _("Posters made for a place"))
