"""The groups in which an editor finds a block, and the rich text features that blocks allow."""

from django.utils.translation import gettext_lazy as _

WORDS = _("Words")
TALKING = _("Talking about it")
PICTURES = _("Pictures and film")
LINKS = _("Links and downloads")
HELP = _("Help")
LAYOUT = _("Layout")

# Short text keeps to one voice: no headings, no lists.
LINE_FEATURES = ["bold", "italic", "link"]
BODY_FEATURES = ["bold", "italic", "link", "document-link", "ul", "ol", "h3"]
