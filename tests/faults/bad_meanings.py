"""Families of files that are odd in what they say: days, refunds, repeats, giants."""

import datetime as dt
import json

from bad_file import BadFile, family, loaded, orders, parquet, set_aside, table, warned, xlsx

from regulars.sources.files import Reason

FRIDAY, THURSDAY = dt.date(2025, 1, 10), dt.date(2025, 1, 9)


def _days(stem: str, dates: list[dt.date], *changes: dict[str, str]) -> BadFile:
    given = [{"order_id": f"{stem}{at}", **change} for at, change in enumerate(changes)]
    return loaded(f"orders__{stem}.csv", orders(*given), read=len(changes),
                  cells=("business_date", dates))  # fmt: skip


@family
def edges_of_the_day() -> list[BadFile]:
    """Orders a second before and at the cut-off, at stores with a cut-off of their own."""
    return [
        _days("shut", [THURSDAY], {"closed_at": "2025-01-10 03:59:59"}),
        _days("open", [FRIDAY], {"closed_at": "2025-01-10 04:00:00"}),
        _days("midnight", [THURSDAY, FRIDAY], {"closed_at": "2025-01-09 23:59:59",
              "store_id": "S2"}, {"closed_at": "2025-01-10 00:00:00", "store_id": "S2"}),
        _days("given", [THURSDAY], {"closed_at": "2025-01-10 09:00",
                                    "business_date": "2025-01-09"}),
    ]  # fmt: skip


@family
def across_midnight() -> list[BadFile]:
    """Opened on one day and closed on the next: it belongs to the evening it was part of."""
    night = {"opened_at": "2025-01-09 23:40", "closed_at": "2025-01-10 01:30"}
    return [
        _days("night", [THURSDAY], night),
        _days("night_given", [FRIDAY], {**night, "business_date": "2025-01-10"}),
        _days("night_short", [THURSDAY], {**night, "business_date": "20250109"}),
        _days("night_slash", [THURSDAY], {**night, "business_date": "2025/1/9"}),
    ]


@family
def clocks_that_change() -> list[BadFile]:
    """Local times in the hour that is skipped or repeated when clocks change."""

    def new_york(stem: str, local: str, *utc: str) -> BadFile:
        rows = [{"order_id": f"{stem}{at}", "store_id": "S3", "closed_at": text,
                 "currency_code": "USD"} for at, text in enumerate(local.split("|"))]  # fmt: skip
        instants = [dt.datetime.fromisoformat(text) for text in utc]
        return loaded(f"orders__{stem}.csv", orders(*rows), read=len(rows),
                      cells=("closed_at", instants))  # fmt: skip

    return [
        new_york("gap", "2025-03-09 02:30", "2025-03-09 07:30"),
        new_york("fold", "2025-11-02 01:30", "2025-11-02 05:30"),
        new_york("both", "2025-11-02T01:30-04:00|2025-11-02T01:30-05:00", "2025-11-02 05:30",
                 "2025-11-02 06:30"),
        new_york("zulu", "2025-11-02T06:30Z", "2025-11-02 06:30"),
    ]  # fmt: skip


@family
def clock_off() -> list[BadFile]:
    """An order that was opened more than 15 minutes after it was closed: a clock is wrong."""

    def off(name: str, opened: str) -> BadFile:
        text = orders({"order_id": f"k{name}", "opened_at": opened})
        data = xlsx(text) if name == "sheet" else text
        ending = "xlsx" if name == "sheet" else "csv"
        return warned(f"orders__{name}.{ending}", data, "clock_skew")

    return [off("minutes", "2025-01-10 12:16"), off("hour", "2025-01-10 13:00"),
            off("day", "2025-01-11 12:00"), off("sheet", "2025-01-10 12:30")]  # fmt: skip


@family
def guests_who_are_nobody() -> list[BadFile]:
    """Where a guest should stand is a word for nobody: the order is anonymous."""
    words = {"null": "null", "na": "N/A", "walk": "散客", "zeros": "0000"}
    return [
        warned(f"orders__{name}.csv", orders({"order_id": f"n{name}", "customer_ref": word}),
               "nobodys_reference:customer_ref")
        for name, word in words.items()
    ]  # fmt: skip


@family
def identifiers_of_nobody() -> list[BadFile]:
    """What should say who somebody is says nobody: a masked phone, a shared mailbox."""
    till = {"order_id": "n1", "store_id": "S1", "identifier_type": "phone"}
    member = {"customer_ref": "m1", "customer_kind": "consumer"}
    account = {"account_id": "n1", "account_name": "Nobody Ltd", "tax_id": "N/A"}
    masked = "138****8000"
    return [
        warned("order_identifiers__masked.csv",
               table("order_identifiers", {**till, "identifier_value": masked}),
               "unusable_identifier:masked"),
        warned("customers__masked.csv", table("customers", {**member, "phone": masked}),
               "unusable_phone:masked"),
        warned("customers__shared.csv", table("customers", {**member, "email": "info@example.org"}),
               "unusable_email:shared_mailbox"),
        warned("accounts__placeholder.csv", table("accounts", account),
               "unusable_tax_id:placeholder"),
    ]  # fmt: skip


@family
def late_rows() -> list[BadFile]:
    """A file of today has orders of long ago: their own days are built again."""
    ages = (1, 7, 40, 400)
    return [
        _days(f"late{age}", [FRIDAY - dt.timedelta(days=age)],
              {"closed_at": f"{FRIDAY - dt.timedelta(days=age)} 12:00"})
        for age in ages
    ]  # fmt: skip


@family
def refunds_and_voids() -> list[BadFile]:
    """Refunds, voids and returns: negative, of their own id, and no mistake."""
    line = {"order_id": "1", "store_id": "S1", "line_no": "1", "item_id": "D1", "quantity": "-1",
            "gross_amount": "-10.00"}  # fmt: skip
    adjustment = {"adjustment_id": "a9", "store_id": "S1", "adjustment_type": "refund",
                  "funded_by": "merchant", "amount": "10.00", "order_id": "gone",
                  "adjusted_at": "2025-01-10 12:00"}  # fmt: skip
    return [
        loaded("orders__refund.csv", orders({"order_id": "f1", "total_amount": "-10.00"}),
               cells=("total_minor", [-1000])),
        loaded("orders__void.csv", orders({"order_id": "f2", "status": "voided"}),
               cells=("status", ["voided"])),
        loaded("order_lines__return.csv", table("order_lines", line),
               cells=("quantity_milli", [-1000])),
        loaded("adjustments__orphan.csv", table("adjustments", adjustment),
               cells=("amount_minor", [1000])),
    ]  # fmt: skip


@family
def same_key_other_content() -> list[BadFile]:
    """Two rows of one file say different things under one key: neither is believed."""
    text = orders({"order_id": "q"}, {"order_id": "q", "total_amount": "11.00"}, {})
    other = orders({"order_id": "q"}, {"order_id": "q", "status": "voided"}, {})
    more = {"counts": (3, 1, 2, 0, 0, 0)}
    return [
        set_aside("orders__clash.csv", text, "conflicting_key", **more),
        set_aside("orders__clash.xlsx", xlsx(text), "conflicting_key", **more),
        set_aside("orders__clash.parquet", parquet(text), "conflicting_key", **{**more, "row": 1}),
        set_aside("orders__state.csv", other, "conflicting_key", **more),
    ]


@family
def same_lines_twice() -> list[BadFile]:
    """Two lines of an order are alike to the cent: both were eaten."""
    rows = [{"order_id": "1", "store_id": "S1", "line_no": str(number), "item_id": "D1",
             "quantity": "1", "gross_amount": "5.00"} for number in (1, 2)]  # fmt: skip
    text = table("order_lines", *rows)
    ways = {"csv": text, "xlsx": xlsx(text), "parquet": parquet(text)}
    files = [
        loaded(f"order_lines__alike.{way}", data, read=2, cells=("line_no", [1, 2]))
        for way, data in ways.items()
    ]
    tabs = text.replace(",", ";")
    return [*files, loaded("order_lines__semicolons.csv", tabs, read=2, cells=("line_no", [1, 2]))]


@family
def giants_and_nothings() -> list[BadFile]:
    """Amounts or quantities beyond what is usual, and totals that do not tie: told, not dropped."""
    line = {"order_id": "1", "store_id": "S1", "line_no": "1", "item_id": "D1",
            "quantity": "1001", "gross_amount": "5.00"}  # fmt: skip
    bill = {"order_id": "g3", "gross_amount": "12.00", "discount_amount": "1.00"}
    invoice = {"invoice_id": "i1", "account_id": "a", "issued_on": "2025-01-10",
               "due_on": "2025-01-09", "amount": "5"}  # fmt: skip
    return [
        warned("orders__giant.csv", orders({"order_id": "g1", "total_amount": "10000000.00"}),
               "unusual_amount"),
        warned("order_lines__giant.csv", table("order_lines", line), "unusual_quantity"),
        warned("orders__untied.csv", orders(bill), "total_does_not_tie"),
        warned("invoices__early.csv", table("invoices", invoice), "due_before_issue"),
    ]  # fmt: skip


@family
def odd_sizes() -> list[BadFile]:
    """Nothing to pay, one cent, five hundred lines, a home store that is not ours."""
    rows = [{"order_id": "1", "store_id": "S1", "line_no": str(number), "item_id": "D1",
             "quantity": "1", "gross_amount": "0.01"} for number in range(1, 501)]  # fmt: skip
    people = "customer_ref,customer_kind,home_store_id\nGuest-7,consumer,S9\n"
    return [
        loaded("orders__free.csv", orders({"order_id": "z1", "total_amount": "0"}),
               cells=("total_minor", [0])),
        loaded("orders__cent.csv", orders({"order_id": "z2", "total_amount": ".01"}),
               cells=("total_minor", [1])),
        loaded("order_lines__many.csv", table("order_lines", *rows), read=500),
        warned("customers__home.csv", people, "unknown_home_store"),
    ]  # fmt: skip


@family
def nobody_known() -> list[BadFile]:
    """Orders without a guest, and words that libraries take for nothing."""
    words = ("", "None", "NA", "null")
    return [
        loaded(f"orders__guest{at}.csv", orders({"order_id": f"nn{at}", "customer_ref": word}),
               cells=("customer_key", [None] if not word else None))
        for at, word in enumerate(words)
    ]  # fmt: skip


def _group(stem: str, reason: str, **changes: str) -> BadFile:
    """A file of the six-brand group with one sale, as changed; the readers' own refusals."""
    row = {
        "restaurant_id": "S1", "brand": "Aura", "order_id": stem, "ordered_at": "2025-01-10 12:00",
        "day": "2025-01-10", "customer": "Guest-7", "items": "1 x Tea", "subtotal": "10.00",
        "packaging": "0", "total": "10.00", "rating": "", "complaint": "", "disc_promo": "0",
        "disc_flat": "0", "disc_gold": "0", "disc_pack": "0", "compensation": "", "penalty": "",
    }  # fmt: skip
    return set_aside(
        f"orders__{stem}.parquet", parquet({k: [v] for k, v in {**row, **changes}.items()}),
        reason, source="group", row=1,
    )  # fmt: skip


@family
def items_not_to_be_read() -> list[BadFile]:
    """A text of items that is not `<number> x <name>`."""
    texts = ("Tea", "0 x Tea", "1 x ", json.dumps({"Tea": 1}))
    return [
        _group(f"items{at}", Reason.UNREADABLE_ITEMS, items=text) for at, text in enumerate(texts)
    ]


@family
def amounts_not_exact() -> list[BadFile]:
    """An amount of a reader's file with more than two decimals, or that is none."""
    texts = ("10.005", "ten", "1/3", "NaN")
    return [
        _group(f"amount{at}", Reason.AMOUNT_NOT_EXACT, subtotal=text)
        for at, text in enumerate(texts)
    ]
