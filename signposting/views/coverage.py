"""What the safeguarding team sees of the help page as a whole: who is answered, and any answer at any time."""

from datetime import datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.permissions import ModelPermissionPolicy

from signposting.coverage import coverage, uncovered
from signposting.enums import Danger, Who
from signposting.models import ReportRoute
from signposting.places import area_named, areas_live
from signposting.routing import Answers, help_answer, routes_draft, routes_live, situations_live
from signposting.snapshots import snapshot_shown_at

# How far from today an answer can be tried.
FARTHEST = timedelta(days=3650)


class HelpReportView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """For whoever may see report routes."""

    permission_policy = ModelPermissionPolicy(ReportRoute)
    any_permission_required = ["add", "change", "view"]
    header_icon = "table"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict]:
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class CoverageView(HelpReportView, TemplateView):
    """Every audience and situation, and which routes answer it."""

    template_name = "signposting/admin/coverage.html"
    page_title = _("Who is answered")

    def get_context_data(self, **kwargs) -> dict:
        """Add the rows of the table, and how many cells nobody answers."""
        routes, situations = routes_live(), situations_live()
        return {
            **super().get_context_data(**kwargs),
            "people": [who.label for who in Who],
            "rows": list(zip(situations, coverage(routes, situations), strict=True)),
            "missing": len(uncovered(routes, situations)),
        }


class TryForm(forms.Form):
    """Any answers, at any time."""

    who = forms.ChoiceField(choices=Who.choices, label=_("Who are you?"))
    danger = forms.ChoiceField(choices=Danger.choices, label=_("Is anyone in danger right now?"), initial=Danger.NO)
    situation = forms.ChoiceField(required=False, label=_("What has happened?"))
    area = forms.ChoiceField(required=False, label=_("Where do you live?"))
    at = forms.DateTimeField(label=_("Day and time"), widget=AdminDateTimeInput, initial=timezone.localtime)
    drafts = forms.BooleanField(required=False, label=_("With drafts that are not published yet"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        situations = [(each.slug, each.label) for each in situations_live()]
        self.fields["situation"].choices = [("", _("Didn’t say")), *situations]
        areas = [(area.slug, area.name) for area in areas_live(translation.get_language())]
        self.fields["area"].choices = [("", _("Didn’t say")), *areas]

    def clean_at(self) -> datetime:
        """A day whose bank holidays can be known."""
        at = self.cleaned_data["at"]
        if abs(at - timezone.now()) > FARTHEST:
            raise forms.ValidationError(_("Choose a day within ten years of today."), code="too_far")
        return at


class TryView(HelpReportView, FormView):
    """The answer that any reader would get, at any day and time. Nothing is counted."""

    template_name = "signposting/admin/try.html"
    page_title = _("Try the help page")
    form_class = TryForm

    def get_form_kwargs(self) -> dict:
        """What was asked for stands in the address: it says nothing of any visitor."""
        return {**super().get_form_kwargs(), "data": self.request.GET if "who" in self.request.GET else None}

    def get_context_data(self, **kwargs) -> dict:
        """Add where the answer is shown, once the form is valid."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        shows = form.is_bound and form.is_valid()
        return {**context, "media": form.media, "query": self.request.GET.urlencode() if shows else ""}


@method_decorator(xframe_options_sameorigin, name="dispatch")
class TryAnswerView(PermissionCheckedMixin, FormView):
    """The public page that shows the answer, for the frame in ``TryView``."""

    permission_policy = ModelPermissionPolicy(ReportRoute)
    any_permission_required = ["add", "change", "view"]
    form_class = TryForm
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the answer, or nothing for a form that isn't valid."""
        form = TryForm(request.GET)
        if not form.is_valid():
            return HttpResponse(status=400)
        said = form.cleaned_data
        routes = routes_draft() if said["drafts"] else routes_live()
        return render(request, "signposting/answer.html", try_answer(request, routes, said, said["at"]))


def try_answer(request: HttpRequest, routes: list, said: dict, at: datetime) -> dict:
    """The context of ``signposting/answer.html`` with these answers at an aware moment."""
    area = area_named(said["area"], translation.get_language()) if said.get("area") else None
    answers = Answers(
        who=Who(said["who"]), danger=Danger(said["danger"]), situation=said.get("situation", ""), area=area
    )
    return {"answer": help_answer(routes, answers, snapshot_shown_at(request, at))}
