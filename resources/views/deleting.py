"""What stands beside Wagtail's own “Delete” and “Unpublish”: withdrawing says more, and artwork may need the page."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets import Button
from wagtail.models import Page

from resources.models import CobrandTemplate, ResourcePage, Withdrawal
from users.models import User


def withdrawing_buttons(page: Page, user: User, *, priority: int) -> Iterable[Button]:
    """“Withdraw” for a published resource, “Bring it back” for one that is withdrawn; for whoever may publish it.

    A row of the explorer knows whether it is withdrawn; any other page costs a query.
    """
    if page.specific_class is not ResourcePage or not page.permissions_for_user(user).can_publish():
        return
    if _is_withdrawn(page):
        url = reverse("resource_restore", args=[page.pk])
        yield Button(_("Bring it back…"), url, icon_name="undo", priority=priority)
    elif page.live:
        url = reverse("resource_withdraw", args=[page.pk])
        yield Button(_("Withdraw this resource…"), url, icon_name="warning", priority=priority)


def may_withdraw_instead(page: Page, user: User) -> bool:
    """Whether somebody who is about to take a page away may withdraw it instead."""
    is_out = page.specific_class is ResourcePage and page.live and not _is_withdrawn(page)
    return is_out and page.permissions_for_user(user).can_publish()


def deleting_refused(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """Back to the list, with the reason, if the code of artwork opens one of the pages or a page below one.

    The database would refuse it too, in the middle. None if nothing stands in the way.
    """
    artwork = list(CobrandTemplate.objects.opening(pages).select_related("target"))
    if not artwork:
        return None
    finder = AdminURLFinder(request.user)
    for each in artwork:
        words = _(
            "“%(page)s” can't be deleted: the code on the artwork “%(artwork)s” opens it. Give that another page."
        )
        url = finder.get_edit_url(each)
        buttons = [messages.button(url, _("Edit the artwork"))] if url else None
        messages.error(request, words % {"page": each.target, "artwork": each}, buttons=buttons)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _is_withdrawn(page: Page) -> bool:
    if hasattr(page, "is_withdrawn"):
        return page.is_withdrawn
    return Withdrawal.objects.filter(resource_key=page.translation_key, lifted_at=None).exists()
