"""What every app stands on."""

from core.models.append_only import AppendOnlyModel
from core.models.audit import AuditEntry
from core.models.clock import DueJobState
from core.models.media import CustomDocument, CustomImage, CustomMedia, CustomRendition
from core.models.outbox import OutboxMessage, OutboxStatus
from core.models.pages import BasePage
from core.models.workflow import SecondPersonApprovalTask

__all__ = [
    "AppendOnlyModel",
    "AuditEntry",
    "BasePage",
    "CustomDocument",
    "CustomImage",
    "CustomMedia",
    "CustomRendition",
    "DueJobState",
    "OutboxMessage",
    "OutboxStatus",
    "SecondPersonApprovalTask",
]
