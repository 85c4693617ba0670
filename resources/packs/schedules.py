"""What to post when: a pack's posts on the days of its campaign, with today's numbers in their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import PurePath

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from resources.copy_sheets import CopySheet, copy_fields
from resources.enums import Platform
from signposting.snapshots import SnapshotNow


@dataclass(frozen=True, kw_only=True)
class Post(CopySheet):
    """A post: ``day`` counts from 1, ``on`` is its date if the campaign's first day is known."""

    day: int
    on: date | None
    time: time
    platforms: tuple[str, ...]
    number: int

    @property
    def image_name(self) -> str:
        """The name under which its picture is saved."""
        return f"post-{self.number}{PurePath(self.image.file.name).suffix}" if self.image else ""

    @property
    def at(self) -> datetime | None:
        """The moment to post, in Europe/London."""
        return datetime.combine(self.on, self.time, tzinfo=timezone.get_default_timezone()) if self.on else None

    @property
    def time_in_words(self) -> str:
        """The time as it is said: 8.30am."""
        return time_in_words(self.time)

    @property
    def platforms_in_words(self) -> str:
        """Where it goes: Instagram, X."""
        return ", ".join(self.platforms)


@dataclass(frozen=True)
class PostDay:
    """The posts of one day."""

    number: int
    on: date | None
    posts: tuple[Post, ...]

    @property
    def weekday(self) -> str:
        """The weekday, short; without a date the word "Day"."""
        return date_format(self.on, "D") if self.on else _("Day")

    @property
    def day_of_month(self) -> int:
        """What stands large on the mark: the day of the month, or of the campaign."""
        return self.on.day if self.on else self.number

    @property
    def in_words(self) -> str:
        """The day in full: Monday 15 March; Day 1."""
        return day_in_words(self.number, self.on)


@dataclass(frozen=True)
class Schedule:
    """A pack's posts in the order of their days and times."""

    posts: tuple[Post, ...]

    @cached_property
    def days(self) -> list[PostDay]:
        """The days that have posts."""
        by_day = groupby(self.posts, key=lambda post: (post.day, post.on))
        return [PostDay(number, on, tuple(posts)) for (number, on), posts in by_day]

    @property
    def is_dated(self) -> bool:
        """Whether the posts have dates: there are some, and the first day is known."""
        return bool(self.posts) and self.posts[0].on is not None

    @property
    def dates_in_words(self) -> str:
        """From the first post's day to the last one's: 15 to 21 March; empty without dates."""
        return dates_in_words(self.posts[0].on, self.posts[-1].on) if self.is_dated else ""


def schedule_of(posts: Iterable, first_day: date | None, shown: SnapshotNow) -> Schedule:
    """The schedule of a pack's post blocks, counted from ``first_day``, with the numbers that ``shown`` holds."""
    ordered = sorted(posts, key=lambda block: (block.value["day"], block.value["time"]))
    return Schedule(
        tuple(
            Post(
                **copy_fields(block.value, str(block.id or number), shown, are_posts=True),
                day=block.value["day"],
                on=first_day + timedelta(days=block.value["day"] - 1) if first_day else None,
                time=block.value["time"],
                platforms=tuple(str(Platform(value).label) for value in block.value["platforms"]),
                number=number,
            )
            for number, block in enumerate(ordered, start=1)
        )
    )


def time_in_words(moment: time) -> str:
    """A time of the day as it is said: 8.30am, 4pm."""
    hour, half = (moment.hour % 12 or 12), "am" if moment.hour < 12 else "pm"
    return f"{hour}.{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def day_in_words(number: int, on: date | None) -> str:
    """A day of the campaign: Monday 15 March; without a date Day 1."""
    return date_format(on, "l j F") if on else _("Day %(number)s") % {"number": number}


def dates_in_words(first: date, last: date) -> str:
    """From one day to another: 15 to 21 March; 28 February to 6 March; 15 March."""
    if first == last:
        return date_format(first, "j F")
    start = date_format(first, "j" if (first.year, first.month) == (last.year, last.month) else "j F")
    return _("%(first)s to %(last)s") % {"first": start, "last": date_format(last, "j F")}


def moment_in_words(moment: datetime) -> str:
    """A moment in Europe/London: 15 March 2027 at 7am."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return _("%(date)s at %(time)s") % {"date": date_format(local, "j F Y"), "time": time_in_words(local.time())}
