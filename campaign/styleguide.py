"""The page of all components, for developers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in its states."""
    return render(request, "styleguide.html")
