"""What this app tells by e-mail: orderers, whoever left an address for one message, and staff."""

from ordering.notifications import addresses, orders, staff

__all__ = ["addresses", "orders", "staff"]
