"""What every public page promises, asked of a real server."""

import re
from urllib.parse import urljoin, urlsplit

import brotli
import html5lib
import pytest

ROUND_TRIP = 14 * 1024
ALL_SCRIPTS = 6 * 1024
LOADED = re.compile(
    r'<(?:script|img|iframe|source|video|audio|embed|object|link)\b[^>]*?\b(?:src|href|srcset)="([^"]+)"'
)
STYLESHEET = re.compile(r'<link\b[^>]*\brel="stylesheet"[^>]*>')
HREF = re.compile(r'\bhref="([^"]+)"')
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')
MIN_PAGES = 35


def _every(pages, wrong) -> dict:
    """Every page for which ``wrong`` finds something, with what it found."""
    found = {path: wrong(answer) for path, answer in pages.items()}
    return {path: problem for path, problem in found.items() if problem}


def test_crawl_reaches_the_whole_site(pages):
    assert len(pages) >= MIN_PAGES
    for path in (
        "/",
        "/young-people/",
        "/parents/",
        "/professionals/",
        "/help/",
        "/search/",
        "/news/",
        "/help/leaving-quickly/",
    ):
        assert path in pages


def test_crawl_every_address_answers_200(public):
    assert _every(public, lambda answer: answer.status if answer.status != 200 else None) == {}


def test_crawl_sets_no_cookie_and_varies_on_none(public):
    def cookies(answer):
        return answer.headers.get("set-cookie") or ("cookie" in answer.headers.get("vary", "").lower() or None)

    # An empty basket sets none either, but who has one is shown theirs.
    assert _every(public, cookies) == {"/order/": True}
    assert "set-cookie" not in public["/order/"].headers


def test_crawl_pages_are_asked_for_again(pages):
    kept = {path: answer.headers["cache-control"] for path, answer in pages.items()}
    of_orders = {path for path in kept if path.startswith("/order/")}
    assert {kept.pop(path) for path in of_orders} == {"no-store, private"}
    assert set(kept.values()) == {"no-cache"}


def test_crawl_pages_load_nothing_from_another_origin(site, pages):
    def foreign(answer):
        addresses = [part.split()[0] for src in LOADED.findall(answer.text) for part in src.split(",") if part.strip()]
        own = {"", urlsplit(site.url).netloc}
        links = re.findall(r'<link\b[^>]*\brel="(?:canonical|alternate)"[^>]*\bhref="([^"]+)"', answer.text)
        return [a for a in addresses if urlsplit(a).netloc not in own and a not in links] or None

    assert _every(pages, foreign) == {}


def test_crawl_pages_forbid_everything_inline(pages):
    policies = {answer.headers["content-security-policy"] for answer in pages.values()}
    assert len(policies) == 1
    policy = policies.pop()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\bsrc=)(?![^>]*ld\+json)")
    assert _every(pages, lambda answer: inline.findall(answer.text) or None) == {}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ],
)
def test_crawl_every_address_carries_the_policy_headers(public, header, value):
    assert (
        _every(
            public, lambda answer: None if answer.headers.get(header) == value else answer.headers.get(header, "none")
        )
        == {}
    )


def test_crawl_pages_have_one_h1_a_title_and_a_description(pages):
    def missing(answer):
        counts = {
            "h1": len(re.findall(r"<h1\b", answer.text)),
            "title": len(re.findall(r"<title>[^<]*\S[^<]*</title>", answer.text)),
            "description": len(re.findall(r'<meta name="description" content="[^"]+"', answer.text)),
        }
        return {name: count for name, count in counts.items() if count != 1} or None

    assert _every(pages, missing) == {}


def test_crawl_titles_are_unique(pages):
    titles = [re.search(r"<title>(.*?)</title>", answer.text, re.S)[1].strip() for answer in pages.values()]
    assert sorted(titles) == sorted(set(titles))


TELLING = re.compile(r"abus|exploit|sex|nude|groom|blackmail|threat|safeguard|harm|child|police|danger", re.I)


def test_crawl_help_pages_are_safe_to_be_seen(pages):
    """What a history, a tab, a bookmark or a preview of a link shows of a page under help gives nothing away."""

    def telling(answer):
        title = re.search(r"<title>(.*?)</title>", answer.text, re.S)[1]
        said = re.findall(r'<meta (?:name|property)="[^"]+" content="([^"]*)"', answer.text)
        return [words for words in (answer.url, title, *said) if TELLING.search(words)] or None

    below = {path: answer for path, answer in pages.items() if path.startswith("/help/")}
    assert len(below) >= 3
    assert _every(below, telling) == {}


def test_crawl_pages_are_valid_html(pages):
    def errors(answer):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(answer.text)
        return [(position, code) for position, code, _data in parser.errors] or None

    assert _every(pages, errors) == {}


def test_crawl_ids_are_unique(pages):
    def repeated(answer):
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        return sorted({i for i in ids if ids.count(i) > 1}) or None

    assert _every(pages, repeated) == {}


def test_crawl_anchors_lead_somewhere(pages):
    def dangling(answer):
        ids = set(re.findall(r'\sid="([^"]+)"', answer.text))
        return [anchor for anchor in re.findall(r'href="#([^"]+)"', answer.text) if anchor not in ids] or None

    assert _every(pages, dangling) == {}


def _stylesheets(answer) -> list[str]:
    return [HREF.search(tag)[1] for tag in STYLESHEET.findall(answer.text)]


def test_crawl_stylesheets_and_nothing_else_block_rendering(pages):
    """One on every page; in the library, its packs, an order and where posters are made, their own comes after it."""
    parts = {
        "/resources/packs/": "packs",
        "/resources/make/": "making",
        "/resources/": "library",
        "/order/": "ordering",
    }

    def bundles(answer):
        return [re.sub(r"^/static/css/(\w+)(?:\.\w+)?\.css$", r"\1", sheet) for sheet in _stylesheets(answer)]

    def scripts(answer):
        tags = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", answer.text)
        return [tag for tag in tags if 'type="module"' not in tag] or None

    def expected(path):
        if path == "/resources/packs/" or "/since/" in path:
            return ["site", "about_packs"]
        return ["site", *[bundle for start, bundle in parts.items() if path.startswith(start)][:1]]

    assert {path: bundles(answer) for path, answer in pages.items()} == {path: expected(path) for path in pages}
    assert _every(pages, scripts) == {}


def test_crawl_first_view_fits_one_round_trip(site, pages):
    """HTML and its stylesheets together, each at brotli's default quality, on every page."""
    sheets = {sheet for answer in pages.values() for sheet in _stylesheets(answer)}
    loads = {sheet: len(brotli.compress(site.get(sheet).body)) for sheet in sheets}
    sizes = {
        path: len(brotli.compress(answer.body)) + sum(loads[sheet] for sheet in _stylesheets(answer))
        for path, answer in pages.items()
    }
    assert {path: size for path, size in sizes.items() if size > ROUND_TRIP} == {}


def test_crawl_all_scripts_together_are_small(site, pages):
    scripts = {urljoin("/", src) for answer in pages.values() for src in SCRIPT.findall(answer.text)}
    sizes = {src: len(brotli.compress(site.get(src).body)) for src in scripts}
    assert sum(sizes.values()) <= ALL_SCRIPTS, sizes


def test_crawl_server_sends_brotli(site, pages):
    sheet = site.get(_stylesheets(pages["/"])[0], headers={"Accept-Encoding": "br"})
    page = site.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert (sheet.headers["content-encoding"], page.headers["content-encoding"]) == ("br", "br")
    assert brotli.decompress(page.body) == site.get("/").body


def test_missing_page_keeps_its_promises(site):
    answer = site.get("/not-a-page/?q=something")
    assert answer.status == 404
    assert "set-cookie" not in answer.headers
    assert 'href="tel:999"' in answer.text
    assert 'href="tel:101"' in answer.text
