"""The outbox: e-mail is a row first, written in the transaction of what it tells."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxStatus(models.TextChoices):
    """What became of a message."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")


class OutboxQuerySet(models.QuerySet):
    """Reads of the outbox."""

    def claimable(self, now: datetime) -> "OutboxQuerySet":
        """Messages whose time has come and that no sender holds."""
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self.filter(free, status=OutboxStatus.QUEUED, next_try_at__lte=now)

    def given_up(self) -> "OutboxQuerySet":
        """Messages that go out only if somebody sends them again."""
        return self.filter(status=OutboxStatus.FAILED)

    def done_before(self, moment: datetime) -> "OutboxQuerySet":
        """Messages that were sent or given up before ``moment``."""
        return self.exclude(status=OutboxStatus.QUEUED).filter(finished_at__lt=moment)


class OutboxMessage(models.Model):
    """One e-mail to one address. Its Message-ID is fixed when it is added, and the same on every try."""

    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True, editable=False)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("words"))
    body_html = models.TextField(_("words as HTML"), blank=True)
    from_email = models.CharField(_("from"), max_length=254)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    headers = models.JSONField(_("more headers"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=OutboxStatus.choices, default=OutboxStatus.QUEUED)
    created_at = models.DateTimeField(_("added"))
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    leased_until = models.DateTimeField(_("held by a sender until"), null=True, blank=True)
    lease = models.UUIDField(_("sender"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("sent or given up"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    objects = OutboxQuerySet.as_manager()

    personal_data = ("to", "subject", "body", "body_html", "reply_to", "headers")

    class Meta:
        default_permissions = ("view", "change")  # to change is to send again: no form edits a message
        ordering = ["next_try_at", "pk"]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="core_outbox_queued", condition=Q(status="queued")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="queued", finished_at=None) | (~Q(status="queued") & Q(finished_at__isnull=False)),
                name="core_outbox_finished_when_done",
            ),
        ]
        verbose_name = _("message")

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_status_display()}"
