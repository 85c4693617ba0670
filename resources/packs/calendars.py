"""The posting schedule as a calendar (RFC 5545)."""

import uuid
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from resources.packs.contents import PackContents
from resources.packs.schedules import Post

_LENGTH = timedelta(minutes=15)


def dates_ics(contents: PackContents) -> bytes:
    """One event a post, at its time in Europe/London, without an alarm. The same pack gives the same file each time.

    A post keeps its UID through every version of the pack, and its number grows each time that the pack holds something
    else, so that a calendar that imports it again changes what it has. Posts without a date have no event.
    """
    pack = contents.pack
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//Waymark//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", pack.title)
    for post in contents.schedule.posts:
        if post.at:
            calendar.add_component(_event(contents, post))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(contents: PackContents, post: Post) -> Event:
    pack, state = contents.pack, contents.state
    event = Event()
    event.add("uid", f"{uuid.uuid5(pack.translation_key, post.key)}")
    event.add("dtstamp", state.at if state else datetime.combine(pack.published_on, time(), tzinfo=UTC))
    event.add("sequence", pack.version + (state.number if state else 0))
    event.add("dtstart", post.at)
    event.add("dtend", post.at + _LENGTH)
    event.add("summary", f"{post.platforms_in_words}: {_short(post.text)}")
    event.add("description", "\n\n".join(filter(None, [post.text, post.alt_text])))
    event.add("url", contents.access.public_address)
    event.add("transp", "TRANSPARENT")
    return event


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
