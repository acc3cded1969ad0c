"""The day folder of a Toast till: what stands beside a file decides what can be known."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from exports import set_aside, told

from acceptance.sources.toast import (
    CHECKS,
    FILES,
    ITEMS,
    LATE,
    ORDERS,
    PAYMENTS,
    STORY,
    order,
    sheet_of,
)
from acceptance.stories import SourceFile
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, FileRefused, Reason
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

DAY = date(2025, 1, 10)
BY_STEM = {Path(file.name).stem: file for file in FILES}
ROWS = {
    "OrderDetails": ORDERS, "ItemSelectionDetails": ITEMS, "PaymentDetails": PAYMENTS,
    "CheckDetails": CHECKS,
}  # fmt: skip
Day = Callable[..., FileContents]


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """Put files into the day's folder (name=rows; None: all of the story's) and read the first."""

    def drop_and_read(**files: list[dict[str, str]] | None) -> FileContents:
        for stem, rows in files.items():
            shown = sheet_of(list(BY_STEM[stem].rows[0]), ROWS[stem] if rows is None else rows)
            put(tmp_path, SourceFile(BY_STEM[stem].name, shown))
        return read_one(tmp_path, next(iter(files)))

    return drop_and_read


def put(root: Path, file: SourceFile) -> None:
    path = root / STORY.source.folder / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.render())


def read_one(root: Path, stem: str) -> FileContents:
    files = discover(STORY.source, root, DAY, DAY).files
    dropped = next(file for file in files if file.name.endswith(f"/{stem}.csv"))
    return read(dropped, load_layout("toast"), STORY.source)


def test_a_check_alone_does_not_say_its_order_and_waits_for_the_file_that_does(day):
    with pytest.raises(FileRefused) as refusal:
        day(CheckDetails=None, OrderDetails=None)
    assert refusal.value.reason_code is Reason.COMPANION_MISSING
    assert refusal.value.file == "51234/20250110/CheckDetails.csv"
    contents = day(CheckDetails=None, ItemSelectionDetails=None)
    assert len(told(contents, "order_identifiers", "order_id")) == 7


def test_payments_tell_the_orders_of_checks_as_well(day):
    contents = day(CheckDetails=CHECKS[:1], PaymentDetails=None)
    assert told(contents, "order_identifiers", "order_id identifier_type") == [
        f"{LATE}|external_id", f"{LATE}|phone", f"{LATE}|email",
    ]  # fmt: skip


def test_a_check_that_no_file_knows_is_set_aside(day):
    contents = day(CheckDetails=[{**CHECKS[0], "Check Id": "C999"}], ItemSelectionDetails=None)
    assert set_aside(contents) == {2: "companion_missing"}
    assert told(contents, "customers", "customer_ref") == []


def test_two_guests_of_a_split_check_both_identify_its_order(day):
    contents = day(CheckDetails=None, ItemSelectionDetails=None)
    orders = told(contents, "order_identifiers", "order_id identifier_type identifier_value")
    ids = [one for one in orders if "external_id" in one and not one.startswith(LATE)]
    assert ids == [
        f"{ORDERS[4]['Order Id']}|external_id|88000000157343031",
        f"{ORDERS[4]['Order Id']}|external_id|88000000157343032",
    ]


@pytest.mark.parametrize(("beside", "refund"), [({"OrderDetails": None}, "10.00"), ({}, "10.80")])
def test_the_tax_in_a_refund_is_told_by_the_order_beside_it(day, beside, refund):
    contents = day(PaymentDetails=None, **beside)
    assert told(contents, "adjustments", "amount adjusted_at") == [f"{refund}|2025-01-15 10:00:00"]


def test_the_folder_says_the_business_date_and_the_account_comes_from_the_payments(day):
    contents = day(OrderDetails=[ORDERS[0], ORDERS[4]], PaymentDetails=None)
    assert told(contents, "orders", "business_date closed_at account_id") == [
        "2025-01-10|2025-01-11 01:30:00|", "2025-01-10|2025-01-10 20:00:00|H77",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dining", "channel", "platform"),
    [
        ("Dine In", "dine_in", ""),
        ("Take Out, Dine In", "takeaway", ""),
        ("Online Ordering - Delivery", "delivery_own", ""),
        ("UberEats - Delivery!", "delivery_platform", "uber_eats"),
        ("Catering Pickup", "catering", ""),
        ("", "dine_in", ""),
    ],
)
def test_a_dining_option_is_read_by_its_pattern(day, dining, channel, platform):
    contents = day(OrderDetails=[order(LATE, "5.00", "0.00", "5.00", **{"Dining Options": dining})])
    assert told(contents, "orders", "channel platform") == [f"{channel}|{platform}"]


def test_a_dining_option_that_nobody_knows_is_set_aside(day):
    rows = [order(LATE, "5.00", "0.00", "5.00", **{"Dining Options": "Teleport"}), ORDERS[1]]
    contents = day(OrderDetails=rows)
    assert set_aside(contents) == {2: "unknown_code"}
    assert len(told(contents, "orders", "order_id")) == 1


def test_a_selection_that_cannot_be_read_takes_its_order_along(day):
    contents = day(ItemSelectionDetails=[{**ITEMS[0], "Qty": "two"}, *ITEMS[1:4]])
    assert set_aside(contents) == {
        2: "amount_not_exact",
        3: "part_of_bad_order",
        4: "part_of_bad_order",
    }
    assert told(contents, "order_lines", "item_name") == ["Bowl"]


def test_a_line_keeps_its_number_in_every_export(day):
    columns = "line_no item_id gross_amount"
    usual = told(day(ItemSelectionDetails=None), "order_lines", columns)
    fewer = told(day(ItemSelectionDetails=ITEMS[:2:-1]), "order_lines", columns)
    assert sorted(fewer) == sorted(usual[3:])
    assert len({line.split("|")[0] for line in usual}) == 8


def test_what_nobody_reads_is_passed_over_and_the_rest_is_refused_by_name(day, tmp_path):
    day(OrderDetails=None)
    folder = tmp_path / "toast" / "51234" / "20250110"
    for name in ("TimeEntries.csv", "AccountingReport.xls", "MenuExportV2.json", "Holidays.csv"):
        (folder / name).write_text("a,b\n1,2\n")
    found = discover(STORY.source, tmp_path, DAY, DAY)
    assert [file.table for file in found.files] == ["orders"]
    assert [refused.file for refused in found.refused] == ["51234/20250110/Holidays.csv"]


def test_columns_may_have_the_restaurants_own_names(day, tmp_path):
    header = [
        {"Amount": "Net Amount", "Opened": "Opened Date"}.get(one, one)
        for one in BY_STEM["OrderDetails"].rows[0]
    ]
    rows = [tuple(reversed(row)) for row in (header, *BY_STEM["OrderDetails"].rows[1:])]
    put(tmp_path, SourceFile(BY_STEM["OrderDetails"].name, tuple(rows)))
    contents = read_one(tmp_path, "OrderDetails")
    assert told(contents, "orders", "gross_amount total_amount")[0] == "44.00|51.20"
    put(tmp_path, SourceFile(BY_STEM["OrderDetails"].name, tuple(row[1:] for row in rows)))
    assert len(told(read_one(tmp_path, "OrderDetails"), "orders", "order_id")) == 5
    put(tmp_path, SourceFile(BY_STEM["OrderDetails"].name, tuple(row[5:] for row in rows)))
    with pytest.raises(FileRefused, match="closed_at, voided is missing"):
        read_one(tmp_path, "OrderDetails")


def test_a_refund_of_a_day_without_an_hour_stays_on_that_day(day):
    contents = day(PaymentDetails=[{**PAYMENTS[0], "Refund Date": "1/15/25"}])
    assert told(contents, "adjustments", "adjusted_at") == ["2025-01-15 12:00:00"]


def test_what_a_person_paid_with_is_told_by_the_type_and_then_by_the_other_type(day):
    kinds = [("GIFTCARD", ""), ("OTHER", "Uber Eats"), ("OTHER", "Barter"), ("House Account", "")]
    rows = [
        {**PAYMENTS[3], "Payment Id": f"{number}", "Type": kind, "Other Type": other}
        for number, (kind, other) in enumerate(kinds)
    ]
    contents = day(PaymentDetails=rows)
    assert told(contents, "payments", "tender") == [
        "gift_card",
        "platform",
        "other",
        "house_account",
    ]
