"""Proposals of numbers: no number is in use before a second person agrees."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.numbers import validate_number, validate_text_number
from signposting.enums import ChangeState
from signposting.querysets import ContactChangeQuerySet


class ContactChange(models.Model):
    """What one person proposes a record's numbers to be, where they saw them, and what a second person decided.

    Written by ``signposting.services`` only. The three numbers are the whole of what the record will hold: an empty one
    takes the record's away.
    """

    contact = models.ForeignKey(
        "signposting.ContactRecord",
        verbose_name=_("contact record"),
        on_delete=models.CASCADE,
        related_name="changes",
    )
    phone = models.CharField(_("phone number"), max_length=20, blank=True, validators=[validate_number])
    text_number = models.CharField(_("text number"), max_length=20, blank=True, validators=[validate_text_number])
    text_keyword = models.CharField(_("word to text"), max_length=20, blank=True)
    checked_against = models.URLField(_("where you saw it"), max_length=500)
    reason = models.CharField(_("why"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("why it was refused"), max_length=200, blank=True)

    objects = ContactChangeQuerySet.as_manager()

    personal_data = ()
    personal_data_reason = "Numbers of services; who proposed and decided are accounts, anonymised as such."

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("proposed number")
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state=ChangeState.PROPOSED), name="signposting_change_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPLIED)
                | Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="signposting_change_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.PROPOSED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ChangeState.PROPOSED) & Q(decided_at__isnull=False)),
                name="signposting_change_decision_has_time",
            ),
            models.CheckConstraint(
                condition=Q(text_keyword="") | ~Q(text_number=""),
                name="signposting_change_keyword_needs_text_number",
                violation_error_message=_("A word to text needs the number to text it to."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.numbers_in_words}"

    @property
    def numbers_in_words(self) -> str:
        """What is proposed, for lists and logs."""
        return numbers_in_words(self.phone, self.text_number, self.text_keyword)

    @property
    def is_open(self) -> bool:
        """Whether it awaits a second person."""
        return self.state == ChangeState.PROPOSED


def numbers_in_words(phone: str, text_number: str, text_keyword: str) -> str:
    """Numbers in one line: "call 0800 1111; text SHOUT to 85258"; "no number" if there is none."""
    parts = []
    if phone:
        parts.append(_("call %(phone)s") % {"phone": phone})
    if text_number and text_keyword:
        parts.append(_("text %(word)s to %(number)s") % {"word": text_keyword, "number": text_number})
    elif text_number:
        parts.append(_("text %(number)s") % {"number": text_number})
    return "; ".join(str(part) for part in parts) or str(_("no number"))
