"""A place to leave to, on loopback, and an eye that sees what is painted."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.served import ServedSite

_PAGE = b"<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1>"

# Before each frame is painted: is anything of our page in it? A page that is being left has no heading any more.
EYE = """
(function look() {
  if (document.querySelector("h1")?.checkVisibility({visibilityProperty: true})) painted(location.href);
  requestAnimationFrame(look);
})();
"""


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

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
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
