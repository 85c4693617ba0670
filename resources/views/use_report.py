"""The report “Library use” in the editors' admin, on the screen and as a spreadsheet."""

from datetime import timedelta
from functools import cached_property
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale
from wagtail.permissions import ModelPermissionPolicy

from core.enums import Audience
from measurement.models import DailyTotal
from resources.enums import ResourceKind
from resources.models import PackPage, ResourcePage
from resources.packs.sheets import cell
from resources.use_report import UseChoice, UseRow, sum_in_words, use_rows, use_sum

OF_LATE = timedelta(days=29)  # with today: 30 days
_COLUMNS = {
    "title": gettext_lazy("Resource"),
    "kind": gettext_lazy("Kind"),
    "audiences": gettext_lazy("For"),
    "downloads": gettext_lazy("Files downloaded"),
    "copies": gettext_lazy("Texts copied"),
    "posters": gettext_lazy("Posters made"),
    "packs": gettext_lazy("Packs downloaded"),
}


def _resources(request) -> Any:
    return ResourcePage.objects.filter(locale=Locale.get_default()).defer_streamfields().order_by("title")


def _packs(request) -> Any:
    return PackPage.objects.filter(locale=Locale.get_default()).defer_streamfields().order_by("title")


class UseFilterSet(WagtailFilterSet):
    """A period, and what of the library. The view reads them: they filter no query of their own."""

    first = django_filters.DateFilter(label=gettext_lazy("From"), method="keep", widget=AdminDateInput)
    last = django_filters.DateFilter(label=gettext_lazy("To"), method="keep", widget=AdminDateInput)
    resource = django_filters.ModelChoiceFilter(label=gettext_lazy("Resource"), queryset=_resources, method="keep")
    pack = django_filters.ModelChoiceFilter(label=gettext_lazy("Pack"), queryset=_packs, method="keep")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=ResourceKind.choices, method="keep")
    audience = django_filters.ChoiceFilter(label=gettext_lazy("For"), choices=Audience.choices, method="keep")

    class Meta:
        model = ResourcePage
        fields = []

    def keep(self, queryset, name: str, value):
        """Filter nothing."""
        return queryset


class LibraryUseView(ReportView):
    """Downloads, copied texts, posters and packs, by resource."""

    page_title = gettext_lazy("Library use")
    header_icon = "download"
    permission_policy = ModelPermissionPolicy(DailyTotal)
    permission_required = "view"
    filterset_class = UseFilterSet
    index_url_name = "library_use"
    index_results_url_name = "library_use_results"
    results_template_name = "resources/admin/use_report_results.html"
    columns = [Column(name, label=label) for name, label in _COLUMNS.items()]
    list_export = list(_COLUMNS)
    export_headings = _COLUMNS

    @cached_property
    def choice(self) -> UseChoice:
        """What was asked for; the last 30 days unless a period was. What makes no sense is left out, and said."""
        self.filters.is_valid()
        asked = self.filters.form.cleaned_data
        last = asked.get("last") or timezone.localdate()
        first = asked.get("first") or min(last, timezone.localdate()) - OF_LATE
        resource, pack = asked.get("resource"), asked.get("pack")
        return UseChoice(
            *sorted((first, last)),
            resource_key=resource.translation_key if resource else None,
            pack_key=pack.translation_key if pack else None,
            kind=asked.get("kind") or "",
            audience=asked.get("audience") or "",
        )

    def get_queryset(self) -> list[UseRow]:
        """The rows; in a spreadsheet with their sum."""
        rows = use_rows(self.choice)
        self.sum = use_sum(rows)
        return [*rows, self.sum] if self.is_export else rows

    def get_filtered_queryset(self) -> list[UseRow]:
        """The rows, which are what was asked for already."""
        return self.get_queryset()

    def get_page_subtitle(self) -> str:
        """The period."""
        return self.period

    @property
    def period(self) -> str:
        """The period in words."""
        days = {"first": date_format(self.choice.first, "j F Y"), "last": date_format(self.choice.last, "j F Y")}
        return _("%(first)s to %(last)s") % days

    def get_filename(self) -> str:
        """The file's name, with its period."""
        return f"library-use-{self.choice.first}-to-{self.choice.last}"

    def to_row_dict(self, item: UseRow) -> dict[str, str | int]:
        """A row for a spreadsheet: no title is a formula."""
        row = super().to_row_dict(item)
        return {name: cell(value) if isinstance(value, str) else value for name, value in row.items()}

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the period, the sum in words, and what couldn't be read of what was asked."""
        form = self.filters.form
        return {
            **super().get_context_data(**kwargs),
            "period": self.period,
            "sum_in_words": sum_in_words(self.sum),
            "unread": [(form[name].label, errors) for name, errors in form.errors.items() if name in form.fields],
        }
