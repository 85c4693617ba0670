"""How long an import of a postcode directory takes, and how much memory: as many invented rows as the real one has.

    python -m bench.postcodes [rows]

Writes a file of some 700 MB beside the temporary files and deletes it. Measures SQLite in a temporary folder, and
PostgreSQL too if BENCH_DATABASE_URL names a database that may be overwritten.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tqdm import tqdm

ROWS = 2_700_000
HEADER = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
    "ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def write_directory(path: Path, rows: int) -> None:
    """Write a file in the directory's layout: every postcode and code in it is invented."""
    middle = '"0","412345","0298765",1,"E00999999","E10000999","E05999999","{district}","E05999998","E40000999",'
    rest = ",".join(['"E99999999"'] * 13) + ',51.501009,-0.141588,"E37000999","E99999999","E23000999",12345,"E54000999"'
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\r\n")
        for number in tqdm(range(rows), desc="Writing", unit="row", unit_scale=True, leave=False):
            postcode = _postcode(number)
            row = middle.format(district=f"E07{number % 400:06}") + rest
            file.write(f'"{postcode:7}","{postcode:8}","{postcode}","202001","",{row}\r\n')


def _postcode(number: int) -> str:
    number, last = divmod(number, 20)
    number, first = divmod(number, 20)
    number, digit = divmod(number, 10)
    number, district = divmod(number, 90)
    return f"{LETTERS[number // 20]}{LETTERS[number % 20]}{district + 10} {digit}{LETTERS[first]}{LETTERS[last]}"


def measure(url: str, file: Path, folder: Path) -> list[tuple[float, int]]:
    """Return the seconds and the most memory (MB) of an import into an empty database, and of a second one."""
    env = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder)}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True, env=env)  # noqa: S603 - our own words only
    times = []
    for _time in range(2):
        start = time.perf_counter()
        process = subprocess.Popen([*manage, "import_postcodes", str(file)], env=env)  # noqa: S603 - our own words only
        _pid, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("The import failed.")
        times.append((time.perf_counter() - start, usage.ru_maxrss // 1024))
    return times


def main() -> int:
    """Print the figures for each database."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "onspd.csv"
        write_directory(file, rows)
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB")
        urls = {"SQLite": f"sqlite:///{folder}/bench.sqlite3", "PostgreSQL": os.environ.get("BENCH_DATABASE_URL", "")}
        for kind, url in urls.items():
            if url:
                for what, (seconds, memory) in zip(("first", "again"), measure(url, file, folder), strict=True):
                    print(f"  {kind:10} {what}: {seconds:.0f} s, {memory} MB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
