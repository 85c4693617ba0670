"""Addresses of this app."""

app_name = "signposting"
urlpatterns = []
