"""The changes of a pack as a feed (RFC 4287), so that partners see a withdrawal."""

from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.packs.changes import changes_of
from resources.packs.contents import PackContents
from resources.packs.plain import plain


class _Feed(Atom1Feed):
    """Says when something last happened, also while nothing has; Django's own would say "now" each time."""

    def latest_post_date(self) -> datetime:
        return max([item["updateddate"] for item in self.items], default=self.feed["since"])


def changes_atom(contents: PackContents) -> bytes:
    """The feed of a pack: ids stay the same for ever, whatever the pack is called and wherever it stands.

    It names the public address alone: readers keep what they read, and a partner link is a secret.
    """
    pack, address = contents.pack, contents.access.public_address
    feed = _Feed(
        title=_("Changes to %(pack)s") % {"pack": plain(pack.title)},
        link=address,
        description=None,
        subtitle=plain(pack.lead),
        language=get_language(),
        author_name=settings.WAGTAIL_SITE_NAME,
        feed_url=f"{address}changes.atom",
        feed_guid=f"urn:uuid:{pack.translation_key}",
        since=datetime.combine(pack.published_on, time(), tzinfo=UTC),
    )
    for change in changes_of(contents):
        feed.add_item(
            title=plain(f"{change.title}: {change.what}"),
            link=change.address,
            description=escape(plain(change.words)),
            unique_id=_tag(change.on, f"{pack.translation_key}-{change.key}"),
            pubdate=change.at,
            updateddate=change.at,
            categories=["withdrawn"] if change.is_withdrawal else None,
        )
    return feed.writeString("utf-8").encode()


def _tag(on: date, name: str) -> str:
    """An id as RFC 4151 makes them: who, on which day, what."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return f"tag:{host},{on:%Y-%m-%d}:{name}"
