"""Addresses of this app."""

app_name = "core"
urlpatterns = []
