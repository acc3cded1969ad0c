"""Families of files that are bad as a whole: changed, cut, packed too tightly, of another type."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
from bad_file import BadFile, family, loaded, orders, parquet, refused, set_aside, told, xlsx

from regulars.sources.files import Reason

ONE = orders({})
MORE = b"9,S1,2025-01-10 12:00,dine_in,paid,1.00,Guest-7\n"


@family
def changed_while_read() -> list[BadFile]:
    """It grows, shrinks, is replaced or removed between being seen and being read."""

    def file(name: str, after: Any) -> BadFile:
        data = orders({"order_id": f"c{name}"})
        return refused(f"orders__{name}.csv", data, Reason.FILE_CHANGED_WHILE_READ, after=after)

    return [
        file("grown", lambda path: path.write_bytes(path.read_bytes() + MORE)),
        file("shrunk", lambda path: path.write_bytes(path.read_bytes()[:-9])),
        file("replaced", lambda path: path.write_bytes(path.read_bytes().replace(b"10", b"99"))),
        file("removed", Path.unlink),
    ]


@family
def upload_under_way() -> list[BadFile]:
    """It has the name of a partial or hidden file."""
    names = ("orders.csv.part", ".orders.csv", "orders.csv.filepart", "~$orders.xlsx")
    return [BadFile(name, ONE.encode(), "left alone") for name in names]


@family
def marker_missing() -> list[BadFile]:
    """The source says with a marker when a file is whole, and there is none."""
    ways = {"orders.csv": ONE, "items.csv": "item_id,item_name\n1,a\n", "orders.xlsx": xlsx(ONE),
            "orders.parquet": parquet(ONE)}  # fmt: skip
    return [
        refused(name, data, Reason.WAITING_FOR_MARKER, source="gate") for name, data in ways.items()
    ]


@family
def unknown_name() -> list[BadFile]:
    """Its name says nothing that the layout knows."""
    names = ("oders.csv", "orders.txt", "sales report.xlsx", "orders_2025-02-30.csv")
    return [refused(name, ONE + name, Reason.UNRECOGNISED_FILE) for name in names]


@family
def link_out_of_the_folder() -> list[BadFile]:
    """It is a link to something that is not a file of this folder."""

    def link(name: str, target: str) -> BadFile:
        return refused(
            name, target, Reason.SYMLINK_LEAVES_FOLDER,
            before=lambda path, data: path.symlink_to(data.decode()),
        )  # fmt: skip

    return [
        link("orders__passwd.csv", "/etc/passwd"),
        link("orders__up.csv", "../../policy/2020-01-01.yaml"),
        link("orders__dangling.csv", "nowhere.csv"),
        link("orders__folder.csv", "."),
    ]


@family
def folder_missing() -> list[BadFile]:
    """The source has no folder, or something else in its place."""

    def place(name: str, before: Any) -> BadFile:
        return refused(name, name, Reason.FOLDER_MISSING, source=name, before=before)

    return [
        place("gone1", lambda path, data: path.parent.rmdir()),
        place("gone2", lambda path, data: (path.parent.rmdir(), path.parent.write_bytes(data))),
        place("gone3", lambda path, data: (path.parent.rmdir(), path.parent.symlink_to("nowhere"))),
        place("gone4", lambda path, data: path.parent.rename(path.parent.with_name("elsewhere"))),
    ]


@family
def empty() -> list[BadFile]:
    """It has no content at all, not even a header."""
    return [
        refused("orders__zero.csv", b"", Reason.EMPTY_FILE),
        refused("orders__mark.csv", b"\xef\xbb\xbf\r\n", Reason.EMPTY_FILE),
        refused("orders__blank.csv", b" \n\t\n", Reason.EMPTY_FILE),
        refused("orders__sheets.xlsx", xlsx([], []), Reason.EMPTY_FILE),
    ]


@family
def header_only() -> list[BadFile]:
    """It has a header and no rows: a day without sales."""
    header = orders()
    typed = parquet({name: pa.array([], pa.string()) for name in header.strip().split(",")})
    return [
        told("orders__none.csv", header, Reason.EMPTY, read=0),
        told("orders__blank_below.csv", header + "\n,,,,,,\n", Reason.EMPTY, read=0),
        told("orders__none.xlsx", xlsx(header), Reason.EMPTY, read=0),
        told("orders__none.parquet", typed, Reason.EMPTY, read=0),
    ]


@family
def other_type() -> list[BadFile]:
    """Its content is not what its ending says."""
    return [
        refused("orders__a.csv", xlsx(orders({"order_id": "t1"})), Reason.WRONG_FILE_TYPE),
        refused("orders__b.xlsx", orders({"order_id": "t2"}), Reason.WRONG_FILE_TYPE),
        refused("orders__c.csv", b"%PDF-1.7\n" + MORE, Reason.WRONG_FILE_TYPE),
        refused("orders__d.xlsx", b"\xd0\xcf\x11\xe0" + MORE, Reason.WRONG_FILE_TYPE),
    ]


@family
def damaged() -> list[BadFile]:
    """It was cut, locked or damaged on its way."""
    packed, book = parquet(orders({"order_id": "d1"})), xlsx(orders({"order_id": "d2"}))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("orders.csv", ONE)
    return [
        refused("orders__cut.parquet", packed[:-20], Reason.UNREADABLE_FILE),
        refused("orders__cut.xlsx", book[:-200], Reason.UNREADABLE_FILE),
        refused("orders__zip.xlsx", archive.getvalue(), Reason.UNREADABLE_FILE),
        refused("orders__garbled.parquet", packed[:60] + b"\xff" * 40 + packed[100:],
                Reason.UNREADABLE_FILE),
    ]  # fmt: skip


@family
def bomb() -> list[BadFile]:
    """It is small on disk and huge in memory."""
    words = pa.DictionaryArray.from_arrays(
        pa.array([0] * 3_000, pa.int32()), pa.array(["x" * 1_000_000])
    )
    return [
        refused("orders__ratio.xlsx", _padded(64 << 20), Reason.FILE_TOO_LARGE),
        refused("orders__members.xlsx", _padded(9, parts=1_001), Reason.FILE_TOO_LARGE),
        refused("orders__corners.xlsx", _far_corners(), Reason.FILE_TOO_LARGE),
        refused("orders__words.parquet", parquet({"order_id": words}, store_schema=False),
                Reason.FILE_TOO_LARGE),
    ]  # fmt: skip


def _padded(size: int, parts: int = 1) -> bytes:
    """A workbook with this many more parts of so many blanks each."""
    stream = io.BytesIO(xlsx(ONE))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for part in range(parts):
            with archive.open(f"xl/media/{part}.xml", "w") as member:
                for start in range(0, size, 1 << 20):
                    member.write(b" " * min(1 << 20, size - start))
    return stream.getvalue()


def _far_corners() -> bytes:
    """A sheet with a cell in its first and in its very last place."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as source, zipfile.ZipFile(stream, "w") as out:
        for member in source.infolist():
            data = source.read(member)
            if member.filename.startswith("xl/worksheets/"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            out.writestr(member, data)
    return stream.getvalue()


@family
def parts_with_paths() -> list[BadFile]:
    """A part of the workbook has a path that leads out of it: nothing is ever unpacked to disk."""
    files = []
    for number, name in enumerate(("../../evil.csv", "/tmp/evil.csv", "C:\\evil.csv", "a/../../e")):
        stream = io.BytesIO(xlsx(orders({"order_id": f"p{number}"})))
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(name, "evil")
        files.append(loaded(f"orders__path{number}.xlsx", stream.getvalue()))
    return files


@family
def giant_line() -> list[BadFile]:
    """A single row is tens of megabytes long."""
    head, long = ONE.encode(), b"x" * (34 << 20)
    ragged = head + b"8," + long[: 17 << 20] + b"\n"
    return [
        refused("orders__cell.csv", head + b"8," + long + b"\n", Reason.UNREADABLE_FILE),
        refused("orders__quoted.csv", head + b'8,"' + long + b'"\n', Reason.UNREADABLE_FILE),
        set_aside("orders__ragged.csv", ragged, Reason.RAGGED_ROW, read=2, row=3),
        refused("orders__header.csv", long, Reason.UNREADABLE_FILE),
    ]


@family
def several_sheets() -> list[BadFile]:
    """Several sheets have data, and none or more than one is named as the template."""
    one, two = orders({"order_id": "s1"}), orders({"order_id": "s2"})
    return [
        refused("orders__a.xlsx", xlsx(one, two), Reason.AMBIGUOUS_SHEET),
        refused("orders__b.xlsx", xlsx(one, two, ONE), Reason.AMBIGUOUS_SHEET),
        refused("orders__c.xlsx", xlsx(one, "note\n", names=["a", "b"]), Reason.AMBIGUOUS_SHEET),
        refused("orders__d.xlsx", xlsx(two, one, names=["x", "items"]), Reason.AMBIGUOUS_SHEET),
    ]
