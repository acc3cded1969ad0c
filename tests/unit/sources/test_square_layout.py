"""Square's two exports: a small café's days, worked out by hand."""

import random

import pytest
from exports import csv_text, header_of, read_text_as, set_aside, told

from regulars.policy import SourcePolicy
from regulars.sources.files import FileContents, FileRefused, Reason

ITEM_HEADER = header_of(
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
    "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,"
    "Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix"
)
OLD_ITEM_HEADER = [*ITEM_HEADER[:13], *ITEM_HEADER[13:15], *ITEM_HEADER[18:22]]
PAID_HEADER = header_of(
    "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,"
    "Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,"
    "Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,"
    "Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,"
    "Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,"
    "Refund Reason,Discount Name,Transaction Status,Cash App,Order Reference ID,Fulfillment Note,"
    "Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee"
)
EASTERN = "Eastern Time (US & Canada)"
SOURCE = SourcePolicy(
    name="square", layout="square", folder="square", time_zone="America/New_York",
    currency_code="USD", stores=("S1",), store_map={"Harbour Street": "S1", "Hill Road": "S2"},
)  # fmt: skip
COFFEE = {
    "Date": "2025-01-10", "Time": "08:15:00", "Time Zone": EASTERN, "Category": "None",
    "Item": "Flat White", "Qty": "1.00000", "Gross Sales": "$4.50", "Discounts": "$0.00",
    "Net Sales": "$4.50", "Tax": "$0.40", "Transaction ID": "T1", "Payment ID": "P1",
    "Event Type": "Payment", "Location": "Harbour Street", "Dining Option": "For Here",
    "Itemization Type": "Physical Good", "Token": "TOK1",
}  # fmt: skip
CAKE = COFFEE | {
    "Item": "Carrot Cake", "Category": "Bakery", "Gross Sales": "$7.00", "Discounts": "-$0.70",
    "Net Sales": "$6.30", "Tax": "$0.56", "Token": "TOK2",
}  # fmt: skip
PAID = {
    "Date": "2025-01-10", "Time": "08:15:00", "Time Zone": EASTERN, "Gross Sales": "$16.00",
    "Discounts": "-$0.70", "Service Charges": "$1.00", "Net Sales": "$16.30",
    "Gift Card Sales": "$0.00", "Tax": "$1.36", "Tip": "$2.00", "Partial Refunds": "$0.00",
    "Total Collected": "$19.66", "Source": "Point of Sale", "Card": "$19.66", "Cash": "$0.00",
    "Fees": "-$0.81", "Transaction ID": "T1", "Payment ID": "P1", "Event Type": "Payment",
    "Location": "Harbour Street", "Dining Option": "For Here", "Transaction Status": "Complete",
}  # fmt: skip


@pytest.fixture
def items(tmp_path):
    def drop(*rows: dict[str, str], header=ITEM_HEADER, source=SOURCE) -> FileContents:
        return read_text_as(
            tmp_path, source, "items-2025-01-10-2025-01-11.csv", csv_text(header, rows)
        )

    return drop


@pytest.fixture
def paid(tmp_path):
    def drop(*rows: dict[str, str], header=PAID_HEADER) -> FileContents:
        return read_text_as(
            tmp_path, SOURCE, "transactions-2025-01-10-2025-01-11.csv", csv_text(header, rows)
        )

    return drop


def test_the_rows_of_a_transaction_are_one_order(items):
    contents = items(COFFEE, CAKE, COFFEE)
    assert told(contents, "orders", "order_id store_id closed_at channel status") == [
        "T1|S1|2025-01-10T13:15:00Z|dine_in|paid"
    ]
    # 4.50 + 7.00 + 4.50 sold, 0.70 off, 0.40 + 0.56 + 0.40 tax.
    assert told(contents, "orders", "gross_amount discount_amount tax_amount total_amount") == [
        "16.00|0.70|1.36|16.66"
    ]


def test_two_lines_that_say_the_same_are_two_lines(items):
    lines = told(
        items(COFFEE, CAKE, COFFEE), "order_lines", "line_no item_id quantity gross_amount"
    )
    assert sorted(lines) == ["1|TOK2|1|7.00", "2|TOK1|1|4.50", "3|TOK1|1|4.50"]


def test_the_order_of_the_rows_does_not_number_the_lines(items):
    rows = [COFFEE, CAKE, COFFEE | {"Transaction ID": "T2"}, CAKE | {"Qty": "2"}]
    names = "order_id line_no item_id quantity gross_amount discount_amount"
    first = sorted(told(items(*rows), "order_lines", names))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert sorted(told(items(*rows), "order_lines", names)) == first


def test_a_category_called_none_is_a_category(items):
    assert told(items(COFFEE), "items", "item_id category revenue_kind") == ["TOK1|None|sale"]


def test_a_refund_lowers_the_sales_of_its_own_day_under_its_own_number(items):
    refund = CAKE | {
        "Date": "2025-01-11", "Transaction ID": "R9", "Payment ID": "P9", "Event Type": "Refund",
        "Gross Sales": "($7.00)", "Discounts": "$0.70", "Net Sales": "-$6.30", "Tax": "-$0.56",
    }  # fmt: skip
    contents = items(COFFEE, refund)
    assert told(contents, "adjustments", "adjustment_id adjustment_type amount order_id") == [
        "R9:refund|refund|6.30|"
    ]
    assert told(contents, "adjustments", "store_id funded_by adjusted_at") == [
        "S1|merchant|2025-01-11T13:15:00Z"
    ]
    assert told(contents, "orders", "order_id total_amount") == ["T1|4.90"]


def test_a_refund_whose_payment_is_in_the_file_knows_its_order(items):
    refund = COFFEE | {
        "Transaction ID": "R9", "Event Type": "Refund", "Gross Sales": "-$4.50",
        "Net Sales": "-$4.50", "Tax": "-$0.40",
    }  # fmt: skip
    assert told(items(COFFEE, refund), "adjustments", "amount order_id") == ["4.50|T1"]


def test_a_gift_card_sold_is_an_item_that_is_no_revenue(items):
    card = COFFEE | {
        "Item": "eGift Card", "Itemization Type": "Gift Card", "Token": "", "Tax": "",
        "Gross Sales": "$1,149.00", "Net Sales": "$1,149.00", "Transaction ID": "T5",
    }  # fmt: skip
    contents = items(card)
    assert told(contents, "items", "item_id revenue_kind") == [
        "gift_card:square:egift_card|gift_card"
    ]
    assert told(contents, "orders", "gross_amount total_amount") == ["1149.00|1149.00"]
    back = card | {"Event Type": "Refund", "Net Sales": "-$1,149.00", "Transaction ID": "R5"}
    assert items(card, back).out_of_scope_rows == 1


@pytest.mark.parametrize(
    ("zone", "time", "instant"),
    [
        ("Pacific Time (US & Canada)", "08:15:00", "2025-01-10T16:15:00Z"),
        ("America/Chicago", "8:15:00 AM", "2025-01-10T14:15:00Z"),
        ("", "08:15:00", "2025-01-10T13:15:00Z"),
        ("London", "23:59:59", "2025-01-10T23:59:59Z"),
    ],
)
def test_a_wall_clock_is_read_in_the_zone_beside_it(items, zone, time, instant):
    row = COFFEE | {"Time Zone": zone, "Date": "01/10/2025", "Time": time}
    assert told(items(row), "orders", "closed_at") == [instant]


def test_the_hour_that_happens_twice_keeps_both_orders(items):
    night = COFFEE | {"Date": "2025-11-02", "Time": "01:30:00"}
    contents = items(night, night | {"Transaction ID": "T2"})
    assert told(contents, "orders", "order_id closed_at") == [
        "T1|2025-11-02T05:30:00Z", "T2|2025-11-02T05:30:00Z",
    ]  # fmt: skip


def test_guests_are_named_once_and_cards_are_never_persons(items):
    guest = COFFEE | {
        "Customer ID": "C1", "Customer Name": "Ines Probe", "Customer Reference ID": "0042",
        "Card Brand": "Visa", "PAN Suffix": "0007",
    }  # fmt: skip
    contents = items(guest, guest | {"Transaction ID": "T2", "Customer Name": "I. Probe"})
    assert told(contents, "orders", "order_id customer_ref") == ["T1|C1", "T2|C1"]
    assert told(contents, "customers", "customer_ref display_name") == ["C1|Ines Probe"]
    assert told(contents, "customer_identifiers", "identifier_type identifier_value") == [
        "external_id|0042"
    ]
    assert told(contents, "order_identifiers", "order_id identifier_type identifier_value") == [
        "T1|card_suffix|Visa 0007", "T2|card_suffix|Visa 0007",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told_by", "word", "place"),
    [
        ("Dining Option", "To Go", "takeaway|"),
        ("Dining Option", "", "dine_in|"),
        ("Channel", "DoorDash", "delivery_platform|doordash"),
        ("Dining Option", "Uber Eats", "delivery_platform|uber_eats"),
    ],
)
def test_the_channel_is_what_the_layout_says_of_the_words(items, told_by, word, place):
    assert told(items(COFFEE | {told_by: word}), "orders", "channel platform") == [place]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"Dining Option": "Balcony"}, "unknown_code"),
        ({"Event Type": "Exchange"}, "unknown_code"),
        ({"Tax": "4O.00"}, "amount_not_exact"),
        ({"Qty": "one"}, "amount_not_exact"),
        ({"Gross Sales": "$4.505"}, "amount_not_exact"),
        ({"Discounts": "$0.70"}, "wrong_sign"),
    ],
)
def test_a_row_that_cannot_be_read_takes_its_whole_order_with_it(items, cell, reason):
    contents = items(COFFEE, CAKE | cell, COFFEE | {"Transaction ID": "T2"})
    assert set_aside(contents) == {2: "part_of_bad_order", 3: reason}
    assert told(contents, "orders", "order_id") == ["T2"]
    assert told(contents, "order_lines", "order_id") == ["T2"]
    assert contents.rows_read == 3


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"Time Zone": "Middle Earth"}, "unknown_time_zone"),
        ({"Date": "10 January"}, "unreadable_time"),
        ({"Transaction ID": ""}, "missing_id"),
    ],
)
def test_a_sale_without_a_time_or_a_number_is_set_aside(items, cell, reason):
    assert set_aside(items(COFFEE | cell)) == {2: reason}


def test_another_shops_rows_and_a_drawer_that_was_opened_are_out_of_scope(items):
    contents = items(
        COFFEE,
        COFFEE | {"Location": "Hill Road", "Transaction ID": "T2"},
        COFFEE | {"Event Type": "No Sale", "Transaction ID": "T3"},
    )
    assert (contents.rows_read, contents.out_of_scope_rows) == (3, 2)
    assert told(contents, "orders", "order_id") == ["T1"]


def test_an_old_export_of_nineteen_columns_gives_the_same_order(items):
    contents = items(COFFEE, CAKE, header=OLD_ITEM_HEADER)
    assert told(contents, "orders", "total_amount channel") == ["11.76|dine_in"]
    assert told(contents, "order_lines", "item_id") == ["square:carrot_cake", "square:flat_white"]


def test_transactions_tell_tip_service_charge_and_what_the_processor_took(paid):
    contents = paid(PAID | {"Order Reference ID": "EXT-7"})
    assert told(contents, "orders", "gross_amount discount_amount service_charge_amount") == [
        "16.00|0.70|1.00"
    ]
    assert told(contents, "orders", "tax_amount tip_amount total_amount external_order_id") == [
        "1.36|2.00|19.66|EXT-7"
    ]
    assert told(contents, "payments", "payment_id tender amount tip_amount fee_amount") == [
        "P1:card|card|19.66|2.00|0.81"
    ]
    assert contents.findings == ()


def test_a_split_payment_is_one_record_per_tender(paid):
    split = PAID | {
        "Card": "$10.00", "Cash": "$4.66", "Square Gift Card": "$3.00", "Other Tender": "$2.00",
        "Other Tender Type": "Voucher", "Third Party Fees": "-$0.10",
    }  # fmt: skip
    names = "payment_id tender amount tip_amount fee_amount"
    assert told(paid(split), "payments", names) == [
        "P1:card|card|10.00|2.00|0.91", "P1:cash|cash|4.66|0.00|0.00",
        "P1:square_gift_card|gift_card|3.00|0.00|0.00", "P1:other_tender|voucher|2.00|0.00|0.00",
    ]  # fmt: skip


def test_two_payments_of_one_transaction_are_one_order(paid):
    half = PAID | {
        "Gross Sales": "$8.00", "Discounts": "$0.00", "Service Charges": "$0.00", "Tax": "$0.00",
        "Tip": "$0.00", "Total Collected": "$8.00", "Card": "$8.00",
    }  # fmt: skip
    contents = paid(half, half | {"Payment ID": "P2", "Card": "$0.00", "Cash": "$8.00"})
    assert told(contents, "orders", "order_id total_amount revision") == ["T1|16.00|1"]
    assert told(contents, "payments", "payment_id amount") == ["P1:card|8.00", "P2:cash|8.00"]


def test_a_partial_refund_belongs_to_its_order(paid):
    contents = paid(PAID | {"Partial Refunds": "-$5.00", "Total Collected": "$14.66"})
    assert told(contents, "orders", "total_amount") == ["19.66"]
    assert told(contents, "adjustments", "adjustment_id order_id amount revision") == [
        "T1:partial_refund|T1|5.00|1"
    ]


def test_a_refund_is_the_same_record_as_in_the_item_sales(items, paid):
    """Under the same id: whoever drops both exports gives it back once."""
    from_items = items(
        CAKE | {"Event Type": "Refund", "Transaction ID": "R9", "Payment ID": "P9",
                "Discounts": "$0.70", "Net Sales": "-$6.30"},
    )  # fmt: skip
    from_payments = paid(
        {**PAID, "Event Type": "Refund", "Transaction ID": "R9", "Payment ID": "P9",
         "Gross Sales": "-$7.00", "Discounts": "$0.70", "Service Charges": "", "Tip": "",
         "Tax": "-$0.56", "Total Collected": "-$6.86", "Card": "-$6.86", "Fees": "$0.20"},
    )  # fmt: skip
    names = "adjustment_id store_id amount order_id adjusted_at"
    assert told(from_items, "adjustments", names) == told(from_payments, "adjustments", names)
    assert told(from_payments, "adjustments", "amount revision") == ["6.30|1"]
    assert told(from_payments, "payments", "payment_id order_id amount fee_amount") == [
        "P9:card|R9|-6.86|0.00"
    ]
    assert [finding.code for finding in from_payments.findings] == [Reason.COLUMN_NOT_READ]


def test_what_was_collected_beyond_the_parts_is_told_and_kept(paid):
    contents = paid(PAID | {"Total Collected": "$19.67", "Card": "$19.67"})
    assert told(contents, "orders", "total_amount") == ["19.67"]
    (finding,) = contents.findings
    assert finding.code is Reason.AMOUNTS_DIFFER
    assert "the parts of 1 payments" in finding.message


def test_a_payment_told_twice_in_other_words_sets_its_order_aside(paid):
    contents = paid(PAID, PAID | {"Tip": "$3.00"})
    assert set_aside(contents) == {2: "part_of_bad_order", 3: "conflicting_rows"}


def test_a_payment_told_twice_in_the_same_words_counts_once(paid):
    contents = paid(PAID, PAID)
    assert set(told(contents, "orders", "order_id total_amount")) == {"T1|19.66"}
    assert set_aside(contents) == {}


def test_item_sales_in_the_place_of_transactions_are_refused(tmp_path):
    with pytest.raises(FileRefused):
        read_text_as(
            tmp_path, SOURCE, "transactions-2025-01-10.csv", csv_text(ITEM_HEADER, [COFFEE])
        )
