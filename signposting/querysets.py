"""Every reusable read of this app, and the guards that no bulk write passes."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from signposting.enums import SOON_DAYS, ChangeState
from signposting.exceptions import GuardedFieldError
from signposting.versions import version_bump

GUARDED_FIELDS = frozenset(
    {
        "phone",
        "text_number",
        "text_keyword",
        "verified_on",
        "verified_by",
        "verified_by_id",
        "verified_against",
        "check_again_by",
        "withdrawn_at",
        "withdrawn_reason",
    }
)


class VersionedQuerySet(models.QuerySet):
    """Bulk writes that pages hear of at once.

    The version is raised last, as everywhere: whoever holds its row waits for no other, so that no two writes wait in
    a ring.
    """

    @transaction.atomic
    def update(self, **fields) -> int:
        """Update, and raise the version in the same transaction."""
        done = super().update(**fields)
        version_bump()
        return done

    update.alters_data = True

    @transaction.atomic
    def delete(self):
        """Delete, and raise the version in the same transaction."""
        done = super().delete()
        version_bump()
        return done

    delete.alters_data = True
    delete.queryset_only = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        """Insert, and raise the version in the same transaction."""
        done = super().bulk_create(objs, *args, **kwargs)
        version_bump()
        return done


class ContactRecordQuerySet(VersionedQuerySet):
    """Reads of contact records."""

    def update(self, **fields) -> int:
        """Update what is not guarded. Raises ``GuardedFieldError`` for a number, a verification or a withdrawal."""
        guarded = sorted(GUARDED_FIELDS.intersection(fields))
        if guarded:
            raise GuardedFieldError(f"Not changed in bulk: {', '.join(guarded)}. Use signposting.services.")
        return super().update(**fields)

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, objs, *args, update_conflicts: bool = False, **kwargs):
        """Insert records without numbers. Raises ``GuardedFieldError`` as ``ContactRecord.save`` does."""
        if update_conflicts:
            raise GuardedFieldError("Insert new records only; change old ones one by one.")
        objs = list(objs)
        for record in objs:
            record.refuse_guarded_changes()
        return super().bulk_create(objs, *args, **kwargs)

    def withdrawn(self) -> "ContactRecordQuerySet":
        """Records whose numbers are gone for good unless two people bring them back."""
        return self.filter(withdrawn_at__isnull=False)

    def needs_check(self, on: date) -> "ContactRecordQuerySet":
        """Records that someone should check: never checked, past their date on the day given, or nearly.

        The longest overdue first, those never checked last: they show no number. Withdrawn records need nothing. The
        same days as ``ContactRecord.status_on``.
        """
        soon = on + timedelta(days=SOON_DAYS)
        waiting = Q(verified_on__isnull=True) | Q(check_again_by__lte=soon)
        return self.filter(waiting, withdrawn_at__isnull=True).order_by(
            models.F("check_again_by").asc(nulls_last=True), "name"
        )


class ContactOpeningQuerySet(VersionedQuerySet):
    """Weekly ranges."""


class WordsQuerySet(VersionedQuerySet):
    """Reads of words that are published and translated."""

    def live(self) -> "WordsQuerySet":
        """What is published."""
        return self.filter(live=True)

    def in_languages(self, language: str) -> "WordsQuerySet":
        """What is in a language or in the site's first, with its locale: ``best_in_language`` chooses."""
        return self.filter(locale__language_code__in=[settings.LANGUAGE_CODE, language]).select_related("locale")


def best_in_language(rows: Iterable, language: str) -> dict[UUID, models.Model]:
    """One row for each translation key, in the order given: the one in the language, if there is one."""
    best: dict[UUID, models.Model] = {}
    for row in rows:
        if row.locale.language_code == language or row.translation_key not in best:
            best[row.translation_key] = row
    return best


class HelplineQuerySet(WordsQuerySet):
    """Reads of helplines."""

    def with_contact(self) -> "HelplineQuerySet":
        """With the contact record, in one query."""
        return self.select_related("contact")


class AreaQuerySet(WordsQuerySet):
    """Reads of areas."""

    def with_contacts(self) -> "AreaQuerySet":
        """With the records of its numbers, and whom each of them names next, in one query."""
        names = ("day_contact", "out_of_hours_contact", "lado_contact")
        return self.select_related(*names, *(f"{name}__next_contact" for name in names))

    def in_languages(self, language: str) -> "AreaQuerySet":
        """With what they are part of, too."""
        return super().in_languages(language).select_related("parent")

    def around(self, slug: str) -> "AreaQuerySet":
        """The areas of a slug in any language, what they are part of, and what is part of them."""
        named = self.model.objects.filter(slug=slug)
        keys, above = named.values("translation_key"), named.values("parent__translation_key")
        return self.filter(
            Q(translation_key__in=keys) | Q(translation_key__in=above) | Q(parent__translation_key__in=keys)
        )


class ContactChangeQuerySet(models.QuerySet):
    """Reads of proposals."""

    def awaiting(self) -> "ContactChangeQuerySet":
        """Proposals that await a second person, oldest first."""
        return self.filter(state=ChangeState.PROPOSED).order_by("proposed_at", "pk")

    def decidable_by(self, user) -> "ContactChangeQuerySet":
        """Proposals awaiting a second person who could be this one: not their own."""
        return self.awaiting().exclude(proposed_by=user).exclude(proposed_by=None)
