"""Every write of stock and orders."""
