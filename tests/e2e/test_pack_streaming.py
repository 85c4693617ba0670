"""A pack of a gigabyte from gunicorn: bounded memory, slow readers, readers that go away. The file is sparse."""

import runpy
import socket
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.served import ROOT, ServedSite

GIGABYTE = 1024**3
MEGABYTE = 1024**2
MOST_MEMORY = 64 * MEGABYTE
TIMEOUT = 4  # seconds: what gunicorn gives a worker that says nothing
PAUSE = 2 * TIMEOUT

_MAKE = """
from datetime import date
from core.models import CustomDocument
from pages.models import HomePage
from partners.models import Organisation
from resources.models import PackIndexPage, PackPage, ResourceIndexPage, ResourcePage
home = HomePage.objects.filter(locale__language_code="en-gb").first()
library = home.add_child(instance=ResourceIndexPage(title="Big", slug="big"))
document = CustomDocument(title="Big", file="documents/big.pdf", file_size={size})
document.save()
resource = library.add_child(instance=ResourcePage(
    title="Big", slug="file", kind="poster", for_parents=True, published_on=date(2027, 3, 4), may_print="yes",
    may_rehost="yes", may_edit="no", credit="Us", rights_owner=Organisation.objects.first()))
resource.files.create(document=document)
resource.save()
library.refresh_from_db()
packs = library.add_child(instance=PackIndexPage(title="Packs", slug="packs"))
pack = packs.add_child(instance=PackPage(
    title="Big", slug="pack", role="school", headline="The", headline_mark="big", lead="Big.",
    published_on=date(2027, 3, 4)))
pack.items.create(resource=resource)
pack.save()
"""
_REMOVE = """
from core.models import CustomDocument
from resources.models import ResourceIndexPage
ResourceIndexPage.objects.get(slug="big").delete()
CustomDocument.objects.filter(file="documents/big.pdf").delete()
"""
ADDRESS = "/big/packs/pack/pack.zip"


@dataclass
class Download:
    """An answer that is read as slowly as one likes."""

    connection: socket.socket
    length: int
    read: int

    def chunks(self, size: int = MEGABYTE) -> Iterator[bytes]:
        """What is left of the body."""
        while part := self.connection.recv(size):
            self.read += len(part)
            yield part


@contextmanager
def _begun(site: ServedSite) -> Iterator[Download]:
    """Ask for the pack and read the head of the answer alone; hang up at the end."""
    parts = urlsplit(site.url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=60)
    connection.sendall(f"GET {ADDRESS} HTTP/1.1\r\nHost: {parts.hostname}\r\nConnection: close\r\n\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1)
    lines = head.decode().lower().split("\r\n")
    assert " 200 " in lines[0], head
    length = next(line for line in lines if line.startswith("content-length:"))
    with connection:
        yield Download(connection, int(length.partition(":")[2]), 0)


def _into_the_file(download: Download) -> Iterator[bytes]:
    """Read past the small files to the big one, and return the rest."""
    chunks = download.chunks()
    while download.read < 4 * MEGABYTE:
        next(chunks)
    return chunks


def _memory(process: int, name: str) -> int:
    """A figure of ``/proc/<process>/status`` in bytes: ``VmRSS`` is now, ``VmHWM`` the most since it was reset."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1]) * 1024


def _open_files(process: int) -> list[str]:
    names = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            names.append(str(each.readlink()))
        except FileNotFoundError:  # closed meanwhile
            continue
    return sorted(name for name in names if name.startswith("/") and not name.startswith("/dev/"))


@pytest.fixture(scope="module")
def big(site) -> ServedSite:
    """A process with a pack of a gigabyte, which gunicorn kills if it is silent for four seconds."""
    stored = Path(site.env["DATA_DIR"]) / "media" / "documents" / "big.pdf"
    stored.parent.mkdir(parents=True, exist_ok=True)
    with stored.open("wb") as file:
        file.truncate(GIGABYTE)
    site.manage("shell", "-c", _MAKE.format(size=GIGABYTE))
    twin = site.twin(GUNICORN_CMD_ARGS=f"--timeout {TIMEOUT}")
    yield twin
    twin.stop()
    site.manage("shell", "-c", _REMOVE)
    stored.unlink(missing_ok=True)


def test_gigabyte_streams_in_bounded_memory_and_is_a_whole_archive(big, tmp_path):
    assert big.get(ADDRESS.replace("pack.zip", "")).status == 200
    worker = big.worker
    Path(f"/proc/{worker}/clear_refs").write_text("5")  # the most begins anew
    idle = _memory(worker, "VmRSS")
    kept, zeros = tmp_path / "pack.zip", bytes(MEGABYTE)
    with _begun(big) as download, kept.open("wb") as file:
        for chunk in download.chunks():
            # Nothing but noughts is skipped, so that the copy is sparse too.
            file.seek(len(chunk), 1) if chunk == zeros[: len(chunk)] else file.write(chunk)
        file.truncate(download.read)
    assert download.read == download.length > GIGABYTE
    assert _memory(worker, "VmHWM") - idle < MOST_MEMORY
    assert big.worker == worker
    with zipfile.ZipFile(kept) as archive:
        assert archive.testzip() is None
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    assert sizes["Resources/Big/Big, English, version 1.pdf"] == GIGABYTE


def test_reader_who_pauses_longer_than_the_time_out_gets_all_of_it(big):
    worker = big.worker
    with _begun(big) as download:
        chunks = _into_the_file(download)
        until = time.monotonic() + PAUSE
        while time.monotonic() < until:  # others are served meanwhile
            assert big.get("/healthz").status == 200
        assert sum(len(chunk) for chunk in chunks) > 0
    assert (download.read, big.worker) == (download.length, worker)


def test_reader_who_goes_away_leaves_nothing_behind(big):
    before, files = _open_files(big.worker), sorted(Path(big.env["DATA_DIR"]).rglob("*"))
    with _begun(big) as download:
        _into_the_file(download)
        assert [name for name in _open_files(big.worker) if name.endswith("/big.pdf")]
    deadline = time.monotonic() + 20
    while _open_files(big.worker) != before and time.monotonic() < deadline:
        assert big.get("/healthz").status == 200
    assert [name for name in _open_files(big.worker) if name.endswith("/big.pdf")] == []
    assert sorted(Path(big.env["DATA_DIR"]).rglob("*")) == files


def test_no_worker_is_replaced_while_it_sends():
    assert "max_requests" not in runpy.run_path(str(ROOT / "gunicorn.conf.py"))
