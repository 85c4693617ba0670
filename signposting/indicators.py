"""What this app counts."""

from django.utils.translation import gettext_lazy as _

from measurement.registry import indicator

HELP_ANSWERED = indicator("help.answered", _("Answers shown on the help page"))
