"""Stock, what happened to it, and what is kept back."""

from ordering.models.reservations import StockReservation
from ordering.models.stock import StockItem, StockMovement

__all__ = ["StockItem", "StockMovement", "StockReservation"]
