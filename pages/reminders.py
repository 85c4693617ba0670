"""What waits for one editor: reviews, proposals, what is past its date or was not sent; few queries for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from django.apps import apps
from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState
from wagtail.permissions import page_permission_policy

from core.models import BasePage, OutboxMessage
from ordering.enums import OrderState
from ordering.models import Order
from signposting.coverage import uncovered
from signposting.models import ContactChange, ContactRecord
from signposting.routing import routes_live, situations_live
from users.models import User

# A longer list helps nobody; the number over it is the whole number.
SHOWN = 8


@dataclass(frozen=True)
class Reminder:
    """One thing to do: what it is, where to do it, since when or why."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class ReminderList:
    """Things of one kind: the first few, and how many there are."""

    heading: str
    icon: str
    items: tuple[Reminder, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.items)


def reminders_for(user: User, today: date) -> list[ReminderList]:
    """Return what waits for ``user``, most pressing first; lists with nothing in them are left out."""
    lists = [
        _list(_("Waiting for your review"), "tasks", _reviews(user)),
        _list(_("Numbers that need a second person"), "group", _proposals(user)),
        _list(_("Contact records to check"), "mobile-alt", _records(user, today)),
        _list(_("Situations that nobody answers"), "warning", _uncovered(user)),
        _list(_("E-mails that could not be sent"), "mail", _mails(user)),
        *_orders(user, today),
        _list(_("Pages to check again"), "calendar-check", _pages(user, today)),
    ]
    return [found for found in lists if found.count]


def _list(heading: str, icon: str, found: Iterable[Reminder]) -> ReminderList:
    items = tuple(found)
    return ReminderList(heading=heading, icon=icon, items=items[:SHOWN], count=len(items))


def _reviews(user: User) -> list[Reminder]:
    states = TaskState.objects.reviewable_by(user).select_related("revision", "workflow_state__requested_by")
    return [
        Reminder(
            title=state.revision.object_str,
            url=_edit_url(state.revision.content_type.model_class(), state.revision.object_id),
            note=_("%(person)s asked on %(day)s")
            % {"person": state.workflow_state.requested_by or _("Someone"), "day": _day(state.started_at)},
        )
        for state in states.prefetch_related("revision__content_type").order_by("started_at")
    ]


def _proposals(user: User) -> list[Reminder]:
    if not user.has_perm("signposting.change_contactchange"):
        return []
    return [
        Reminder(
            title=str(change.contact),
            url=reverse("contactchange:edit", args=[change.pk]),
            note=_("%(person)s proposed a number on %(day)s")
            % {"person": change.proposed_by or _("Someone"), "day": _day(change.proposed_at)},
        )
        for change in ContactChange.objects.decidable_by(user).select_related("contact", "proposed_by")
    ]


def _records(user: User, today: date) -> list[Reminder]:
    if not user.has_perm("signposting.change_contactrecord"):
        return []
    return [
        Reminder(
            title=record.name,
            url=reverse("contactrecord:edit", args=[record.pk]),
            note=_check_note(record.check_again_by, today),
        )
        for record in ContactRecord.objects.needs_check(today)
    ]


def _check_note(check_again_by: date | None, today: date) -> str:
    if check_again_by is None:
        return _("Never checked: visitors see its website only")
    if check_again_by < today:
        return _("Was to be checked by %(day)s") % {"day": date_format(check_again_by)}
    return _("Check by %(day)s") % {"day": date_format(check_again_by)}


def _uncovered(user: User) -> list[Reminder]:
    if not user.has_perm("signposting.change_reportroute"):
        return []
    return [
        Reminder(
            title=cell.in_words, url=reverse("help_coverage:index"), note=_("On the help page, and no route names it")
        )
        for cell in uncovered(routes_live(), situations_live())
    ]


def _mails(user: User) -> list[Reminder]:
    if not user.has_perm("core.change_outboxmessage"):
        return []
    rows = OutboxMessage.objects.given_up().order_by("-finished_at", "-pk")
    return [
        Reminder(
            title=_("E-mail %(number)d") % {"number": pk},
            url=reverse("outbox:inspect", args=[pk]),
            note=_("Given up on %(day)s: %(error)s") % {"day": _day(finished_at), "error": error},
        )
        for pk, finished_at, error in rows.values_list("pk", "finished_at", "last_error")
    ]


def _orders(user: User, today: date) -> list[ReminderList]:
    if not user.has_perm("ordering.change_order"):
        return []
    waiting = Order.objects.filter(state=OrderState.REVIEW)
    overdue = Order.objects.overdue(today)
    return [
        ReminderList(
            heading=_("Orders that wait for approval"),
            icon="tasks",
            items=tuple(
                _order(order, _("Placed on %(day)s") % {"day": _day(order.placed_at)})
                for order in waiting.order_by("placed_at", "pk")[:SHOWN]
            ),
            count=waiting.count(),
        ),
        ReminderList(
            heading=_("Orders that are overdue"),
            icon="time",
            items=tuple(
                _order(order, _("Needed by %(day)s") % {"day": date_format(order.needed_by)})
                for order in overdue.order_by("needed_by", "pk")[:SHOWN]
            ),
            count=overdue.count(),
        ),
    ]


def _order(order: Order, note: str) -> Reminder:
    return Reminder(title=order.reference, url=reverse("orders:detail", args=[order.pk]), note=note)


def _pages(user: User, today: date) -> list[Reminder]:
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    rows = [_overdue(model, editable, today) for model in apps.get_models() if issubclass(model, BasePage)]
    overdue = reduce(lambda left, right: left.union(right), rows)
    return [
        Reminder(
            title=title,
            url=_edit_url(Page, pk),
            note=_("Was to be checked by %(day)s") % {"day": date_format(review_by)},
        )
        for pk, title, review_by in sorted(overdue, key=lambda row: (row[2], row[1]))
    ]


def _overdue(model: type[BasePage], editable: QuerySet, today: date) -> QuerySet:
    live = model.objects.live().filter(review_by__lte=today, alias_of=None, pk__in=editable.order_by().values("pk"))
    return live.order_by().values_list("pk", "title", "review_by")


def _edit_url(model: type[Model], pk) -> str:
    """Return where ``model`` with this key is edited; empty for a model that has no editor of its own."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    viewset = getattr(model, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[quote(pk)]) if viewset else ""


def _day(moment: datetime) -> str:
    return date_format(localtime(moment).date())
