"""Organisations that are known by the domain of their e-mail."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownDomain(models.Model):
    """Whose orders skip the approval, up to so many units. Only the domain itself counts, nothing below it."""

    domain = models.CharField(
        _("domain"),
        max_length=200,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
                _("Write what stands after the @, in small letters: school.example"),
            )
        ],
        help_text=_("What stands after the @ of their e-mail: school.example. One that anyone can have is no good."),
    )
    organisation = models.CharField(_("whose it is"), max_length=120)
    up_to = models.PositiveIntegerField(
        _("units in an order"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_("An order of more than these, or above a limit, still waits for a person."),
    )

    personal_data = ()
    personal_data_reason = "Domains and names of organisations."

    class Meta:
        ordering = ["domain"]
        verbose_name = _("known organisation")
        verbose_name_plural = _("known organisations")

    def __str__(self) -> str:
        return self.domain
