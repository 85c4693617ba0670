"""What this app counts: how often, and never by whom."""

from django.utils.translation import gettext_lazy as _

from measurement.registry import indicator

ORDER_PLACED = indicator("order.placed", _("Orders placed"))
