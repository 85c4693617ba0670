"""Links that open a pack before its embargo lifts."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def _nonce() -> str:
    return secrets.token_urlsafe(12)


class PartnerLink(models.Model):
    """Opens a pack early to whoever holds its signed address: no account, until it expires or is revoked."""

    pack = models.ForeignKey(
        "resources.PackPage", verbose_name=_("pack"), on_delete=models.CASCADE, related_name="partner_links"
    )
    organisation = models.CharField(
        _("for"), max_length=120, help_text=_("The organisation that gets the link. Never a person's name.")
    )
    nonce = models.CharField(_("in the address"), max_length=24, unique=True, default=_nonce, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    opened = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("partner link")

    def __str__(self) -> str:
        return f"{self.pack}: {self.organisation}"

    @property
    def is_working(self) -> bool:
        """Whether it opens its pack now."""
        return self.revoked_at is None and self.expires_at > timezone.now()
