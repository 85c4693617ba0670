"""Addresses of this app that aren't pages of Wagtail's."""

from django.urls import path

from resources.views import place, uses

app_name = "resources"
urlpatterns = [
    path("resources/make/<slug:slug>/", place.make, name="make"),
    path("resources/used/", uses.used, name="used"),
]
