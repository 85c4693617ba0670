"""Forms for copying pages: what may not be made anew may not be copied either."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class OnlyOneCopyForm(CopyForm):
    """Refuses every copy of a page of which there is one: a copy would stand beside it for the same readers."""

    def clean(self) -> dict:
        """Say what to do instead."""
        cleaned = super().clean()
        message = _("There is only one such page in each language. Edit it, or translate it, instead of copying it.")
        self.add_error("new_parent_page", ValidationError(message, code="only_one"))
        return cleaned


class AdviceCopyForm(CopyForm):
    """Refuses a copy that would put advice more than one level below other advice."""

    def clean(self) -> dict:
        """Say what to do instead."""
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page")
        is_nested = parent is not None and issubclass(parent.specific_class, self.page.specific_class)
        if is_nested and cleaned.get("copy_subpages") and not self.page.is_leaf():
            message = _(
                "Advice stands at most one level below other advice. Leave the pages below out of the copy, or choose "
                "an audience page."
            )
            self.add_error("new_parent_page", ValidationError(message, code="too_deep"))
        return cleaned
