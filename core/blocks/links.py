"""Blocks that lead somewhere: a link, a call to action, cards."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from core.blocks.base import AddressBlock, ContentBlock
from core.blocks.choosers import DocumentReferenceBlock, PageReferenceBlock, is_public
from core.blocks.groups import LINKS
from core.enums import Audience, Illustration

DESTINATIONS = ("page", "document", "url")


class LinkValue(blocks.StructValue):
    """Where the link leads, worked out once for every template."""

    @property
    def href(self) -> str:
        """The address, with the anchor if there is one; empty if the link is empty or its page is not public."""
        page, document, anchor = self.get("page"), self.get("document"), self.get("anchor")
        if page:
            address = (is_public(page) and page.url) or ""
            return f"{address}#{anchor}" if address and anchor else address
        address = (document and document.url) or self.get("url") or ""
        return f"{address}#{anchor}" if anchor else address

    @property
    def is_set(self) -> bool:
        """Whether an editor chose anything."""
        return any(self.get(name) for name in (*DESTINATIONS, "anchor"))

    @property
    def is_external(self) -> bool:
        """True for an address on another site."""
        return bool(self.get("url")) and not self.get("page") and not self.get("document")

    @property
    def host(self) -> str:
        """The other site's host without ``www.``; empty for our own pages."""
        return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.") if self.is_external else ""


class LinkBlock(blocks.StructBlock):
    """A page, a document or an address: one of them."""

    page = PageReferenceBlock(required=False, label=_("Page"))
    document = DocumentReferenceBlock(required=False, label=_("Document"))
    url = AddressBlock(required=False, label=_("Address of another site"))
    anchor = blocks.RegexBlock(
        regex=r"^[\w-]*$",
        required=False,
        max_length=80,
        label=_("Heading on the page"),
        help_text=_("Only to lead to one heading: its words in small letters with hyphens, how-to-start."),
        error_messages={"invalid": _("Use small letters, digits and hyphens only, like how-to-start.")},
    )

    def clean(self, value):
        """Accept one destination, or an anchor alone; none only where the link is optional."""
        cleaned = super().clean(value)
        chosen = [name for name in DESTINATIONS if cleaned.get(name)]
        if len(chosen) > 1:
            message = _("Choose one: a page, a document or an address. Clear the others.")
            raise StructBlockValidationError({name: ValidationError(message) for name in chosen[1:]})
        if self.required and not cleaned.is_set and not self.is_deferred_validation:
            raise StructBlockValidationError({"page": ValidationError(_("Choose where this leads."))})
        return cleaned

    @property
    def required(self) -> bool:
        """Whether an editor must choose a destination. Wagtail's structs have no such notion."""
        return self.meta.required

    class Meta:
        icon = "link"
        label = _("Link")
        required = True
        value_class = LinkValue


class CallToActionBlock(ContentBlock):
    """One button with an optional sentence before it."""

    text = blocks.CharBlock(required=False, max_length=160, label=_("Sentence before the button"))
    label = blocks.CharBlock(
        max_length=40, label=_("Button label"), help_text=_("Say what happens: “Show who can help”.")
    )
    link = LinkBlock(label=_("Link"))
    style = blocks.ChoiceBlock(
        choices=[("primary", _("Main button, one in a page")), ("secondary", _("Quieter button"))],
        default="primary",
        label=_("Style"),
    )

    class Meta:
        icon = "arrow-right-full"
        group = LINKS
        label = _("Call to action")
        description = _("One button that says what happens.")
        preview_value = {"text": "", "label": "Show who can help", "link": {"url": "https://www.ceop.police.uk/"}}
        template = "core/blocks/call_to_action.html"


class CardBlock(blocks.StructBlock):
    """One tile: a title, a line, a drawing."""

    title = blocks.CharBlock(max_length=50, label=_("Title"))
    line = blocks.CharBlock(max_length=60, label=_("One line"))
    link = LinkBlock(label=_("Link"))
    audience = blocks.ChoiceBlock(choices=Audience.choices, label=_("Colour of"), default=Audience.YOUNG)
    illustration = blocks.ChoiceBlock(choices=Illustration.choices, label=_("Drawing"), default=Illustration.OWN_WAY)


class CardsBlock(ContentBlock):
    """One to six tiles in a row."""

    heading = blocks.CharBlock(required=False, max_length=80, label=_("Heading"))
    cards = blocks.ListBlock(CardBlock(), min_num=1, max_num=6, label=_("Cards"))

    class Meta:
        icon = "grip"
        group = LINKS
        label = _("Cards")
        description = _("Tiles with a drawing, each leading somewhere.")
        preview_value = {
            "heading": "Practise before you need it",
            "cards": [
                {
                    "title": "Comebacks",
                    "line": "Forty ways to say it your way",
                    "link": {"anchor": "comebacks"},
                    "audience": "young",
                    "illustration": "bubble-forward",
                }
            ],
        }
        template = "core/blocks/cards.html"
