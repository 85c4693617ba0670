"""Registers this app's part of the editors' admin."""

from wagtail import hooks

from core.viewsets import audit_viewset, outbox_viewset


@hooks.register("register_admin_viewset")
def register_viewsets() -> list:
    """The audit log and the outbox, to read."""
    return [audit_viewset, outbox_viewset]
