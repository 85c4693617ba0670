"""Keeps what was drawn: the demo's files take half a minute to make, and the same drawing gives the same bytes."""

import contextlib
import hashlib
import os
import random
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from pages.demo.demo_file import DemoFile
from resources.exceptions import SheetLibraryMissingError
from signposting.models import ContactRecord

DEMO = Path(__file__).resolve().parent
# Whatever may change a file: who draws it, what it says, the typeface, what makes paper, and how numbers and hours are
# said.
SOURCES = (DEMO, *(Path(settings.BASE_DIR) / name for name in ("fonts", "resources", "signposting", "core")))
KINDS = {".py", ".html", ".css", ".yaml", ".txt", ".svg", ".ttf", ".conf"}


class MadeFiles:
    """Files made before from the same sources, numbers and address; made and kept where there are none.

    They lie in ``settings.DEMO_FILES_DIR``. Where that can't be written, nothing is kept.
    """

    def __init__(self):
        self.folder = Path(settings.DEMO_FILES_DIR) / _digest()
        self.here = hashlib.sha256(settings.WAGTAILADMIN_BASE_URL.encode()).hexdigest()[:8]

    def make(self, files: Sequence[DemoFile]) -> set[str]:
        """Make and keep what isn't there, in any order, so that two who load the demo at once share the work.

        Answers the names of those that nothing here can make.
        """
        not_made = set()
        for file in random.sample(files, k=len(files)):
            try:
                self.bytes_of(file)
            except SheetLibraryMissingError:
                not_made.add(file.name)
        return not_made

    def bytes_of(self, file: DemoFile) -> bytes:
        """The content of a file. Raises what its maker raises."""
        kept = self.folder / (f"{self.here}-{file.name}" if file.has_code else file.name)
        with contextlib.suppress(OSError):
            return kept.read_bytes()
        content = file.make()
        with contextlib.suppress(OSError):
            self._keep(kept, content)
        return content

    def _keep(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(path)  # at once: another process may be reading


def _digest() -> str:
    found = hashlib.sha256()
    columns = ("slug", "phone", "phone_option", "text_number", "verified_on")
    found.update(repr(list(ContactRecord.objects.order_by("slug").values_list(*columns))).encode())
    for folder in SOURCES:
        for path in sorted(each for each in folder.rglob("*") if each.suffix in KINDS):
            found.update(f"{path.relative_to(folder)}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
