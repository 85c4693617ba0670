"""What every snippet of the safeguarding team has in common: drafts, review by a second person, and no number in it."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from core.numbers import numbers_written_in
from signposting.models.slugs import free_slug
from signposting.versions import version_bump


class ReviewedWords(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, models.Model
):
    """Words that the public reads, in one language. They hold no number, so no draft or translation brings one back.

    A subclass names the fields that the public reads in ``words``, and in ``slug_from`` the field its slug is made of.
    """

    words: tuple[str, ...] = ()
    slug_from = "name"

    slug = models.SlugField(_("slug"), max_length=80)

    class Meta(TranslatableMixin.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="%(app_label)s_%(class)s_slug_in_locale")
        ]

    def save(self, *args, **kwargs) -> None:
        """Save, and raise the version in the same transaction: publishing and unpublishing come through here."""
        with transaction.atomic():
            if not self.slug:
                others = type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
                self.slug = free_slug(others, getattr(self, self.slug_from), length=80)
            super().save(*args, **kwargs)
            version_bump()

    def delete(self, *args, **kwargs):
        """Delete, and raise the version in the same transaction."""
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            version_bump()
            return deleted

    def clean(self) -> None:
        """Keep numbers out of the words. Raises ``ValidationError``."""
        super().clean()
        errors = {**self._numbers_in_words(), **self.own_errors()}
        if errors:
            raise ValidationError(errors)

    def own_errors(self) -> dict[str, ValidationError]:
        """What else is wrong with the words, by field."""
        return {}

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        """What ``signposting.previews`` says of the draft, since that needs what is above the models."""
        context = super().get_preview_context(request, mode_name)
        make = _preview_makers.get(type(self))
        return {**context, **(make(self, request, mode_name) if make else {})}

    @property
    def shown_in_words(self) -> Promise:
        """Whether visitors see it, without the queries of Wagtail's own status."""
        if not self.live:
            return _("draft")
        return _("live, with a newer draft") if self.has_unpublished_changes else _("live")

    def _numbers_in_words(self) -> dict[str, ValidationError]:
        """An error for each field that has a number in it."""
        message = _(
            "Take %(number)s out of the words: numbers stand in contact records alone, where a check or a withdrawal "
            "reaches them. Only 999, 101, 18000 and 55 may be typed."
        )
        errors = {}
        for name in self.words:
            for line in _lines_of(getattr(self, name)):
                found = numbers_written_in(line)
                if found:
                    errors.setdefault(name, ValidationError(message, code="number", params={"number": found[0]}))
        return errors


PreviewMaker = Callable[[ReviewedWords, HttpRequest, str], dict]
_preview_makers: dict[type[ReviewedWords], PreviewMaker] = {}


def previewed_by(make: PreviewMaker, model: type[ReviewedWords]) -> None:
    """Let ``make`` add to the context of a model's previews: of an instance, a request and a mode."""
    _preview_makers[model] = make


def _lines_of(value: object) -> list[str]:
    """What a field says, as lines of text."""
    if isinstance(value, StreamValue):
        return [strip_tags(str(text)) for block in value for text in block.block.get_searchable_content(block.value)]
    return [str(line or "") for line in value] if isinstance(value, list) else [str(value or "")]
