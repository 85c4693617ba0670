"""What staff see of e-mails: every kind, and its words with invented values in any language."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import ModelPermissionPolicy

from core.mails import MailKind, MailWords, mail_kinds, mail_subject, mail_words
from core.models import OutboxMessage


class MailsMixin(PermissionCheckedMixin):
    """For whoever may see the outbox."""

    permission_policy = ModelPermissionPolicy(OutboxMessage)
    permission_required = "view"


class MailMixin(MailsMixin):
    """One kind of e-mail in one language, both named by the address."""

    @cached_property
    def kind(self) -> MailKind:
        """The kind."""
        name = f"{self.kwargs['app']}/{self.kwargs['mail']}"
        kind = next((kind for kind in mail_kinds() if kind.name == name), None)
        if kind is None:
            raise Http404
        return kind

    @cached_property
    def language(self) -> str:
        """The language; the site's first unless the address names another."""
        language = self.request.GET.get("language", settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        return language

    @cached_property
    def words(self) -> MailWords:
        """The words, with invented values."""
        with translation.override(self.language):
            sample = self.kind.sample()
        return mail_words(self.kind, sample, language=self.language)


class MailListView(MailsMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every kind of e-mail that the site writes."""

    template_name = "core/admin/mails.html"
    page_title = _("E-mails")
    header_icon = "mail"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict]:
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the kinds, and the subject of each."""
        rows = [
            {
                "kind": kind,
                "subject": mail_subject(kind, kind.sample()),
                "url": reverse("mails:mail", args=kind.name.split("/")),
            }
            for kind in mail_kinds()
        ]
        return {**super().get_context_data(**kwargs), "rows": rows}


class MailView(MailMixin, WagtailAdminTemplateMixin, TemplateView):
    """One kind of e-mail: its subject, its text, and its HTML in a frame."""

    template_name = "core/admin/mail.html"
    header_icon = "mail"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        """What staff call it."""
        return str(self.kind.label)

    def get_breadcrumbs_items(self) -> list[dict]:
        """The list, this kind."""
        above = {"url": reverse("mails:index"), "label": MailListView.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """Add the words and the languages to choose from."""
        info = translation.get_language_info(self.language)
        return {
            **super().get_context_data(**kwargs),
            "words": self.words,
            "language": self.language,
            "direction": "rtl" if info["bidi"] else "ltr",
            "languages": settings.LANGUAGES,
            "html_url": f"{reverse('mails:html', kwargs=self.kwargs)}?language={self.language}",
        }


# A mail has its styles in its elements. Nothing else: no script, no picture, no other origin.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'none'"],
    "media-src": ["'none'"],
    "font-src": ["'none'"],
    "connect-src": ["'none'"],
    "frame-src": ["'none'"],
    "form-action": ["'none'"],
    "sandbox": [""],
}


@method_decorator([csp_replace(MAIL_POLICY), xframe_options_sameorigin], name="dispatch")
class MailHTMLView(MailMixin, View):
    """The HTML of one kind of e-mail, for the frame in ``MailView``."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the HTML as a mail program would."""
        return HttpResponse(self.words.html)
