"""A place to leave to, on loopback, and an eye on what is painted."""

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import BrowserContext, Page

from tests.served import ServedSite

_PAGE = b"<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1>"

# Before each frame is painted: what will be in it? Told once the frame is done, and only when it differs from the last.
# While a browser waits for another site it answers no question about the page, so the page has to tell by itself.
_LOOK = """
let before, acted;
for (const kind of ["click", "keyup"]) addEventListener(kind, event => { acted = event.timeStamp; }, true);
addEventListener("pageshow", event => {
  if (!event.persisted) return;
  painted({kept: getComputedStyle(document.documentElement).visibility});
  before = null;
});
(function look() {
  const frame = {
    address: location.href,
    title: document.title,
    heading: !!document.querySelector("h1")?.checkVisibility({visibilityProperty: true}),
    text: document.querySelector("main") ? null : document.body?.innerText,
    elements: document.querySelectorAll("body *").length,
  };
  try { frame.stored = {...sessionStorage}; } catch { frame.stored = null; }
  const now = JSON.stringify(frame);
  if (now !== before) requestAnimationFrame(() => painted({...frame, took: performance.now() - acted}));
  before = now;
  requestAnimationFrame(look);
})();
"""


class Eye:
    """Sees every frame that a context's pages paint."""

    def __init__(self, context: BrowserContext):
        self.frames: list[dict] = []
        context.expose_binding("painted", lambda source, frame: self.frames.append(frame))
        context.add_init_script(_LOOK)

    def shown(self) -> set[str]:
        """The addresses whose pages were seen: those with a heading in sight."""
        return {frame["address"] for frame in self.frames if frame.get("heading")}

    def wait_for(self, page: Page, **wanted) -> dict:
        """Wait until a frame is as ``wanted`` and return it."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for frame in self.frames:
                if wanted.items() <= frame.items():
                    return frame
            page.wait_for_timeout(10)
        raise AssertionError(f"no frame has {wanted}: {self.frames}")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing: a browser that stops waiting hangs up."""


@dataclass
class Destination:
    """Another site. Its name is not the site's, so the browser keeps them apart. It hangs while it is not ``open``."""

    url: str = ""
    open: threading.Event = field(default_factory=threading.Event)
    asked: list[dict[str, str]] = field(default_factory=list)

    def serve(self) -> ThreadingHTTPServer:
        """Start answering; return the server, to be shut down."""
        destination = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/weather":
                    destination.asked.append({name.lower(): value for name, value in self.headers.items()})
                    destination.open.wait(timeout=60)
                self.send_response(200 if self.path == "/weather" else 404)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(_PAGE)

            def log_message(self, *args):
                pass

        server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{server.server_port}/weather"
        self.open.set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


_SET = """
from wagtail.log_actions import log
from wagtail.models import Site
from pages.models import SiteSettings
settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
print(settings.exit_address)
settings.exit_address = {address!r}
settings.save()
log(settings, "wagtail.edit")
"""


def leave_to(site: ServedSite, address: str) -> str:
    """Set where the site's exit leads, as an editor would, and return where it led before."""
    return site.manage("shell", "--verbosity", "0", "--command", _SET.format(address=address)).strip()
