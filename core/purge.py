"""Personal data leaves when its time is over: every personal model declares itself and registers how.

A model says ``personal_data = ("field", …)`` and some app's ``purges.py`` registers a rule for it::

    @purges(OutboxMessage, describes=_("messages …"))
    def done_messages(now):
        return OutboxMessage.objects.done_before(now - timedelta(days=30))

A model whose fields only look personal says ``personal_data = ()`` and ``personal_data_reason = "why"``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.functional import Promise

BATCH_SIZE = 500


@dataclass(frozen=True)
class PurgeRule:
    """How a model's personal data leaves: what is due at a moment, and what is done with it."""

    model: type[models.Model]
    name: str
    describes: str | Promise
    due: Callable[[datetime], models.QuerySet]
    by: Callable[[models.Model], None] | None

    def apply(self, now: datetime) -> int:
        """Delete or anonymise what is due at ``now``, a transaction for each batch. Returns how many records."""
        done = 0
        for keys in self._batches(now):
            with transaction.atomic():
                batch = self.due(now).filter(pk__in=keys)  # still due, now that we hold the transaction
                if self.by is None:
                    done += batch.count()
                    batch.delete()
                else:
                    for record in batch:
                        self.by(record)
                        done += 1
        return done

    def _batches(self, now: datetime) -> Iterator[list]:
        keys = list(self.due(now).values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH_SIZE):
            yield keys[start : start + BATCH_SIZE]


_rules: dict[tuple[type[models.Model], str], PurgeRule] = {}


def purges(
    model: type[models.Model],
    *,
    describes: str | Promise,
    by: Callable[[models.Model], None] | None = None,
) -> Callable[[Callable[[datetime], models.QuerySet]], Callable[[datetime], models.QuerySet]]:
    """Register the decorated function as what is due for a purge of ``model`` at a moment.

    The records are deleted, or given one by one to ``by``, inside a transaction: it anonymises a record, say, and must
    leave it so that it isn't due again.
    """

    def register(due: Callable[[datetime], models.QuerySet]) -> Callable[[datetime], models.QuerySet]:
        rule = PurgeRule(model=model, name=due.__name__, describes=describes, due=due, by=by)
        _rules[model, rule.name] = rule
        return due

    return register


def purge_rules() -> list[PurgeRule]:
    """Every registered rule, in the order of model and name."""
    return sorted(_rules.values(), key=lambda rule: (rule.model._meta.label, rule.name))


def has_purge_rule(model: type[models.Model]) -> bool:
    """Whether some rule covers ``model``."""
    return any(model is ruled for ruled, _name in _rules)
