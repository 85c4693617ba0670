"""Resources as rows of a list: one query with all that a row shows, however many there are.

The library, packs and other pages show the same rows (``components/resource_row.html``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import (
    Aggregate,
    CharField,
    OuterRef,
    Prefetch,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Length
from django.db.models.lookups import GreaterThan
from wagtail.images import get_image_model

from resources.enums import PaperSize
from resources.formats import format_name
from resources.models import ResourceFile, ResourcePage
from resources.models.library import THUMB_SPEC
from resources.querysets import ResourcePageQuerySet

_EMPTY_STREAM = len("[]")


class _Joined(Aggregate):
    """Texts in a row, each on a line of its own. Django has this for PostgreSQL alone."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, CHR(10))"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **_SQLITE, **extra)


_SQLITE = {"template": "%(function)s(%(expressions)s, CHAR(10))"}


@dataclass(frozen=True, slots=True)
class Thumb:
    """A preview at the size of a list."""

    url: str
    width: int
    height: int


def resource_rows(resources: ResourcePageQuerySet) -> list[ResourcePage]:
    """The resources with what their rows show, without stream fields: one query."""
    has_words = GreaterThan(Length(Cast("texts", TextField())), _EMPTY_STREAM)
    rows = resources.with_ways().annotate(has_words=has_words, row_files=_row_files(), row_thumb=_row_thumb())
    rows = list(rows.defer_streamfields())
    for row in rows:
        # In place of what the properties of these names would ask the database for.
        row.__dict__["thumb"] = _thumb(row.row_thumb)
        row.__dict__["file_kinds"] = _file_kinds(row.row_files)
    return rows


def previews_read(images: Iterable) -> None:
    """Bring the pictures made of each image, all in one query. What is missing stays missing: no visitor makes any."""
    found = [image for image in images if image]
    made = get_image_model().get_rendition_model().objects.all()
    prefetch_related_objects(found, Prefetch("renditions", queryset=made))


def _line(first: Combinable, second: Combinable | str, third: str) -> Concat:
    """Three values as one text, cut at bars again: no name of a stored file holds one."""
    return Concat(first, Value("|"), second, Value("|"), third, output_field=TextField())


def _row_files() -> Subquery:
    """The files of a resource: order, paper size and name of each."""
    line = _line(Cast("sort_order", CharField()), "paper_size", "document__file")
    files = ResourceFile.objects.filter(page=OuterRef("pk")).order_by().values("page")
    return Subquery(files.annotate(lines=_Joined(line)).values("lines"), output_field=TextField())


def _file_kinds(lines: str | None) -> list[tuple[str, str]]:
    """Paper size and format of each file, in the editors' order."""
    files = [line.split("|", 2) for line in (lines or "").split("\n") if line]
    files.sort(key=lambda file: (int(file[0] or 0), file[2]))
    return [
        (
            PaperSize(size).label if size in PaperSize.values else "",
            format_name(PurePath(name).suffix.removeprefix(".")),
        )
        for _order, size, name in files
    ]


def _row_thumb() -> Subquery:
    """The picture made of a resource's preview: width, height and name."""
    image = Coalesce(OuterRef("preview_image_id"), OuterRef("made_preview_id"))
    made = get_image_model().get_rendition_model().objects.filter(image_id=image, filter_spec=THUMB_SPEC)
    line = _line(Cast("width", CharField()), Cast("height", CharField()), "file")
    return Subquery(made.order_by("-pk").annotate(line=line).values("line")[:1], output_field=TextField())


def _thumb(line: str | None) -> Thumb | None:
    if not line:
        return None
    width, height, name = line.split("|", 2)
    storage = get_image_model().get_rendition_model()._meta.get_field("file").storage
    return Thumb(storage.url(name), int(width), int(height))
