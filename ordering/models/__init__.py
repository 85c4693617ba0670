"""Stock and its ledger; orders and what was done to them; addresses kept for one message; what became of it all."""

from ordering.models.addresses import OutOfDateAddress, StockAlert
from ordering.models.columns import OrderColumns
from ordering.models.domains import KnownDomain
from ordering.models.events import OrderEvent, OrderNote
from ordering.models.orders import Order, OrderLine, ShareTaken
from ordering.models.reports import UseReport, UseReportItem, UseReportPlace
from ordering.models.reservations import StockReservation
from ordering.models.stock import StockItem, StockMovement

__all__ = [
    "KnownDomain",
    "Order",
    "OrderColumns",
    "OrderEvent",
    "OrderLine",
    "OrderNote",
    "OutOfDateAddress",
    "ShareTaken",
    "StockAlert",
    "StockItem",
    "StockMovement",
    "StockReservation",
    "UseReport",
    "UseReportItem",
    "UseReportPlace",
]
