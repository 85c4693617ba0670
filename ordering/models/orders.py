"""Orders: who asked for what, what was granted and what was sent."""

import secrets

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import CampaignPage
from ordering.enums import CLOSED_STATES, OrderState
from ordering.models.reservations import StockReservation
from ordering.models.stock import StockItem
from ordering.querysets import REFERENCE_LETTERS, OrderLineQuerySet, OrderQuerySet
from partners.enums import OrganisationKind
from signposting.models import Area

LONGEST_NOTE = 200


def new_reference() -> str:
    """Six letters and digits in two groups, as they are read out on the telephone: "C7K-4RM"."""
    drawn = "".join(secrets.choice(REFERENCE_LETTERS) for _each in range(6))
    return f"{drawn[:3]}-{drawn[3:]}"


def new_secret() -> str:
    """The unguessable part of a tracking address (RFC 4648 base64url of 32 random bytes)."""
    return secrets.token_urlsafe(32)


class Order(models.Model):
    """One order. Only ``ordering.services`` writes it; ``version`` grows with every change."""

    reference = models.CharField(_("reference"), max_length=7, unique=True, default=new_reference, editable=False)
    token = models.UUIDField(_("form"), unique=True, editable=False)
    secret = models.CharField(_("tracking"), max_length=43, unique=True, default=new_secret, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=OrderState.choices, default=OrderState.UNCONFIRMED)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    language = models.CharField(_("language"), max_length=12)

    name = models.CharField(_("name"), max_length=100, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=20, choices=OrganisationKind.choices)
    email = models.EmailField(_("work e-mail"), blank=True)
    address_1 = models.CharField(_("address"), max_length=120, blank=True)
    address_2 = models.CharField(_("second line of the address"), max_length=120, blank=True)
    town = models.CharField(_("town or city"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    area = models.ForeignKey(
        Area, verbose_name=_("place"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("campaign"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    delivery_note = models.TextField(
        _("note for the delivery"), blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)]
    )
    reason = models.TextField(_("why more"), blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)])
    wants_notice = models.BooleanField(_("tell them if it goes out of date"), default=False)
    # The same e-mail address, address or organisation however it is written: for limits and warnings.
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    address_key = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    organisation_key = models.CharField(max_length=120, blank=True, db_index=True, editable=False)

    is_over_limit = models.BooleanField(_("more than the limit"), default=False, editable=False)
    placed_at = models.DateTimeField(_("placed"), db_index=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("last sent"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, db_index=True)
    asked_at = models.DateTimeField(_("asked what became of it"), null=True, blank=True)
    reported_at = models.DateTimeField(_("said what became of it"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    personal_data = (
        "name",
        "organisation",
        "email",
        "address_1",
        "address_2",
        "town",
        "postcode",
        "delivery_note",
        "reason",
        "email_key",
        "address_key",
        "organisation_key",
    )

    class Meta:
        default_permissions = ("view", "change")
        permissions = [("view_totals", _("Can see totals of orders"))]
        ordering = ["-placed_at", "-pk"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["state", "-placed_at", "-id"], name="ordering_order_by_state"),
            models.Index(fields=["-placed_at", "-id"], name="ordering_order_newest"),
            # What the list of orders is filtered by.
            models.Index(fields=["organisation_kind", "-placed_at", "-id"], name="ordering_order_by_kind"),
            models.Index(fields=["needed_by"], name="ordering_order_needed_by"),
            # Names are looked for in these alone.
            models.Index(fields=["-placed_at", "-id"], name="ordering_order_known", condition=Q(erased_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, closed_at__isnull=False)
                | ~Q(state__in=CLOSED_STATES) & Q(closed_at=None),
                name="ordering_order_closed_when_done",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(closed_at__isnull=False, email="", name="", address_1="", postcode=""),
                name="ordering_order_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state in CLOSED_STATES

    @property
    def is_erased(self) -> bool:
        """Whether whom it was for is gone."""
        return self.erased_at is not None

    @property
    def address(self) -> list[str]:
        """The lines of the label, as Royal Mail asks: organisation, street, town, postcode in a line of its own."""
        lines = [self.name, self.organisation, self.address_1, self.address_2, self.town, self.postcode]
        return [line for line in lines if line]


class OrderLine(models.Model):
    """One item of an order, in units. ``granted`` less ``sent`` is what the stock holds back for it."""

    order = models.ForeignKey(Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(StockItem, verbose_name=_("item"), on_delete=models.PROTECT, related_name="order_lines")
    asked = models.PositiveIntegerField(_("asked for"))
    granted = models.PositiveIntegerField(_("granted"))
    sent = models.PositiveIntegerField(_("sent"), default=0)
    returned = models.PositiveIntegerField(_("came back"), default=0)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["item__code"]
        verbose_name = _("line")
        constraints = [
            models.UniqueConstraint(fields=["order", "item"], name="ordering_line_item_once"),
            models.CheckConstraint(condition=Q(asked__gte=1), name="ordering_line_asks_for_one"),
            models.CheckConstraint(condition=Q(granted__lte=F("asked")), name="ordering_line_not_over_asked"),
            models.CheckConstraint(condition=Q(sent__lte=F("granted")), name="ordering_line_not_over_granted"),
            models.CheckConstraint(condition=Q(returned__lte=F("sent")), name="ordering_line_not_over_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.granted}/{self.asked} × {self.item_id}"

    @property
    def held(self) -> int:
        """Units promised to it that weren't sent yet."""
        return self.granted - self.sent


class ShareTaken(models.Model):
    """Units of a line that came out of a share kept back, so that they go back into it if they aren't sent."""

    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="shares")
    share = models.ForeignKey(StockReservation, on_delete=models.CASCADE, related_name="taken_by")
    quantity = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["line", "share"], name="ordering_share_taken_once")]

    def __str__(self) -> str:
        return f"{self.quantity} of share {self.share_id}"
