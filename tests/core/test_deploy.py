"""The example of a web server in front gives out what the application does, keeps nothing, and fails with help."""

import re
from pathlib import Path

from core.emergency import EMERGENCY
from core.views.media import FOLDERS

CONFIGURATION = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text()
MEDIA = re.compile(r"location ~ \^/media/\(?([a-z_|]+)\)?/\[\^/\]\+\\\.\(([a-z0-9|]+)\)\$ \{(.*?)\n    \}", re.DOTALL)


def test_nginx_serves_the_applications_folders_and_kinds():
    served = {}
    for folders, extensions, rest in MEDIA.findall(CONFIGURATION):
        types = {}
        for kind, names in re.findall(r"(\w+/[\w-]+) ([a-z0-9 ]+);", re.search(r"types \{(.*?)\}", rest, re.DOTALL)[1]):
            types |= {f".{name}": kind for name in names.split()}
        assert set(types) == {f".{extension}" for extension in extensions.split("|")}
        served |= dict.fromkeys(folders.split("|"), types)
    assert served == {folder: kinds for folder, kinds in FOLDERS.items() if folder != "captions"}


def test_nginx_gives_media_the_applications_headers():
    for _folders, _extensions, rest in MEDIA.findall(CONFIGURATION):
        assert set(re.findall(r'add_header (\S+) "?([^";]+)"?;', rest)) == {
            ("Cache-Control", "public, max-age=86400"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        }


def test_nginx_keeps_no_address():
    servers = CONFIGURATION.count("\nserver {")
    assert servers == 2
    assert re.findall(r"access_log (.*);", CONFIGURATION) == ["off"] * servers
    assert re.findall(r"error_log (.*);", CONFIGURATION) == ["/dev/null"] * servers


def test_nginx_shows_emergency_numbers_when_the_application_is_away():
    for number in (EMERGENCY.call, EMERGENCY.police):
        assert f"<a href={number.href}>{number.display}</a>" in CONFIGURATION


def test_nginx_says_where_a_visitor_is_only_as_an_order_is_placed_or_an_address_left():
    pattern = re.search(r'"~(\^[^"]*order[^"]*)" \$remote_addr;', CONFIGURATION)[1]
    assert CONFIGURATION.count("$remote_addr") == 1
    assert CONFIGURATION.count("proxy_set_header X-Order-From $waymark_order_from;") == 1
    said = ("/order/check/", "/order/tell-me/NT-A3/")
    for address in (*said, *(f"/cy{path}" for path in said)):
        assert re.search(pattern, address)
    for address in (
        "/order/",
        "/order/check/x",
        "/help/order/check/",
        "/",
        "/order/track/x/",
        "/order/tell-me/",
        "/order/tell-me/x/y/",
    ):
        assert not re.search(pattern, address)
