"""Printed things on a shelf, and the ledger of everything that happened to them."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel, get_all_child_relations

from core.models import AppendOnlyModel
from core.models.append_only import AppendOnlyQuerySet
from ordering.enums import EFFECTS, MovementKind, StockState
from ordering.querysets import StockItemQuerySet
from resources.models import ResourcePage

MOST = 1_000_000  # units on hand: more is a slip of the keyboard
LONGEST_LEAD = 90  # days


def saved_by_forms(record: models.Model) -> list[str]:
    """Names of the fields that a form may write: numbers that services count aren't editable."""
    return [field.name for field in record._meta.concrete_fields if field.editable and not field.primary_key]


def _children(record: ClusterableModel) -> list[str]:
    return [relation.get_accessor_name() for relation in get_all_child_relations(type(record))]


class StockItem(ClusterableModel):
    """One thing that can be sent: a poster in a size, a wristband in a colour. Numbers are of its units (packs).

    ``on_hand`` and ``allocated`` are the sums of its movements. They stand here too so that the database can refuse a
    promise of what isn't there; only ``ordering.services`` writes them.
    """

    resource = models.ForeignKey(
        ResourcePage,
        verbose_name=_("resource"),
        on_delete=models.PROTECT,
        related_name="stock_items",
        help_text=_("The page of the library on which it is ordered."),
    )
    code = models.CharField(
        _("product code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*$", _("Use capital letters, digits and hyphens: NT-A3."))],
        help_text=_("As on the shelf and the picking list: NT-A3."),
    )
    variant = models.CharField(
        _("size or colour"), max_length=40, blank=True, help_text=_("Each is an item of its own: A3, or navy.")
    )
    unit = models.CharField(_("unit"), max_length=40, help_text=_("What one of it is: pack of 50."))
    low_level = models.PositiveIntegerField(
        _("few left at"), default=0, help_text=_("With this many units free or fewer, people read “Few left”.")
    )
    order_limit = models.PositiveIntegerField(
        _("limit for an order"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    campaign_limit = models.PositiveIntegerField(
        _("limit for an organisation in a campaign"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    lead_days = models.PositiveSmallIntegerField(
        _("days until it arrives"),
        default=5,
        validators=[MaxValueValidator(LONGEST_LEAD)],
        help_text=_("Working days from an approved order to the door."),
    )
    weight_grams = models.PositiveIntegerField(_("weight of a unit in grams"), validators=[MinValueValidator(1)])
    back_on = models.DateField(
        _("back on"), null=True, blank=True, help_text=_("When more will come. People read it while none is free.")
    )
    is_active = models.BooleanField(_("can be ordered"), default=True)
    low_told_at = models.DateTimeField(_("low stock told"), null=True, blank=True, editable=False)
    on_hand = models.PositiveIntegerField(_("on hand"), default=0, editable=False)
    allocated = models.PositiveIntegerField(_("promised"), default=0, editable=False)

    objects = StockItemQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("stock item")
        verbose_name_plural = _("stock items")
        constraints = [
            models.UniqueConstraint(fields=["resource", "variant"], name="ordering_item_variant_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="ordering_item_on_hand_not_negative"),
            models.CheckConstraint(condition=Q(allocated__gte=0), name="ordering_item_allocated_not_negative"),
            models.CheckConstraint(condition=Q(allocated__lte=F("on_hand")), name="ordering_item_promised_is_there"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args, **kwargs) -> None:
        """Save all but the two numbers, which may have moved since the form was read: only services write them."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            # What hangs on the item is saved with it only if it is named too.
            kwargs["update_fields"] = [*saved_by_forms(self), *_children(self)]
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """What people call it: the resource's title, with the size or colour."""
        return f"{self.resource.title}, {self.variant}" if self.variant else self.resource.title

    @property
    def free(self) -> int:
        """Units on hand that no order was promised."""
        return self.on_hand - self.allocated

    def state_of(self, free: int, on: date) -> StockState:
        """What somebody is told for whom so many units are free on a day."""
        if free > self.low_level:
            return StockState.AVAILABLE
        if free > 0:
            return StockState.LOW
        return StockState.BACK if self.back_on and self.back_on > on else StockState.OUT


def _effect(kind: MovementKind) -> Q:
    """What a movement of a kind may look like."""
    on_hand, allocated = EFFECTS[kind]
    matches = Q(kind=kind)
    for name, sign in (("on_hand", on_hand), ("allocated", allocated)):
        matches &= Q(**{f"{name}__gt": 0}) if sign > 0 else Q(**{f"{name}__lt": 0}) if sign < 0 else Q(**{name: 0})
    return matches & Q(on_hand=F("allocated")) if on_hand and allocated else matches


_CORRECTION = Q(kind=MovementKind.CORRECTION, allocated=0) & ~Q(on_hand=0)


def _allowed() -> Q:
    allowed = _CORRECTION
    for kind in EFFECTS:
        allowed |= _effect(kind)
    return allowed


class StockMovement(AppendOnlyModel):
    """One line of the ledger: what it added to an item, who did it, and why. Nobody's name stands in it."""

    item = models.ForeignKey(StockItem, verbose_name=_("item"), on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("what happened"), max_length=12, choices=MovementKind.choices)
    on_hand = models.IntegerField(_("on hand"), help_text=_("What it added; less than nought took away."))
    allocated = models.IntegerField(_("promised"))
    reason = models.CharField(_("why"), max_length=200)
    at = models.DateTimeField(_("when"), db_index=True)
    # As in the audit log: deleting an account changes no line.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    objects = AppendOnlyQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "A line points to the account; the name is in the account alone."

    class Meta:
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        verbose_name = _("movement of stock")
        verbose_name_plural = _("movements of stock")
        constraints = [models.CheckConstraint(condition=_allowed(), name="ordering_movement_fits_its_kind")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.on_hand:+} {self.allocated:+}"
