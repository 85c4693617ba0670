"""Numbers that a pack's words say or said: a copy that was made before a change says the old one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from resources.packs.contents import PackContents
from signposting.enums import ChangeState
from signposting.models import ContactChange, ContactRecord, Helpline


@dataclass(frozen=True)
class NumberChange:
    """A number that was changed or withdrawn. ``key`` names it for ever."""

    key: str
    at: datetime
    name: str
    is_withdrawn: bool


def contacts_named(contents: PackContents) -> set[int]:
    """The contact records of the helplines that the pack's words name."""
    helplines = Helpline.objects.filter(slug__in=contents.named, contact__isnull=False)
    return set(helplines.order_by().values_list("contact", flat=True))


def number_changes(contents: PackContents, since: datetime | None = None) -> list[NumberChange]:
    """What happened to the numbers that the pack's words name or ever named, from a moment on if one is given."""
    ever = contents.state.contacts if contents.state else []
    helplines = Helpline.objects.filter(slug__in=contents.named) | Helpline.objects.filter(contact__in=ever)
    names = dict(helplines.order_by("-pk").values_list("contact", "name"))
    records = ContactRecord.objects.filter(pk__in={*ever, *filter(None, names)})
    withdrawn = {pk: (name, at) for pk, name, at in records.values_list("pk", "name", "withdrawn_at")}
    applied = ContactChange.objects.filter(contact__in=withdrawn, state=ChangeState.APPLIED)
    rows = applied.order_by("decided_at", "pk").values_list("pk", "contact", "decided_at")
    changes = [
        NumberChange(f"number-{pk}", at, names.get(contact, withdrawn[contact][0]), is_withdrawn=False)
        for pk, contact, at in _later_numbers(rows)
    ] + [
        NumberChange(f"number-withdrawn-{pk}-{at:%Y%m%d%H%M%S}", at, names.get(pk, name), is_withdrawn=True)
        for pk, (name, at) in withdrawn.items()
        if at
    ]
    return [change for change in changes if since is None or change.at >= since]


def _later_numbers(applied: Iterable[tuple[int, int, datetime]]) -> Iterator[tuple[int, int, datetime]]:
    """Without each record's first number, before which there was none that a copy could say."""
    seen = set()
    for change in applied:
        if change[1] in seen:
            yield change
        seen.add(change[1])
