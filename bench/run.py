"""Speed of the served demo campaign: Lighthouse on three pages, throughput as a ratio to the smallest answer."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tqdm import tqdm

from tests.served import ServedSite, serve

LIGHTHOUSE = "lighthouse@12.8.2"
PATHS = ["/", "/young-people/", "/young-people/threats/"]
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
REQUESTS = 300
THREADS = 4
ROUNDS = 3
TRIES = 3


def lighthouse(site: ServedSite, path: str, directory: Path) -> dict:
    """Return the four scores (0 to 100) and CLS, TBT (ms), FCP (ms) of one page, as a mobile visitor gets it."""
    report = directory / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, site.url + path, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS}"]
    env = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "", "npm_config_package_lock": "false"}
    for tries_left in reversed(range(TRIES)):
        # Chromium now and then records no start of the load (NO_NAVSTART): Lighthouse asks to be run again.
        done = subprocess.run(command, check=not tries_left, env=env, cwd=directory)  # noqa: S603 - our own words only
        if done.returncode == 0:
            break
    result = json.loads(report.read_text())
    scores = {name: round(result["categories"][name]["score"] * 100) for name in CATEGORIES}
    audits = result["audits"]
    failed = [
        name
        for category in CATEGORIES
        for ref in result["categories"][category]["auditRefs"]
        if ref["weight"] and (audits[name := ref["id"]]["score"] or 0) < 1 and audits[name]["score"] is not None
    ]
    return {
        **scores,
        "CLS": audits["cumulative-layout-shift"]["numericValue"],
        "TBT": audits["total-blocking-time"]["numericValue"],
        "FCP": round(audits["first-contentful-paint"]["numericValue"]),
        "below 1": failed,
    }


def throughput(site: ServedSite, path: str) -> float:
    """Return requests a second for ``path`` from a few threads on loopback."""
    site.get(path)

    def ask() -> None:
        for _ in range(REQUESTS // THREADS):
            assert site.get(path).status == 200  # noqa: S101 - a benchmark of errors says nothing

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return REQUESTS / (time.perf_counter() - start)


def main() -> int:
    """Print the figures; exit with 1 if Lighthouse is below 100 anywhere or the layout shifts or blocks."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        site = serve(directory)
        try:
            return _measure(site, directory)
        finally:
            site.stop()


def _measure(site: ServedSite, directory: Path) -> int:
    print("Throughput as a ratio to /healthz in the same round (median of rounds)")
    for path in tqdm([*PATHS, "/help/"], leave=False):
        ratios = sorted(throughput(site, path) / throughput(site, "/healthz") for _ in range(ROUNDS))
        print(f"  {path:30} {ratios[ROUNDS // 2]:.2f}")
    if not shutil.which("npx") or not shutil.which("chromium"):
        print("Lighthouse needs npm and the Debian package chromium: left out.")
        return 0
    print("Lighthouse, mobile")
    short = False
    for path in tqdm(PATHS, leave=False):
        figures = lighthouse(site, path, directory)
        print(f"  {path:30} {figures}")
        full = all(figures[name] == 100 for name in CATEGORIES)
        short = short or not full or figures["CLS"] > 0 or figures["TBT"] > 0
    return int(short)


if __name__ == "__main__":
    sys.exit(main())
