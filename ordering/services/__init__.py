"""Every write of stock."""
