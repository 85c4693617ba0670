"""What is in a pack, as it is said: 3 posters; 1 lesson plan."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import ngettext_lazy

from resources.enums import ResourceKind

_IN_NUMBERS = {
    ResourceKind.POSTER: ngettext_lazy("%(count)d poster", "%(count)d posters", "count"),
    ResourceKind.LEAFLET: ngettext_lazy("%(count)d leaflet", "%(count)d leaflets", "count"),
    ResourceKind.INFOGRAPHIC: ngettext_lazy("%(count)d infographic", "%(count)d infographics", "count"),
    ResourceKind.VIDEO: ngettext_lazy("%(count)d video", "%(count)d videos", "count"),
    ResourceKind.LESSON_PLAN: ngettext_lazy("%(count)d lesson plan", "%(count)d lesson plans", "count"),
    ResourceKind.PRESENTATION: ngettext_lazy("%(count)d presentation", "%(count)d presentations", "count"),
    ResourceKind.ACTIVITY: ngettext_lazy("%(count)d activity", "%(count)d activities", "count"),
    ResourceKind.BRIEFING: ngettext_lazy("%(count)d briefing sheet", "%(count)d briefing sheets", "count"),
    ResourceKind.FORM: ngettext_lazy("%(count)d form", "%(count)d forms", "count"),
    ResourceKind.SOCIAL_POST: ngettext_lazy("%(count)d set of social posts", "%(count)d sets of social posts", "count"),
    ResourceKind.WEB_BANNER: ngettext_lazy("%(count)d web banner", "%(count)d web banners", "count"),
    ResourceKind.SCREENSAVER: ngettext_lazy("%(count)d screensaver", "%(count)d screensavers", "count"),
    ResourceKind.EMAIL_SIGNATURE: ngettext_lazy("%(count)d e-mail signature", "%(count)d e-mail signatures", "count"),
    ResourceKind.NEWSLETTER_COPY: ngettext_lazy("%(count)d newsletter text", "%(count)d newsletter texts", "count"),
    ResourceKind.PRESS_COPY: ngettext_lazy("%(count)d press text", "%(count)d press texts", "count"),
    ResourceKind.EMAIL_TEMPLATE: ngettext_lazy("%(count)d e-mail template", "%(count)d e-mail templates", "count"),
    ResourceKind.LETTER: ngettext_lazy("%(count)d letter", "%(count)d letters", "count"),
    ResourceKind.APP: ngettext_lazy("%(count)d app", "%(count)d apps", "count"),
    ResourceKind.MERCHANDISE: ngettext_lazy("%(count)d item to give away", "%(count)d items to give away", "count"),
}


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    """How many there are of each kind, in the order in which they first come."""
    return [str(_IN_NUMBERS[ResourceKind(kind)] % {"count": count}) for kind, count in Counter(kinds).items()]
