"""The checks that an editor sees beside a preview."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class ContentChecks(ContentCheckerItem):
    """Wagtail's checks of headings, links and alternative texts, and three more that editors can do something about."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", "page-has-heading-one", "svg-img-alt"]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Picture without alternative text"),
            "help_text": _("Say what it shows, or mark it as decorative"),
        },
        "page-has-heading-one": {
            "error_name": _("Page without a title"),
            "help_text": _("Fill in the title or the heading"),
        },
        "svg-img-alt": {
            "error_name": _("Drawing without words"),
            "help_text": _("Say what it tells, or leave its text empty if it is only decoration"),
        },
    }
