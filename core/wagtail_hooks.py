"""Registers this app's part of the editors' admin."""

from wagtail import hooks

from core.views.outbox import SendAgainBulkAction
from core.viewsets import audit_viewset, mails_viewset, outbox_viewset


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """The audit log, the outbox and the words of e-mails, to read."""
    return [audit_viewset, mails_viewset, outbox_viewset]


hooks.register("register_bulk_action", SendAgainBulkAction)
