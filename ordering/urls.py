"""Addresses of orders, below ``/order/``."""

from django.urls import path, re_path

from ordering.views import alerts, basket, checking, details, reporting, tracking

# What tokens are made of: nothing else comes near the database.
_UNGUESSED = r"(?P<token>[A-Za-z0-9_-]{43})"
_SIGNED = r"(?P<token>[A-Za-z0-9_:-]{1,160})"

app_name = "ordering"
urlpatterns = [
    path("", basket.basket, name="basket"),
    path("add/", basket.add, name="add"),
    path("details/", details.details, name="details"),
    path("check/", checking.check, name="check"),
    re_path(r"^placed/(?P<reference>[A-Z0-9]{3}-[A-Z0-9]{3})/$", checking.placed, name="placed"),
    re_path(rf"^confirm/{_SIGNED}/$", tracking.confirm, name="confirm"),
    re_path(rf"^track/{_UNGUESSED}/$", tracking.track, name="track"),
    re_path(rf"^return/{_SIGNED}/$", reporting.report, name="return"),
    re_path(r"^tell-me/(?P<code>[A-Z0-9-]{1,20})/$", alerts.tell_me, name="tell_me"),
]
