"""The whole pack as one zip, streamed: its length is known before its first byte, and no file is held in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from zipstream import ZIP_STORED, ZipStream

from resources.copy_sheets import CopySheet
from resources.holdings import file_name
from resources.models import ResourceFile, ResourcePage
from resources.packs import calendars, documents, notices, sheets
from resources.packs.contents import PackContents
from resources.packs.left_out import LeftOut, sheet_name
from resources.packs.names import Names, part_name
from resources.packs.schedules import Post

CHUNK = 64 * 1024
_README, _INDEX = "README.txt", "index.html"


class FileChangedError(OSError):
    """A file isn't as long as it was when the archive's length was said: the archive can't be finished."""


@dataclass(frozen=True)
class PackFile:
    """A file that stands in the storage: where in the archive, what it is, and its owner in it."""

    path: str
    stored: FieldFile
    title: str
    resource: ResourcePage | None = None
    alt_text: str = ""
    bytes_known: int = 0
    # Whether an alt text was thought of: an empty one then says that the picture is decoration.
    is_described: bool = False


@dataclass(frozen=True)
class PackText:
    """A file that is made from the pack's words when it is asked for."""

    path: str
    title: str
    make: Callable[[], bytes]
    resource: ResourcePage | None = None


@dataclass(frozen=True)
class Plan:
    """What an archive holds, before anything of it is read: the same pack gives the same names in the same order."""

    texts: tuple[PackText, ...]
    files: tuple[PackFile, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def count(self) -> int:
        """How many files there are, with the list of them in two forms."""
        return len(self.texts) + len(self.files) + 2

    @property
    def bytes_known(self) -> int:
        """How long the stored files are, as the database has it; the made ones are small."""
        return sum(file.bytes_known for file in self.files)


def plan_of(contents: PackContents) -> Plan:
    """Name everything that goes into the archive. Asks neither the database nor the storage."""
    names = Names()
    names.take("", "README", "txt")
    names.take("", "index", "html")
    texts = list(_made(contents, names))
    files, left_out = [], list(contents.left_out)
    for folder, own in ((_("Posts"), contents.schedule.posts), (_("Texts"), contents.copies)):
        for sheet in own:
            texts.append(_text(sheet, folder, names))
            files += _picture_of(sheet, folder, names)
    folders = Names()
    for resource in contents.resources:
        folder = folders.take(_("Resources"), resource.title[:80])
        for sheet in contents.texts_of(resource):
            texts.append(_text(sheet, folder, names, resource))
            files += _picture_of(sheet, folder, names, resource)
        for file in resource.files.all():
            if contents.is_private(file.document):
                left_out.append(LeftOut(file_name(file, file.document), _("It isn't open to everybody.")))
                continue
            files.append(_resource_file(resource, file, folder, names))
    return Plan(tuple(texts), tuple(files), tuple(left_out))


def _made(contents: PackContents, names: Names) -> Iterable[PackText]:
    if contents.schedule.posts:
        yield PackText(
            names.take("", "posts", "csv"), _("Posts for your scheduler"), lambda: sheets.posts_csv(contents)
        )
    if contents.schedule.is_dated:
        yield PackText(
            names.take("", "dates", "ics"), _("Dates for your calendar"), lambda: calendars.dates_ics(contents)
        )
    yield PackText(names.take("", "copy", "docx"), _("All words"), lambda: documents.copy_docx(contents))


def _text(sheet: CopySheet, folder: str, names: Names, resource: ResourcePage | None = None) -> PackText:
    words = sheet_name(sheet)
    return PackText(names.take(folder, words, "txt"), words, _text_of(sheet), resource)


def _picture_of(
    sheet: CopySheet, folder: str, names: Names, resource: ResourcePage | None = None
) -> Iterable[PackFile]:
    if sheet.image:
        stored, words = sheet.image.file, sheet_name(sheet)
        path, size = names.take(folder, words, _extension(stored.name)), sheet.image.file_size or 0
        yield PackFile(path, stored, words, resource, alt_text=sheet.alt_text, bytes_known=size, is_described=True)


def _resource_file(resource: ResourcePage, file: ResourceFile, folder: str, names: Names) -> PackFile:
    document = file.document
    name, _dot, extension = file_name(file, document).rpartition(".")
    path = names.take(folder, name, extension)
    return PackFile(path, document.file, name, resource=resource, bytes_known=document.file_size or 0)


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _text_of(copy: CopySheet) -> Callable[[], bytes]:
    def make() -> bytes:
        parts = [copy.subject and _("Subject: %(subject)s") % {"subject": copy.subject}, copy.text]
        if isinstance(copy, Post):
            parts.insert(0, f"{post_heading(copy)}")
        if copy.image:
            parts.append(_("Alt text: %(words)s") % {"words": copy.alt_text or _("none: the picture is decoration")})
        return notices.plain_file("\n\n".join(part for part in parts if part))

    return make


def post_heading(post: Post) -> str:
    """When and where a post goes, in one line."""
    return f"{_('Day')} {post.day}, {post.time_in_words}. {post.platforms_in_words}"


@dataclass(frozen=True)
class Archive:
    """A pack's zip, ready to be sent: ``length`` bytes, in ``chunks``."""

    zip: ZipStream
    plan: Plan

    @property
    def length(self) -> int:
        """Its length in bytes."""
        return len(self.zip)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes. Raises ``FileChangedError`` if a file changed meanwhile; leaves no file open, whatever happens."""
        return iter(self.zip)


def archive_of(contents: PackContents, built_on: date) -> Archive:
    """Measure every file in the storage, and put the archive together. What isn't there is left out and named."""
    plan, sizes = _measured(plan_of(contents))
    made = [(text, text.make()) for text in plan.texts]
    listing = notices.listing_of(contents, plan, built_on)
    stream = ZipStream(compress_type=ZIP_STORED, sized=True)
    stream.add(notices.readme(listing), _README)
    stream.add(notices.index_page(listing), _INDEX)
    for text, content in made:
        stream.add(content, text.path)
    for file, size in zip(plan.files, sizes, strict=True):
        stream.add(_StoredBytes(file.stored.storage, file.stored.name, size), file.path, size=size)
    return Archive(stream, plan)


def _measured(plan: Plan) -> tuple[Plan, list[int]]:
    files, sizes, left_out = [], [], list(plan.left_out)
    for file in plan.files:
        try:
            size = file.stored.size
        except Exception:  # each storage says in its own way that it hasn't got a file
            left_out.append(LeftOut(file.title, _("The file is missing. Please tell us.")))
            continue
        files.append(file)
        sizes.append(size)
    return Plan(plan.texts, tuple(files), tuple(left_out)), sizes


class _StoredBytes:
    """A stored file as chunks, opened when its turn comes and closed when it is over, read out or not."""

    def __init__(self, storage: Storage, name: str, size: int):
        self.storage, self.name, self.size = storage, name, size

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        with self.storage.open(self.name, "rb") as file:
            while chunk := file.read(CHUNK):
                read += len(chunk)
                if read > self.size:
                    raise FileChangedError(self.name)
                yield chunk
        if read != self.size:
            raise FileChangedError(self.name)


def archive_name(contents: PackContents, built_on: date) -> str:
    """The name under which a browser keeps the zip: The school pack, 2027-03-04.zip."""
    return part_name(f"{contents.pack.title}, {built_on:%Y-%m-%d}", "zip")
