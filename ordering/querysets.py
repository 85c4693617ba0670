"""Reads of stock and orders."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ordering import keys
from ordering.enums import CLOSED_STATES, OPEN_STATES, TO_FULFIL, TO_SEND, MovementKind, OrderState, OrderWarning
from ordering.mailboxes import is_for_anyone
from resources.models import ResourcePage

_UNITS = ("asked", "granted", "sent")
# No vowel, so that it spells nothing, and nothing that is taken for something else: 0 and O, 1 and I, 2 and Z.
REFERENCE_LETTERS = "3479CDFHJKMNPRTWXY"
_REFERENCE_LENGTH = 6
# Cancelled before anybody confirmed it: its e-mail address was wrong, and the right order comes after it.
_WITHDRAWN_UNCONFIRMED = Q(state=OrderState.CANCELLED, confirmed_at=None)


def q_organisation(*, email: str, address: str, organisation: str, path: str = "") -> Q:
    """Orders of one organisation, by the keys of one of them: of its mailbox, or alike in two of three.

    The three are the name, the postcode, and the domain of the mailbox unless anyone can have one there: many places
    bear one name, and one place is written in many ways. ``path`` leads to the order.
    """
    domain = keys.email_domain(email)
    alike = {"organisation_key": organisation, "address_key": address}
    alike["email_key__endswith"] = "" if is_for_anyone(domain) else f"@{domain}"
    found = Q(**{f"{path}email_key": email})
    for one, other in combinations([{f"{path}{name}": key} for name, key in alike.items() if key], 2):
        found |= Q(**one, **other)
    return found


def q_overdue(on: date) -> Q:
    """Needed before a day, and not done."""
    return Q(state__in=TO_FULFIL, needed_by__lt=on)


class StockItemQuerySet(models.QuerySet):
    """Reads of items."""

    def orderable(self) -> "StockItemQuerySet":
        """Items that people may put into a basket: also those of which none is free, which say when more come."""
        return self.filter(is_active=True)

    def offered(self) -> "StockItemQuerySet":
        """Items that may be ordered now: switched on, of a live resource that is handed out."""
        return self.orderable().filter(resource__in=ResourcePage.objects.live().listed())

    def in_stock(self) -> "StockItemQuerySet":
        """Items that are switched on and of which at least one is promised to nobody."""
        return self.orderable().filter(on_hand__gt=F("allocated"))

    def held_in_order(self, keys: Iterable[int]) -> "StockItemQuerySet":
        """Items of those keys with their rows held until the transaction ends, always in the same order."""
        return self.filter(pk__in=keys).order_by("pk").select_related("resource").select_for_update(of=("self",))

    def with_few_left(self) -> "StockItemQuerySet":
        """Items of which people read “Low stock”, or that none is left."""
        return self.filter(on_hand__lte=F("allocated") + F("low_level"))

    def with_ledger(self) -> "StockItemQuerySet":
        """Adds ``ledger_on_hand`` and ``ledger_allocated``, the sums of each item's movements."""
        return self.annotate(
            ledger_on_hand=_sum_of_movements("on_hand"), ledger_allocated=_sum_of_movements("allocated")
        )

    def with_promised_since(self, moment: datetime) -> "StockItemQuerySet":
        """Adds ``promised_lately``: units promised to orders since a moment, less what was taken back."""
        lately = _movements().filter(item=OuterRef("pk"), at__gte=moment).order_by().values("item")
        lately = lately.filter(kind__in=[MovementKind.ALLOCATION, MovementKind.RELEASE])
        return self.annotate(promised_lately=Coalesce(Subquery(lately.annotate(sum=Sum("allocated")).values("sum")), 0))

    def that_differ_from_the_ledger(self) -> "StockItemQuerySet":
        """Items whose numbers are not the sums of their movements. There should never be one."""
        items = self.with_ledger()
        return items.exclude(on_hand=F("ledger_on_hand"), allocated=F("ledger_allocated"))


def _sum_of_movements(field: str) -> Coalesce:
    movements = _movements().filter(item=OuterRef("pk")).order_by().values("item")
    return Coalesce(Subquery(movements.annotate(sum=Sum(field)).values("sum")), 0)


def _movements() -> QuerySet:
    return apps.get_model("ordering.StockMovement").objects.all()


def _items() -> QuerySet:
    return apps.get_model("ordering.StockItem").objects.all()


def _lines() -> QuerySet:
    return apps.get_model("ordering.OrderLine").objects.all()


class StockReservationQuerySet(models.QuerySet):
    """Reads of shares that are kept back."""

    def holding(self, on: date) -> "StockReservationQuerySet":
        """Those that keep something back on a day: not lapsed, and not used up."""
        return self.filter(until__gte=on, used__lt=F("quantity"))

    def by_item(self, items: Iterable[int], on: date) -> dict[int, list]:
        """Those of items that keep something back on a day, the one that lapses first before the others: one query."""
        found: dict[int, list] = {}
        for share in self.holding(on).filter(item__in=items).order_by("until", "pk"):
            found.setdefault(share.item_id, []).append(share)
        return found


class OrderQuerySet(models.QuerySet):
    """Reads of orders."""

    def open(self) -> "OrderQuerySet":
        """Orders for which something is still held or awaited."""
        return self.exclude(state__in=CLOSED_STATES)

    def unconfirmed_since(self, moment: datetime) -> "OrderQuerySet":
        """Orders that were placed before a moment and never confirmed."""
        return self.filter(state=OrderState.UNCONFIRMED, placed_at__lte=moment)

    def forgotten(self, before: datetime) -> "OrderQuerySet":
        """Open orders to which nothing was done since a moment."""
        events = self.model._meta.get_field("events").related_model.objects.filter(order=OuterRef("pk"), at__gte=before)
        return self.open().filter(placed_at__lt=before).filter(~Exists(events))

    def of_email(self, email: str) -> "OrderQuerySet":
        """Orders of exactly this address, whatever its capital letters."""
        return self.filter(email_key=keys.email_key(email), email__iexact=email.strip()).exclude(email="")

    def like(self, *, email: str, address: str) -> "OrderQuerySet":
        """Orders with one of these keys: of the same mailbox or to the same postcode. Erased ones have none."""
        return self.filter(Q(email_key=email) | Q(address_key=address)).exclude(email_key="")

    def others_like(self, order: models.Model) -> "OrderQuerySet":
        """Other orders of the same mailbox or to the same postcode, but for those that nobody ever had."""
        alike = self.like(email=order.email_key, address=order.address_key).exclude(pk=order.pk)
        return alike.exclude(_WITHDRAWN_UNCONFIRMED)

    def of_organisation(self, order: models.Model) -> "OrderQuerySet":
        """Orders like one, and others of its organisation, with ``is_alike`` to tell which.

        Not erased ones, nor those that nobody ever had.
        """
        like = Q(email_key=order.email_key) | Q(address_key=order.address_key)
        same = q_organisation(email=order.email_key, address=order.address_key, organisation=order.organisation_key)
        is_alike = models.ExpressionWrapper(like, output_field=models.BooleanField())
        known = self.exclude(email_key="").exclude(_WITHDRAWN_UNCONFIRMED)
        return known.filter(like | same).annotate(is_alike=is_alike)

    def of_domain(self, domain: str, *, since: datetime) -> "OrderQuerySet":
        """Orders of a domain's mailboxes that were placed since a moment and not ended without being sent."""
        ended = (OrderState.REJECTED, OrderState.CANCELLED, OrderState.LAPSED)
        return self.filter(email_key__endswith=f"@{domain}", placed_at__gte=since).exclude(state__in=ended)

    def known(self) -> "OrderQuerySet":
        """Orders that still say whom they are for."""
        return self.filter(erased_at=None)

    def overdue(self, on: date) -> "OrderQuerySet":
        """Orders that were needed before a day, and of which something is still to be done."""
        return self.filter(q_overdue(on))

    def to_send(self) -> "OrderQuerySet":
        """Orders of which units are promised that haven't left."""
        held = Exists(_lines().filter(order=OuterRef("pk"), granted__gt=F("sent")))
        return self.known().filter(held, state__in=TO_SEND)

    def with_warning(self, warnings: Iterable[OrderWarning], on: date) -> "OrderQuerySet":
        """Orders that aren't done and have one of these warnings on a day: only those few are looked at closely."""
        of_order = _lines().filter(order=OuterRef("pk"))
        found = {
            OrderWarning.OVER_LIMIT: Q(is_over_limit=True),
            OrderWarning.ALIKE: self._has_others(),
            OrderWarning.LOW: Q(state__in=TO_FULFIL) & Exists(of_order.filter(item__in=_items().with_few_left())),
            OrderWarning.OVERDUE: q_overdue(on),
            OrderWarning.GONE: self._has_gone(),
        }
        any_of = Q()
        for warning in warnings:
            any_of |= found[warning]
        return self.filter(any_of, state__in=OPEN_STATES)

    def with_facts(self) -> "OrderQuerySet":
        """Adds ``asked``, ``granted``, ``sent`` and whether it is ``short``, ``has_others``, ``has_gone``: for few."""
        lines = _lines().filter(order=OuterRef("pk")).order_by()
        sums = {name: Coalesce(Subquery(lines.values("order").values(sum=Sum(name))), 0) for name in _UNITS}
        return self.annotate(
            **sums,
            short=Exists(lines.filter(item__in=_items().with_few_left())),
            has_others=self._has_others(),
            has_gone=self._has_gone(),
        )

    def _has_others(self) -> Q:
        """Whether another order is of the same mailbox or to the same postcode."""
        others = self.model.objects.exclude(pk=OuterRef("pk")).exclude(_WITHDRAWN_UNCONFIRMED).order_by()
        same = [Exists(others.filter(**{field: OuterRef(field)})) for field in ("email_key", "address_key")]
        return ~Q(email_key="") & (same[0] | same[1])

    def _has_gone(self) -> Exists:
        """Whether it holds units of something that isn't handed out any more."""
        lines = _lines().filter(order=OuterRef("pk"), granted__gt=F("sent")).order_by()
        return Exists(lines.exclude(item__resource__in=ResourcePage.objects.listed().values("pk")))

    def found_by(self, words: str) -> "OrderQuerySet":
        """Orders whose reference begins with what was typed, or whose organisation's name holds it."""
        name = keys.organisation_key(words)
        typed = "".join(letter for letter in words.upper() if letter.isalnum())
        if typed and len(typed) <= _REFERENCE_LENGTH and set(typed) <= set(REFERENCE_LETTERS):
            typed = f"{typed[:3]}-{typed[3:]}" if len(typed) > 3 else typed
            # Each by its own index: "or" would read every order.
            keys_of = self.model.objects.order_by().values("pk")
            either = keys_of.filter(reference__startswith=typed)
            if name:
                either = either.union(keys_of.filter(erased_at=None, organisation_key__contains=name))
            return self.filter(pk__in=either)
        return self.known().filter(organisation_key__contains=name) if name else self.none()

    def to_erase(self, before: datetime) -> "OrderQuerySet":
        """Orders that were closed before a moment and still say whom they were for."""
        return self.filter(closed_at__lt=before, erased_at=None)


class OutOfDateAddressQuerySet(models.QuerySet):
    """Reads of addresses that are kept for one message."""

    def to_tell(self, on: date) -> "OutOfDateAddressQuerySet":
        """Those that may still be written to on a day: one that is past its time waits to be deleted."""
        return self.filter(until__gte=on)


class OrderLineQuerySet(models.QuerySet):
    """Reads of lines."""

    def granted_in_campaign(
        self, *, email: str, address: str, organisation: str, campaign_id: int | None
    ) -> dict[int, tuple[int, int]]:
        """Units of each item, by its key, that were granted for a campaign, or for none, by the keys of an order.

        First what its mailbox was granted, then what its organisation was, with the mailbox.
        """
        whose = q_organisation(email=email, address=address, organisation=organisation, path="order__")
        found = self.filter(whose, order__campaign_id=campaign_id, order__erased_at=None).order_by().values("item")
        sums = {"mine": Sum("granted", filter=Q(order__email_key=email), default=0), "all": Sum("granted")}
        return {row["item"]: (row["mine"], row["all"]) for row in found.annotate(**sums)}
