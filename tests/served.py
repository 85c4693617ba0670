"""The demo campaign as visitors get it: production settings, real gunicorn, a free port on loopback."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Answer:
    """One response: status, headers (small letters) and body."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class ServedSite:
    """A running site: its address and how to ask it."""

    url: str
    env: dict[str, str]
    seed_output: str
    directory: Path
    log_name: str = "gunicorn.log"
    workers: int = 1
    _process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """All that the server and the site said."""
        return self.directory / self.log_name

    def raw(self, request: bytes) -> bytes:
        """Send ``request`` byte for byte, as no client would, and return the whole answer.

        A server may refuse a body that is too large and hang up before it has read all of it. What it
        answered is still there to be read, and the caller sees from the answer itself whether it is whole.
        """
        parts = urlsplit(self.url)
        answer = b""
        with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
            with suppress(OSError):
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
            with suppress(ConnectionResetError):
                while part := connection.recv(65536):
                    answer += part
        return answer

    def get(self, path: str, *, headers: dict[str, str] | None = None, data: bytes | None = None) -> Answer:
        """Ask for ``path`` without following redirects. ``data`` makes it a POST."""
        request = urllib.request.Request(self.url + path, headers=headers or {}, data=data)
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=30) as response:
                return Answer(path, response.status, _lower(response.headers), response.read())
        except urllib.error.HTTPError as error:
            return Answer(path, error.code, _lower(error.headers), error.read())

    def manage(self, *arguments: str) -> str:
        """Run a management command in the site's environment and return what it printed."""
        return _manage(self.env, *arguments)

    @property
    def worker(self) -> int:
        """The number of the process that answers, if there is one."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return int(children[0])

    def twin(self, *, workers: int = 1, **environment: str) -> "ServedSite":
        """Start one more server on the same data, with in-process caches of its own. Stop it yourself."""
        url, env = f"http://127.0.0.1:{free_port()}", {**self.env, **environment}
        twin = ServedSite(url, env, self.seed_output, self.directory, "twin.log", workers)
        twin.start()
        return twin

    def start(self) -> None:
        """Start gunicorn; return once it answers."""
        bind = self.url.removeprefix("http://")
        command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", str(self.workers), "--threads", "4"]
        with self.log.open("w") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        _wait_until_it_answers(self)

    def stop(self) -> None:
        """Stop gunicorn."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def _lower(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _manage(env: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{result.stdout}\n{result.stderr}"
    return result.stdout


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _own_database(directory: Path) -> str:
    """The address of a fresh database: a file in ``directory``, or one beside the PostgreSQL of the environment."""
    parts = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not parts.scheme.startswith("postgres"):
        return f"sqlite:///{directory / 'campaign.sqlite3'}"
    name = "waymark_served"
    connection = psycopg2.connect(urlunsplit(parts._replace(scheme="postgresql", path="/postgres")))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return urlunsplit(parts._replace(path=f"/{name}"))


def serve(directory: Path, *, database: str = "", demo_files: Path | None = None) -> ServedSite:
    """Migrate, seed, collect static files and start gunicorn; return once it answers.

    ``database`` is the address of an empty one that may be kept; without it one is made beside that of the environment.
    ``demo_files`` is where files of the demo lie that were made before; without it they are made. It asks no settings
    of Django's: benchmarks have none.
    """
    port = free_port()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "campaign.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "false",
        "DATA_DIR": str(directory),
        "DEMO_FILES_DIR": str(demo_files or directory / "demo-files"),
        "DATABASE_URL": database or _own_database(directory),
    }
    _manage(env, "migrate", "--verbosity", "0")
    seed_output = _manage(env, "seed_demo")
    _manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    site = ServedSite(f"http://127.0.0.1:{port}", env, seed_output, directory)
    site.start()
    return site


def _wait_until_it_answers(site: ServedSite) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if site._process.poll() is not None:
            break
        try:
            if site.get("/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    site.stop()
    raise AssertionError(f"gunicorn does not answer:\n{site.log.read_text()}")


LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


def crawl(site: ServedSite) -> dict[str, Answer]:
    """Follow every link of our own from ``/`` and return each answer by path (without query and fragment)."""
    seen: dict[str, Answer] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = seen[path] = site.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for href in LINK.findall(answer.text):
            parts = urlsplit(href.replace("&amp;", "&"))
            own = (not parts.scheme and not parts.netloc) or f"{parts.scheme}://{parts.netloc}" == site.url
            if own and parts.path and parts.path not in seen:
                waiting.append(parts.path)
    return seen
