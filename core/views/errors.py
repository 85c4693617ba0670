"""Answers when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a refused form in plain words."""
    return render(request, "403.html", status=403)
