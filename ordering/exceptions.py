"""What this app refuses, by name."""


class NotEnoughStockError(Exception):
    """More was asked of an item than it has free, or less was counted than is promised to orders."""

    def __init__(self, item: object, has: int):
        super().__init__(f"{item}: {has}")
        self.item = item
        self.has = has


class StockChangedError(Exception):
    """Stock moved between a look at it and the count that was entered: the count may be of what has gone since."""
