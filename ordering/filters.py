"""How the list of orders is narrowed down: plain reads that an index answers."""

import django_filters
from django import forms
from django.conf import settings
from django.db.models import CharField, F, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from events.models import CampaignPage
from ordering.enums import OrderState, OrderWarning
from ordering.models import Order, StockItem
from ordering.querysets import OrderQuerySet
from partners.enums import OrganisationKind
from signposting.models import Area


def _choices() -> dict[str, list[tuple[int, str]]]:
    """Places and campaigns of the site's first language, which orders carry, and items, with their keys: one query."""
    in_first = {"locale__language_code": settings.LANGUAGE_CODE}

    def named(rows, of: str, name: str, more: str | None = None):
        text = F(more) if more else Value("", output_field=CharField())
        return rows.order_by().values_list(Value(of, output_field=CharField()), F("pk"), F(name), text)

    rows = named(Area.objects.filter(**in_first), "area", "name").union(
        named(CampaignPage.objects.filter(**in_first), "campaign", "title"),
        named(StockItem.objects.all(), "item", "code", "resource__title"),
        all=True,
    )
    found: dict[str, list[tuple[int, str]]] = {"area": [], "campaign": [], "item": []}
    for of, key, name, more in rows:
        found[of].append((key, f"{name} {more}".strip()))
    return {of: sorted(pairs, key=lambda pair: pair[1].casefold()) for of, pairs in found.items()}


def filters_unread(form: forms.Form) -> list[tuple[str, list[str]]]:
    """The labels of what couldn't be read of what was asked, each with why."""
    return [(form[name].label, errors) for name, errors in form.errors.items() if name in form.fields]


class OrderFilterSet(WagtailFilterSet):
    """State, place, kind of organisation, day needed, campaign, item, and what to look at twice."""

    # An order has one state: without "distinct", which would sort whole rows only to count them.
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=OrderState.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    warning = django_filters.MultipleChoiceFilter(
        label=_("Look twice"), choices=OrderWarning.choices, widget=forms.CheckboxSelectMultiple, method="with_warning"
    )
    area = django_filters.ChoiceFilter(label=_("Place"), empty_label=_("All"))
    organisation_kind = django_filters.ChoiceFilter(
        label=_("Kind of organisation"), choices=OrganisationKind.choices, empty_label=_("All")
    )
    needed_by = django_filters.DateFromToRangeFilter(label=_("Needed by"), widget=DateRangePickerWidget)
    campaign = django_filters.ChoiceFilter(label=_("Campaign"), empty_label=_("All"))
    item = django_filters.ChoiceFilter(label=_("Item"), field_name="lines__item", empty_label=_("All"))

    class Meta:
        model = Order
        fields = []

    @cached_property
    def form(self) -> forms.Form:
        """With the places, campaigns and items that there are."""
        form = super().form
        for name, choices in _choices().items():
            form.fields[name].choices = choices
        return form

    def with_warning(self, orders: OrderQuerySet, name: str, wanted: list[str]) -> OrderQuerySet:
        """Orders with one of these warnings."""
        return orders.with_warning([OrderWarning(each) for each in wanted], timezone.localdate()) if wanted else orders


# What a request calls them.
FILTER_NAMES = frozenset(OrderFilterSet.base_filters) - {"needed_by"} | {"needed_by_from", "needed_by_to"}
