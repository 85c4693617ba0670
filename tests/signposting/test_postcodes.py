"""The directory's two layouts, in files with invented rows: no postcode or code here is a real one."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from signposting.models import Postcode

pytestmark = pytest.mark.django_db

# The columns of the directory of 2023, and of 2025, as their releases name them.
OLD_LINE = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,"
    "rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,npark,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,"
    "wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21"
)
NEW_LINE = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
    "ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
)
OLD, NEW = OLD_LINE.split(","), NEW_LINE.split(",")
# Postcode, end of use, district, county: invented.
ROWS = [
    ("ZX1 1AA", "", "E07000901", "E10000901"),
    ("ZX12 3BB", "", "E06000902", "E99999999"),
    ("Z9A 9ZZ", "", "W06000903", "W99999999"),
    ("ZX1 9ZZ", "201912", "E07000901", "E10000901"),
    ("ZJ1 1AA", "", "L99999999", "L99999999"),
    ("ZX1 8ZZ", "", "", ""),
]


def line(header, row):
    postcode, ended, district, county = row
    values = dict.fromkeys(header, "x,y") | {"doterm": ended, "pcds": postcode}
    for name in header:
        if name in ("oslaua", "laua", "lad25cd"):
            values[name] = district
        if name in ("oscty", "cty", "cty25cd"):
            values[name] = county
    return ",".join(f'"{values[name]}"' for name in header)


def written(path, header=NEW, rows=ROWS, start="", end="\r\n"):
    text = start + end.join([",".join(header), *(line(header, row) for row in rows)]) + end
    path.write_bytes(text.encode())
    return path


def known():
    return list(Postcode.objects.order_by("pk").values_list("postcode", "district", "county"))


KEPT = [
    ("Z9A9ZZ", "W06000903", ""),
    ("ZX11AA", "E07000901", "E10000901"),
    ("ZX123BB", "E06000902", ""),
]


@pytest.mark.parametrize("header", [OLD, NEW, [name.upper() for name in NEW], [n.replace("25cd", "26cd") for n in NEW]])
@pytest.mark.parametrize(("start", "end"), [("", "\r\n"), ("\ufeff", "\n")])
def test_both_layouts_are_read_by_the_names_of_their_columns(header, start, end, tmp_path, capsys):
    lower = [name.lower().replace("26cd", "25cd") for name in header]
    path = tmp_path / "onspd.csv"
    text = start + end.join([",".join(header), *(line(lower, row) for row in ROWS)]) + end
    path.write_bytes(text.encode())
    call_command("import_postcodes", path)
    assert known() == KEPT
    assert capsys.readouterr().out == (
        "3 postcodes are known now. Left out: 1 that are no longer in use, 2 outside any district.\n"
    )


def test_a_second_import_takes_the_place_of_the_first(tmp_path):
    path = tmp_path / "onspd.csv"
    call_command("import_postcodes", written(path), verbosity=0)
    call_command("import_postcodes", written(path), verbosity=0)
    assert known() == KEPT
    moved = ("ZX1 1AA", "", "E06000902", "")
    call_command("import_postcodes", written(path, rows=[moved]), verbosity=0)
    assert known() == [("ZX11AA", "E06000902", "")]


@pytest.mark.parametrize(
    ("header", "rows", "message"),
    [
        (["postcode", "district"], [], "its first line names no column “postcode”, or two."),
        ([*NEW, "lad24cd"], ROWS, "its first line names no column “district”, or two."),
        (NEW, [], "There is no postcode in this file."),
        (NEW, [ROWS[3]], "There is no postcode in this file."),
        (NEW, [*ROWS, ("NOT ONE", "", "E07000901", "")], "Line 8: “NOTONE” is no postcode."),
        (NEW, [*ROWS, ("ZX1 1AB", "", "E0700090", "")], "Line 8: “E0700090” is no code of an area."),
        (NEW, [*ROWS, ("ZX1 1AB", "", "E07000901", "county")], "Line 8: “county” is no code of an area."),
        (NEW, [*ROWS, ROWS[0]], "ZX11AA is in the file twice."),
    ],
)
def test_a_bad_file_changes_nothing_and_says_where(header, rows, message, tmp_path):
    Postcode.objects.create(postcode="ZX99ZZ", district="E07000909")
    path = tmp_path / "onspd.csv"
    lines = [",".join(header), *(line(header, row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        call_command("import_postcodes", path)
    assert message in str(raised.value)
    assert str(raised.value).endswith(" Nothing was changed.")
    assert known() == [("ZX99ZZ", "E07000909", "")]
    call_command("import_postcodes", written(path), verbosity=0)
    assert known() == KEPT


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This isn’t the ONS Postcode Directory"),
        (b"PK\x03\x04\xff\xfe", "Line 0: it isn’t text."),
        ((",".join(NEW) + '\n"ZX1 1AA","cut').encode(), "Line 2:"),
        ((",".join(NEW) + '\n"ZX1 1AA","cut"\n').encode(), "Line 2: it has 2 columns, not 35."),
    ],
)
def test_a_file_that_is_cut_or_is_none_changes_nothing(content, message, tmp_path):
    Postcode.objects.create(postcode="ZX99ZZ", district="E07000909")
    path = tmp_path / "onspd.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        call_command("import_postcodes", path)
    assert known() == [("ZX99ZZ", "E07000909", "")]


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_postcodes", tmp_path / "none.csv")


def test_more_rows_than_one_batch_are_all_there(tmp_path):
    rows = [
        (f"Z{chr(65 + n // 2600)}{n // 260 % 10} {n // 26 % 10}A{chr(65 + n % 26)}", "", "E07000901", "")
        for n in range(10_500)
    ]
    call_command("import_postcodes", written(tmp_path / "onspd.csv", rows=rows), verbosity=0)
    assert Postcode.objects.count() == 10_500
    with connection.cursor() as cursor:
        assert "signposting_postcode_import" not in connection.introspection.table_names(cursor)
