"""What time brings to orders."""

from datetime import datetime, timedelta

from core.clock import due_job
from ordering.services.alerts import low_stock_warn, stock_alerts_tell
from ordering.services.confirming import orders_end_forgotten, orders_lapse, orders_remind
from ordering.services.reporting import orders_ask


@due_job("orders_unconfirmed")
def end_unconfirmed(now: datetime) -> None:
    """Remind of orders that wait to be confirmed, and let those lapse that waited too long."""
    orders_lapse(now)
    orders_remind(now)


@due_job("orders_stock", every=timedelta(minutes=5))
def tell_of_stock(now: datetime) -> None:
    """Tell who asked that stock is back, and staff that little is left."""
    try:
        stock_alerts_tell()
    finally:
        low_stock_warn(now)


@due_job("orders_old", every=timedelta(days=1))
def follow_up(now: datetime) -> None:
    """Ask what became of orders, and end those that nobody has touched for half a year."""
    orders_ask(now)
    orders_end_forgotten(now)
