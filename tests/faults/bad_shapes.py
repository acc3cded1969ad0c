"""Families of files that are bad in their shape: encodings, headers, columns, rows, totals."""

import pyarrow as pa
from bad_file import (
    ORDER,
    ORDER_NAMES,
    BadFile,
    family,
    loaded,
    numbered,
    orders,
    parquet,
    refused,
    set_aside,
    table,
    told,
    xlsx,
)

from regulars.sources.files import Reason

ITEMS = "item_id,item_name\nD1,烤鸭\nD2,米饭\n"
COUNTER = "Check No,Outlet,Paid At,Service,Guest ID,Amount Due\n"
CHECKS = (
    "8001,S1,10/01/2025 12:10,dine_in,Guest-7,38.00\n8002,S1,10/01/2025 19:25,takeaway,,25.00\n"
)
PAYOUT = "Booking No,Shop,Commission,Paid Out\n"


@family
def other_encoding() -> list[BadFile]:
    """It is not UTF-8 but GB18030, as spreadsheets in China write it."""
    return [
        told(f"items__{number}.csv", f"item_id,item_name\nD{number},{name}\n".encode(code),
             Reason.READ_AS_GB18030)
        for number, (name, code) in enumerate(
            [("烤鸭", "gbk"), ("𠮷野家", "gb18030"), ("￥套餐", "gb18030"), ("饺子", "gb2312")]
        )
    ]  # fmt: skip


@family
def marked_encoding() -> list[BadFile]:
    """It is UTF-16 or UTF-8 with a mark."""
    ways = [
        ITEMS.encode("utf-8-sig"), ITEMS.encode("utf-16"),
        b"\xfe\xff" + ITEMS.encode("utf-16-be"), ITEMS.replace(",", "\t").encode("utf-16"),
    ]  # fmt: skip
    return [
        loaded(f"items__mark{at}.csv", data, read=2, cells=("item_name", ["烤鸭", "米饭"]))
        for at, data in enumerate(ways)
    ]


@family
def no_encoding() -> list[BadFile]:
    """Some byte fits no encoding, or two encodings are mixed."""
    return [
        refused("items__a.csv", b"item_id,item_name\nD1,Caf\xe9 noir\n", Reason.UNKNOWN_ENCODING),
        refused("items__b.csv", ITEMS.encode() + "D3,面\n".encode("gbk"), Reason.UNKNOWN_ENCODING),
        refused("items__c.csv", ITEMS.encode()[:-2], Reason.UNKNOWN_ENCODING),
        refused("items__d.csv", ITEMS.encode("utf-16")[:-1], Reason.UNKNOWN_ENCODING),
    ]


@family
def nul_bytes() -> list[BadFile]:
    """There is a NUL byte in the text."""
    return [
        refused("items__a.csv", ITEMS.encode() + b"D3,a\0b\n", Reason.NUL_BYTE),
        refused("items__b.csv", ITEMS.encode("utf-16-le"), Reason.NUL_BYTE),
        refused("items__c.csv", b"item_id,item\0_name\nD1,a\n", Reason.NUL_BYTE),
        refused("items__d.csv", ITEMS.encode() + b"\0", Reason.NUL_BYTE),
    ]


@family
def nul_in_a_cell() -> list[BadFile]:
    """A cell of a typed file has a NUL character."""
    names = ("item_id", "item_name", "category", "revenue_kind")
    good = {"item_id": "N1", "item_name": "Duck", "category": "mains", "revenue_kind": "sale"}
    return [
        set_aside(
            f"items__{name}.parquet",
            parquet({one: [f"{good[one]}\0x" if one == name else good[one]] for one in names}),
            "unknown_code:revenue_kind" if name == "revenue_kind" else f"control_character:{name}",
            row=1,
        )
        for name in names
    ]


@family
def unclosed_quote() -> list[BadFile]:
    """It ends inside quotes: it was cut, or a quote swallowed rows."""
    return [
        refused("items__a.csv", ITEMS + 'D3,"open\nD4,x\n', Reason.UNCLOSED_QUOTE),
        refused("items__b.csv", ITEMS + 'D3,12" cake\nD4,"x\n', Reason.UNCLOSED_QUOTE),
        refused("items__c.csv", 'item_id,item_name\nD1,"cut in here', Reason.UNCLOSED_QUOTE),
        refused("items__d.csv", ITEMS + '"D3', Reason.UNCLOSED_QUOTE),
    ]


@family
def line_breaks_in_cells() -> list[BadFile]:
    """A cell has line breaks, quotes and separators of its own."""
    ways = ("Duck,\ncrispy", 'Duck, "crispy"', "Duck;\r\n\r\ncrispy", "a\rb")
    return [
        loaded(
            f"items__break{at}.csv",
            table("items", {"item_id": "D1", "item_name": name}),
            cells=("item_name", [name]),
        )
        for at, name in enumerate(ways)
    ]


@family
def missing_column() -> list[BadFile]:
    """A column that is needed is missing, renamed or without a name."""
    good = orders({})
    return [
        refused("orders__removed.csv", orders({}, names=ORDER_NAMES).replace(
            "status", "state", 1), Reason.MISSING_COLUMN),
        refused("orders__renamed.csv", good.replace("store_id", "outlet", 1),
                Reason.MISSING_COLUMN),
        refused("orders__unnamed.csv", good.replace("total_amount", "", 1), Reason.MISSING_COLUMN),
        refused("orders__typo.xlsx", xlsx(good.replace("closed_at", "closedd_at", 1)),
                Reason.MISSING_COLUMN),
    ]  # fmt: skip


@family
def titles_above_the_header() -> list[BadFile]:
    """Titles, two header rows or merged headers stand where a template has its header."""
    good = orders({})
    return [
        refused("orders__title.csv", "Orders of the day\n" + good, Reason.MISSING_COLUMN),
        refused("orders__two.csv", "Order,Store,Time,Way,State,Sum,Guest\n" + good,
                Reason.MISSING_COLUMN),
        refused("orders__merged.xlsx", xlsx("Order,,,,Money,,\n" + good), Reason.MISSING_COLUMN),
        refused("orders__headless.csv", good.split("\n", 1)[1], Reason.MISSING_COLUMN),
    ]  # fmt: skip


@family
def header_not_found() -> list[BadFile]:
    """A layout looks for its header below titles, and there is none within 30 rows."""
    titles = "".join(f"title {number},,\n" for number in range(31))
    return [
        refused("checks__deep.csv", titles + COUNTER + CHECKS, Reason.HEADER_NOT_FOUND,
                source="counter"),
        refused("checks__none.csv", CHECKS, Reason.HEADER_NOT_FOUND, source="counter"),
        refused("checks__split.csv", "Check No,Outlet\nPaid At,Amount Due\n" + CHECKS,
                Reason.HEADER_NOT_FOUND, source="counter"),
        refused("checks__none.xlsx", xlsx(titles), Reason.HEADER_NOT_FOUND, source="counter"),
    ]  # fmt: skip


@family
def header_below_titles() -> list[BadFile]:
    """A layout finds its header below titles."""
    files = [
        f"Counter POS\n{COUNTER}{CHECKS}",
        f"Counter POS - checks,,\nprinted 11/01/2025\n\n{COUNTER}{CHECKS}",
        "".join(f"title {number}\n" for number in range(29)) + COUNTER + CHECKS,
        f"Number,Place,When,How,Who,How much\n{COUNTER}{CHECKS}",
    ]
    return [
        loaded(f"checks__titles{at}.csv", text, read=2, source="counter",
               cells=("total_minor", [3800, 2500]))
        for at, text in enumerate(files)
    ]  # fmt: skip


@family
def total_rows() -> list[BadFile]:
    """Total rows stand below the rows: they are checked, counted, and no orders."""
    plain = "TOTAL,,,,,63.00\n"
    ways = (plain, "合计,,,,,63.00\n", "total;63.00\n".replace(";", ","), plain + "\n合计,,,,,\n")
    return [
        loaded(
            f"checks__total{at}.csv", COUNTER + CHECKS + total, source="counter",
            counts=(2 + rows, 2, 0, 0, rows, 0),
        )
        for at, (total, rows) in enumerate(zip(ways, (1, 1, 1, 2), strict=True))
    ]  # fmt: skip


@family
def wrong_total() -> list[BadFile]:
    """The total row is not the sum of the rows: one is missing or was changed."""
    total = "TOTAL,,,,,63.00\n"
    first, _ = CHECKS.splitlines(keepends=True)
    bodies = (first + total, CHECKS.replace("38", "83") + total, CHECKS + first.replace(
        "8001", "8003") + total, CHECKS + "TOTAL,,,,,63.01\n")  # fmt: skip
    return [
        refused(f"checks__sum{at}.csv", COUNTER + body, Reason.CONTROL_TOTAL_DIFFERS,
                source="counter")
        for at, body in enumerate(bodies)
    ]  # fmt: skip


@family
def added_column() -> list[BadFile]:
    """It has columns that nobody asked for."""
    extra = orders({"mood": "fine", "order_id": "x1"})
    return [
        told("orders__added.csv", extra, Reason.UNKNOWN_COLUMNS),
        told("orders__added.xlsx", xlsx(extra), Reason.UNKNOWN_COLUMNS),
        told("orders__added.parquet", parquet(extra), Reason.UNKNOWN_COLUMNS),
        told("orders__unnamed_one.csv", extra.replace("mood", "", 1), Reason.UNKNOWN_COLUMNS),
    ]


@family
def other_order_and_spelling() -> list[BadFile]:
    """Its columns stand in another order, in another case or width, or under another known name."""
    backwards = orders({"order_id": "b1"}, names=ORDER_NAMES[::-1])
    return [
        loaded("orders__backwards.csv", backwards),
        loaded("orders__case.csv", orders({"order_id": "b2"}).replace("order_id", " Order ID ", 1)),
        loaded("orders__wide.csv", orders({"order_id": "b3"}).replace("status", "ｓｔａｔｕｓ", 1)),
        loaded("orders__alias.csv", orders({"order_id": "b4"}).replace("order_id", "订单号", 1)),
    ]


@family
def column_twice() -> list[BadFile]:
    """Two headers claim the same column."""
    good = orders({})
    return [
        refused("orders__a.csv", good.replace("customer_ref", "order_id", 1),
                Reason.DUPLICATE_COLUMN),
        refused("orders__b.csv", good.replace("customer_ref", "订单号", 1),
                Reason.DUPLICATE_COLUMN),
        refused("orders__c.xlsx", xlsx(good.replace("customer_ref", "Order-ID", 1)),
                Reason.DUPLICATE_COLUMN),
        refused("orders__d.csv", good.replace("customer_ref", "STATUS ", 1),
                Reason.DUPLICATE_COLUMN),
    ]  # fmt: skip


@family
def ragged_row() -> list[BadFile]:
    """A row has more or fewer cells than the header."""
    good = orders({"order_id": "r1"}, {"order_id": "r2"})
    return [
        set_aside("orders__long.csv", good + "r3,S1,a,b,c,d,Guest-7,more\n", Reason.RAGGED_ROW,
                  read=3, row=4),
        set_aside("orders__short.csv", good + "r3,Guest-7\n", Reason.RAGGED_ROW, read=3, row=4),
        set_aside("orders__note.csv", good.replace("r1,", "see Guest-7\nr1,", 1),
                  Reason.RAGGED_ROW, read=3),
        set_aside("orders__comma.csv", good.replace("10.00", "1,000.00", 1), Reason.RAGGED_ROW,
                  read=2),
    ]  # fmt: skip


@family
def no_text_form() -> list[BadFile]:
    """A column of a Parquet file is a list, a structure or bytes."""
    columns = {name: [ORDER[name]] for name in ORDER_NAMES}
    odd = {
        "list": pa.array([["a", "b"]]), "structure": pa.array([{"a": 1}]),
        "bytes": pa.array([b"\xff"]), "map": pa.array([[("a", 1)]], pa.map_("string", "int64")),
    }  # fmt: skip
    return [
        told(f"orders__{name}.parquet", parquet({**columns, "order_id": [name], "extra": column}),
             Reason.COLUMN_NOT_READ)
        for name, column in odd.items()
    ]  # fmt: skip


@family
def wrong_slot() -> list[BadFile]:
    """It is another file than its name and folder say."""
    lines = "order_id,store_id,line_no,item_id,item_name,quantity,gross_amount\n1,S1,1,D1,a,1,1\n"
    people = "customer_ref,customer_kind,display_name\nGuest-7,consumer,Guest-7\n"
    pays = "payment_id,order_id,store_id,tender,amount\n1,1,S1,cash,1\n"
    return [
        refused("orders__payments.csv", pays, Reason.WRONG_TEMPLATE),
        refused("items__lines.xlsx", xlsx(lines), Reason.WRONG_TEMPLATE),
        refused("leads__people.parquet", parquet(people), Reason.WRONG_TEMPLATE),
        refused("orders__payout.csv", "Parcel,Shop,Share,Paid Out\n1,S1,1,2025-01-10\n",
                Reason.WRONG_TEMPLATE),
    ]  # fmt: skip


@family
def two_kinds() -> list[BadFile]:
    """Its columns, or its name, fit two kinds equally well."""
    text = PAYOUT + "B1,S1,1.00,2025-01-10\n"
    return [
        refused("orders__two.csv", text, Reason.AMBIGUOUS_FILE),
        refused("orders__two.xlsx", xlsx(text), Reason.AMBIGUOUS_FILE),
        refused("items__two.parquet", parquet(text), Reason.AMBIGUOUS_FILE),
        refused("both.csv", COUNTER + CHECKS, Reason.AMBIGUOUS_FILE, source="counter"),
    ]


@family
def wrong_stores() -> list[BadFile]:
    """None of its rows is of a store of this source."""
    text = orders({"store_id": "S2"}, {"store_id": "S9"})
    return [
        refused("orders__a.csv", text, Reason.WRONG_STORE, source="solo"),
        refused("orders__b.xlsx", xlsx(text), Reason.WRONG_STORE, source="solo"),
        refused("orders__c.parquet", parquet(text), Reason.WRONG_STORE, source="solo"),
        refused("orders__d.csv", orders({"store_id": "Ｓ１"}), Reason.WRONG_STORE, source="solo"),
    ]


@family
def some_other_stores() -> list[BadFile]:
    """Some of its rows are of stores that are not this source's."""
    text = orders({"order_id": "o1"}, {"store_id": "S2"}, {"order_id": "o3"})
    ways = {"csv": text, "xlsx": xlsx(text), "parquet": parquet(text),
            "tsv": text.replace(",", "\t")}  # fmt: skip
    return [
        told(f"orders__some_{way}.{way.replace('tsv', 'csv')}", data, Reason.OTHER_STORES,
             source="solo", counts=(3, 2, 0, 0, 0, 1))
        for way, data in ways.items()
    ]  # fmt: skip


@family
def repeated_rows() -> list[BadFile]:
    """A row is there twice, to the last cell."""
    text = table("orders", *numbered([{"order_id": "w1"}, {"order_id": "w1"}, {}]))
    ways = {"csv": text, "xlsx": xlsx(text), "parquet": parquet(text)}
    files = [
        loaded(f"orders__twice.{way}", data, counts=(3, 2, 0, 1, 0, 0))
        for way, data in ways.items()
    ]
    thrice = table("orders", *numbered([{"order_id": "w2"}] * 3))
    return [*files, loaded("orders__thrice.csv", thrice, counts=(3, 1, 0, 2, 0, 0))]
