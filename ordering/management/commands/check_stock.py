"""``manage.py check_stock``: do all items say what their ledger says?"""

from django.core.management.base import BaseCommand, CommandError

from ordering.models import StockItem


class Command(BaseCommand):
    """Compares each item's numbers with the sums of its movements, and changes nothing."""

    help = "Compare what is on hand and promised with the ledger of stock. Leaves with 1 if an item differs."

    def handle(self, *args, **options) -> None:
        """Print a line for each item that differs. Raises ``CommandError`` if there is one."""
        wrong = list(StockItem.objects.that_differ_from_the_ledger())
        for item in wrong:
            self.stdout.write(
                f"{item.code}: on hand {item.on_hand}, by the ledger {item.ledger_on_hand}; "
                f"promised {item.allocated}, by the ledger {item.ledger_allocated}"
            )
        if wrong:
            raise CommandError(f"{len(wrong)} of {StockItem.objects.count()} items differ from the ledger.")
        self.stdout.write(f"All {StockItem.objects.count()} items agree with the ledger.")
