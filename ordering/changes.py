"""What an order asks for, and what of it can't be had."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import CampaignPage
from ordering import keys
from ordering.models import StockItem
from signposting.models import Area


@dataclass(frozen=True)
class OrderDetails:
    """Who asks, and where it goes: as it was typed, checked for form by ``DetailsForm``."""

    name: str
    organisation: str
    organisation_kind: str
    email: str
    address_1: str
    address_2: str
    town: str
    postcode: str
    area: Area | None
    needed_by: date | None
    campaign: CampaignPage | None
    delivery_note: str
    reason: str
    wants_notice: bool

    def keys(self) -> dict[str, str]:
        """The keys by which the same place is known again."""
        return {
            "email_key": keys.email_key(self.email),
            "address_key": keys.address_key(self.postcode),
            "organisation_key": keys.organisation_key(self.organisation),
        }


class ChangeKind(models.TextChoices):
    """Why a line of a basket can't be had as it was asked for."""

    GONE = "gone", _("can't be ordered any more")
    FEWER = "fewer", _("there are fewer than you asked for")
    NONE = "none", _("there are none left")
    OVER = "over", _("that is more than we send without asking why")


@dataclass(frozen=True)
class BasketChange:
    """One line that can't be had: how many were asked for, and how many can be had."""

    item: StockItem
    kind: ChangeKind
    asked: int
    has: int

    def __str__(self) -> str:
        return f"{self.item.code}: {self.kind} ({self.asked}, {self.has})"


@dataclass(frozen=True)
class Allowance:
    """What an order may have of an item: ``free`` units, of which ``limit`` without a reason.

    ``organisation_had`` is what its organisation had for the campaign before. Staff alone learn of that.
    """

    item: StockItem
    free: int
    limit: int
    organisation_had: int = 0

    def change_for(self, asked: int, *, has_reason: bool) -> BasketChange | None:
        """What is wrong with asking for so many. None if nothing is."""
        if self.free == 0:
            return BasketChange(self.item, ChangeKind.NONE, asked, 0)
        if asked > self.free:
            return BasketChange(self.item, ChangeKind.FEWER, asked, self.free)
        if asked > self.limit and not has_reason:
            return BasketChange(self.item, ChangeKind.OVER, asked, self.limit)
        return None

    def is_over(self, asked: int) -> bool:
        """Whether a person has to look: more than this order, or its organisation, may have without."""
        return asked > min(self.limit, self.item.campaign_limit - self.organisation_had)

    def granted(self, asked: int) -> int:
        """Units that are promised at once. What is above the limit waits for a person."""
        return min(asked, self.limit)
