"""Services as the demo's files print them."""

from pages.demo.artwork.posters import HelpLine
from signposting.models import Helpline


def help_line(slug: str, wording: str) -> HelpLine | None:
    """A service as it may be printed: its number while that is checked, otherwise its website; none if unknown."""
    helpline = Helpline.objects.select_related("contact").filter(slug=slug, live=True).first()
    if helpline is None:
        return None
    contact = helpline.contact
    number = contact.call.display if contact.is_shown and contact.call else ""
    website = contact.website.split("://")[-1].removeprefix("www.").split("/")[0]
    shown = number or website
    return HelpLine(wording.format(name=helpline.name), shown, helpline.what_for) if shown else None
