"""Real nginx in front of a served site, with the locations of ``deploy/nginx.conf`` as they stand there."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from tests.served import ROOT, ServedSite, free_port

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# TLS, ports and a module that may not be there: everything else is the example's own.
_LEFT_OUT = re.compile(r"^\s*(listen|ssl_|server_name|brotli_static|http2 )[^;]*;\n", re.MULTILINE)
_AROUND = """
daemon off;
{user}
pid {directory}/nginx.pid;
error_log {directory}/nginx.log;
events {{}}
http {{
    client_body_temp_path {directory}/nginx-body;
    proxy_temp_path {directory}/nginx-proxy;
    fastcgi_temp_path {directory}/nginx-fastcgi;
    uwsgi_temp_path {directory}/nginx-uwsgi;
    scgi_temp_path {directory}/nginx-scgi;
    {body}
}}
"""


def configuration(site: ServedSite, port: int) -> str:
    """The example, in front of ``site``, without TLS and at a port of loopback."""
    example = (ROOT / "deploy" / "nginx.conf").read_text()
    parts = re.split(r"(?m)^(?=server \{)", example)
    assert [("return 301" in part, "location /files-inside/" in part) for part in parts[1:]] == [
        (True, False),
        (False, True),
    ]
    server = _LEFT_OUT.sub("", parts[2]).replace("server {", f"server {{\n    listen 127.0.0.1:{port};", 1)
    body = (parts[0] + server).replace("/var/lib/waymark", str(site.directory))
    body = body.replace("127.0.0.1:8000", site.url.removeprefix("http://"))
    user = "user root;" if os.getuid() == 0 else ""
    return _AROUND.format(user=user, directory=site.directory, body=body)


class InFront:
    """nginx before a site, from its start to its end."""

    def __init__(self, site: ServedSite):
        port = free_port()
        self.site = replace(site, url=f"http://127.0.0.1:{port}", log_name="nginx.log", _process=None)
        config = Path(site.directory) / "nginx.conf"
        config.write_text(configuration(site, port))
        self._command = [NGINX, "-c", str(config), "-p", str(site.directory)]

    def __enter__(self) -> ServedSite:
        self._process = subprocess.Popen(self._command, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                assert self.site.get("/healthz").status == 200
                return self.site
            except OSError:
                time.sleep(0.05)  # as long as it takes to listen
        self._process.kill()
        raise AssertionError(f"nginx does not answer: {self._process.communicate()[1].decode()}")

    def __exit__(self, *error) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)
