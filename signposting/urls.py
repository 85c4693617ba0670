"""Addresses of this app. The ones under ``/help/`` are neutral: words in an address stay on the device."""

from django.urls import path

from signposting.views import areas
from signposting.views import help as help_views

app_name = "signposting"
urlpatterns = [
    path("help/", help_views.get_help, name="help"),
    path("help/lines/", help_views.all_lines, name="lines"),
    path("help/areas/", areas.find_area, name="areas"),
    path("help/areas/<slug:slug>/", areas.one_area, name="area"),
    path("help/sheet/", help_views.sheet, name="sheet"),
]
