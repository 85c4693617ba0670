"""Records that are written once and never changed or deleted: by no model, no query, and not by the database."""

from typing import NoReturn

from django.db import models
from django.utils.text import capfirst

from core.exceptions import AppendOnlyError


class AppendOnlyQuerySet(models.QuerySet):
    """Reads, and refuses every write but a new record."""

    def _refuse(self, *args, **kwargs) -> NoReturn:
        raise AppendOnlyError(self.model.refusal())

    update = delete = bulk_update = update_or_create = _raw_delete = _refuse

    def bulk_create(self, objs, *args, ignore_conflicts=False, update_conflicts=False, **kwargs):
        """Add records. Raises ``AppendOnlyError`` if it were to overwrite some."""
        if update_conflicts:
            self._refuse()
        return super().bulk_create(objs, *args, ignore_conflicts=ignore_conflicts, **kwargs)


class AppendOnlyModel(models.Model):
    """A record that is never changed. ``core.triggers`` makes the database refuse it too."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Write a new record. Raises ``AppendOnlyError`` for one that exists."""
        if not self._state.adding:
            raise AppendOnlyError(self.refusal())
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> NoReturn:
        """Refuse: raises ``AppendOnlyError``."""
        raise AppendOnlyError(self.refusal())

    @classmethod
    def refusal(cls) -> str:
        """What is said to whoever tries: "Audit entries are append-only."."""
        return f"{capfirst(cls._meta.verbose_name_plural)} are append-only."
