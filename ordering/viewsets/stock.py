"""Stock in the editors' admin: its list, its items, and what came and went."""

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ordering.enums import StockState
from ordering.forecasts import forecast_since, item_out_on
from ordering.models import StockItem
from ordering.views.audited import AuditedCreateView, AuditedEditView
from ordering.views.stock import CorrectView, ReceiveView
from signposting.models import Area

# In the words of ``StockState``, which people read.
_LOW_HELP = format_lazy(_("With this many units free or fewer, people read “{state}”."), state=StockState.LOW.label)


def _state(item: StockItem) -> str:
    """What people without a share of their own read of the item."""
    return StockState(item.state_of(item.free, timezone.localdate())).label


def _out_on(item: StockItem) -> str:
    """The forecast; "–" where nothing goes."""
    day = item_out_on(item)
    return date_format(day) if day else "–"


class StockIndexView(generic.IndexView):
    """All items by their codes."""

    page_title = _("Stock")

    def get_base_queryset(self) -> QuerySet:
        """With their resources, in one query."""
        return super().get_base_queryset().select_related("resource").with_promised_since(forecast_since())


class _Audited:
    """What of an item stands in the audit log: how many somebody may have without being asked why."""

    audited = ("order_limit", "campaign_limit", "is_active")
    audit_name = "stock_item"


class StockCreateView(_Audited, AuditedCreateView):
    """Add one."""


class StockEditView(_Audited, AuditedEditView):
    """Change one."""


class ShareForm(WagtailAdminModelForm):
    """A share for a place as orders carry it: its row in the site's first language, whatever the reader's is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


class SharesPanel(InlinePanel):
    """Shares, each with its form."""

    def get_form_options(self) -> dict:
        """With the form of a share."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ShareForm
        return options


class StockItemViewSet(ModelViewSet):
    """What can be ordered printed. A form can't change how many there are: “Receive” and “Correct” do."""

    model = StockItem
    name = "stock"
    icon = "clipboard-list"
    menu_label = _("Stock")
    menu_name = "stock"
    index_view_class = StockIndexView
    add_view_class = StockCreateView
    edit_view_class = StockEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = True
    list_display = [
        "code",
        Column("name", label=_("What it is")),
        Column("unit", label=_("Unit")),
        Column("on_hand", label=_("On hand"), sort_key="on_hand"),
        Column("allocated", label=_("Promised"), sort_key="allocated"),
        Column("free", label=_("Free")),
        Column(_out_on, label=_("At this week’s rate, out on")),
        StatusTagColumn("state", label=_("People read"), accessor=_state, primary=lambda item: item.free > 0),
    ]
    list_filter = ["is_active"]
    search_fields = ["code", "variant", "resource__title"]
    search_backend_name = None
    ordering = ["code"]
    panels = [
        HelpPanel(template="ordering/admin/stock_panel.html", heading=_("How many there are")),
        PageChooserPanel("resource", "resources.ResourcePage"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("variant"), FieldPanel("unit")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("order_limit"), FieldPanel("campaign_limit")]),
                FieldPanel("is_active"),
            ],
            heading=_("Who may have how many"),
        ),
        MultiFieldPanel(
            [FieldPanel("low_level", heading=_("Low stock at"), help_text=_LOW_HELP), FieldPanel("back_on")],
            heading=_("What people read"),
        ),
        FieldRowPanel([FieldPanel("lead_days"), FieldPanel("weight_grams")], heading=_("Sending")),
        SharesPanel(
            "reservations",
            [
                FieldRowPanel([FieldPanel("quantity"), FieldPanel("until")]),
                FieldRowPanel([FieldPanel("area", widget=forms.Select), FieldPanel("organisation_kind")]),
            ],
            heading=_("Shares kept back"),
            label=_("Share"),
            help_text=_(
                "Units that only one place, or one kind of organisation, may order until a day. After it everyone may."
            ),
        ),
    ]

    def get_common_view_kwargs(self, **kwargs) -> dict:
        """No deleting: the ledger keeps what was sent. An item that isn't ordered any more is switched off."""
        return super().get_common_view_kwargs(**{**kwargs, "delete_url_name": None})

    def get_urlpatterns(self) -> list:
        """What the form leaves out."""
        names = {"index_url_name": self.get_url_name("index"), "edit_url_name": self.get_url_name("edit")}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"),
            path("receive/<int:pk>/", ReceiveView.as_view(**names), name="receive"),
            path("correct/<int:pk>/", CorrectView.as_view(**names), name="correct"),
        ]


stock_viewset = StockItemViewSet()
