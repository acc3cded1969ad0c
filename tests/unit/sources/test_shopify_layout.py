"""Shopify's orders export: a shop with a till and an online menu, worked out by hand."""

import random

import pytest
from exports import csv_text, header_of, read_text_as, set_aside, told

from regulars.policy import SourcePolicy
from regulars.sources.files import FileContents, Reason
from regulars.sources.layouts import LAYOUTS

HEADER = header_of(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Zip,Billing Phone,Shipping Name,Shipping Zip,"
    "Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,"
    "Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties"
)
# 2 x 12.00 + 1 x 6.00 - 3.00 + 4.00 shipping + 2.48 tax = 33.48
SALE = {
    "Name": "#1001", "Email": "Nora.Probe@Example.com", "Financial Status": "paid",
    "Paid at": "2025-01-10 18:23:11 -0500", "Accepts Marketing": "yes", "Currency": "USD",
    "Subtotal": "27.00", "Shipping": "4.00", "Taxes": "2.48", "Total": "33.48",
    "Discount Code": "WELCOME", "Discount Amount": "3.00", "Shipping Method": "Courier",
    "Created at": "2025-01-10 18:20:00 -0500", "Lineitem quantity": "2",
    "Lineitem name": "Lasagne", "Lineitem price": "12.00", "Lineitem sku": "LAS",
    "Billing Name": "Nora Probe", "Payment Method": "Shopify Payments",
    "Refunded Amount": "0.00", "Vendor": "Kitchen", "Id": "5550001", "Source": "web",
    "Lineitem discount": "0.00", "Phone": "'+15550000001",
}  # fmt: skip
MORE = {
    "Name": "#1001", "Email": "Nora.Probe@Example.com", "Lineitem quantity": "1",
    "Lineitem name": "Green Salad", "Lineitem price": "6.00", "Vendor": "Kitchen",
}  # fmt: skip
# 1 x 5.00 + 0.40 tax = 5.40
TILL = {
    "Name": "#1002", "Financial Status": "paid", "Paid at": "2025-01-10 12:01:00 -0500",
    "Currency": "USD", "Subtotal": "5.00", "Shipping": "0.00", "Taxes": "0.40", "Total": "5.40",
    "Discount Amount": "0.00", "Created at": "2025-01-10 12:00:30 -0500",
    "Lineitem quantity": "1", "Lineitem name": "Espresso", "Lineitem price": "5.00",
    "Payment Method": "Cash", "Source": "pos", "Location": "Harbour Street",
}  # fmt: skip
SOURCE = SourcePolicy(
    name="shopify", layout="shopify", folder="shopify", time_zone="America/New_York",
    currency_code="USD", stores=("S1", "S9"),
    store_map={"Harbour Street": "S1", "online": "S9", "Hill Road": "S2"},
)  # fmt: skip


@pytest.fixture
def orders(tmp_path):
    def drop(*rows: dict[str, str], source=SOURCE, **told_otherwise: str) -> FileContents:
        text = (LAYOUTS / "shopify.yaml").read_text("utf-8")
        for name, value in told_otherwise.items():
            text = text.replace(f"{name}: false", f"{name}: {value}")
        (tmp_path / "shopify.yaml").write_text(text, encoding="utf-8")
        return read_text_as(
            tmp_path, source, "orders_2025-01-10.csv", csv_text(HEADER, rows), tmp_path
        )

    return drop


def test_the_first_row_speaks_for_the_whole_order(orders):
    contents = orders(SALE, MORE)
    assert told(contents, "orders", "order_id external_order_id store_id channel status") == [
        "#1001|5550001|S9|delivery_own|paid"
    ]
    money = "gross_amount discount_amount delivery_fee_amount tax_amount total_amount"
    assert told(contents, "orders", money) == ["30.00|3.00|4.00|2.48|33.48"]
    assert told(contents, "orders", "closed_at customer_ref") == [
        "2025-01-10 18:23:11-0500|nora.probe@example.com"
    ]
    lines = "order_id store_id line_no item_id quantity gross_amount"
    assert sorted(told(contents, "order_lines", lines)) == [
        "#1001|S9|1|shopify:green_salad|1|6.00", "#1001|S9|2|LAS|2|24.00",
    ]  # fmt: skip
    assert contents.findings == ()


def test_a_code_is_a_coupon_of_the_whole_order(orders):
    names = "adjustment_id order_id line_no adjustment_type amount reason"
    assert told(orders(SALE, MORE), "adjustments", names) == [
        "#1001:discount|#1001||coupon|3.00|WELCOME"
    ]


def test_the_till_is_a_source_and_its_location_a_store(orders):
    contents = orders(TILL)
    assert told(contents, "orders", "store_id channel customer_ref") == ["S1|dine_in|"]
    assert told(contents, "payments", "payment_id tender amount") == ["#1002:1|cash|5.40"]
    assert told(contents, "customers", "customer_ref") == []


def test_a_guest_is_known_by_mail_and_phone_and_by_what_he_accepts(orders):
    again = SALE | {
        "Name": "#1003", "Accepts Marketing": "no", "Created at": "2025-01-12 09:00:00 -0500",
    }  # fmt: skip
    contents = orders(SALE, MORE, again)
    assert told(contents, "customers", "customer_ref display_name phone email") == [
        "nora.probe@example.com|Nora Probe|+15550000001|nora.probe@example.com"
    ]
    assert told(contents, "order_identifiers", "order_id identifier_type identifier_value")[:2] == [
        "#1001|email|nora.probe@example.com", "#1001|phone|+15550000001",
    ]  # fmt: skip
    assert told(contents, "consents", "contact_channel consent_status consented_at") == [
        "email|granted|2025-01-10 18:20:00-0500", "email|denied|2025-01-12 09:00:00-0500",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "status", "refunds"),
    [
        ({"Financial Status": "refunded", "Refunded Amount": "33.48"}, "paid", ["31.00"]),
        # A third of 33.48 was given back; a third of the tax, 0.83, is in it.
        ({"Financial Status": "partially_refunded", "Refunded Amount": "11.16"}, "paid", ["10.33"]),
        ({"Financial Status": "pending", "Paid at": ""}, "open", []),
        ({"Financial Status": "voided"}, "voided", []),
        (
            {"Cancelled at": "2025-01-10 19:00:00 -0500", "Refunded Amount": "33.48"},
            "cancelled",
            [],
        ),
    ],
)
def test_a_refund_gives_back_the_price_without_its_tax(orders, cells, status, refunds):
    contents = orders(SALE | cells, MORE)
    assert told(contents, "orders", "status") == [status]
    kinds = told(contents, "adjustments", "adjustment_type order_id amount")
    assert [kind.split("|")[2] for kind in kinds if kind.startswith("refund|#1001|")] == refunds
    assert len(kinds) == len(refunds) + (status == "paid")
    assert len(told(contents, "payments", "amount")) == (status == "paid")


def test_a_lines_own_discount_comes_off_the_line(orders):
    contents = orders(SALE | {"Lineitem discount": "2.00", "Taxes": "2.32", "Total": "31.32"}, MORE)
    assert "LAS|2.00" in told(contents, "order_lines", "item_id discount_amount")
    assert told(contents, "orders", "discount_amount") == ["5.00"]
    assert contents.findings == ()


def test_a_discount_that_has_the_lines_own_in_it_is_told_to_have(orders):
    contents = orders(
        SALE | {"Lineitem discount": "2.00"}, MORE,
        line_discounts_are_in_the_order_discount="true",
    )  # fmt: skip
    assert told(contents, "adjustments", "amount") == ["1.00"]
    assert told(contents, "orders", "discount_amount") == ["3.00"]
    assert contents.findings == ()


def test_tax_inside_the_prices_is_shared_over_the_lines(orders):
    contents = orders(SALE | {"Total": "31.00"}, MORE, taxes_included="true")
    # 2.48 over 6.00 and 24.00.
    assert sorted(told(contents, "order_lines", "gross_amount tax_amount")) == [
        "24.00|1.99", "6.00|0.49",
    ]  # fmt: skip
    assert told(contents, "orders", "is_tax_included") == ["true"]
    assert contents.findings == ()


def test_a_gift_card_is_no_revenue(orders):
    card = TILL | {"Lineitem name": "Gift Card - $5.00", "Taxes": "0.00", "Total": "5.00"}
    assert told(orders(card), "items", "item_id revenue_kind") == [
        "gift_card:shopify:gift_card_5_00|gift_card"
    ]


def test_a_pickup_is_told_by_its_shipping_method(orders):
    assert told(orders(SALE | {"Shipping Method": "Local Pickup"}, MORE), "orders", "channel") == [
        "takeaway"
    ]


def test_a_total_that_its_parts_do_not_explain_is_told_and_kept(orders):
    contents = orders(SALE | {"Total": "35.48"}, MORE)
    assert told(contents, "orders", "total_amount") == ["35.48"]
    assert [finding.code for finding in contents.findings] == [Reason.AMOUNTS_DIFFER]


def test_the_order_of_the_rows_does_not_number_the_lines(orders):
    rows = [SALE, MORE, MORE | {"Lineitem name": "Bread"}, TILL]
    names = "order_id line_no item_id gross_amount"
    first = sorted(told(orders(*rows), "order_lines", names))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert sorted(told(orders(*rows), "order_lines", names)) == first


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Lineitem quantity": "1.5"}, "amount_not_exact"),
        ({"Lineitem price": "12.0O"}, "amount_not_exact"),
        ({"Lineitem discount": "-2.00"}, "wrong_sign"),
    ],
)
def test_a_line_that_cannot_be_read_takes_its_order_with_it(orders, cells, reason):
    contents = orders(SALE, MORE | cells, TILL)
    assert set_aside(contents) == {2: "part_of_bad_order", 3: reason}
    assert told(contents, "orders", "order_id") == ["#1002"]
    assert told(contents, "customers", "customer_ref") == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Source": "580111"}, "unknown_code"),
        ({"Financial Status": "lost"}, "unknown_code"),
        ({"Created at": "yesterday", "Paid at": ""}, "unreadable_time"),
        ({"Total": "33,48"}, "amount_not_exact"),
        ({"Name": ""}, "missing_id"),
        ({"Currency": "CAD"}, "wrong_currency"),
        ({"Created at": ""}, "part_of_bad_order"),
    ],
)
def test_an_order_that_cannot_be_read_is_set_aside(orders, cells, reason):
    assert set_aside(orders(SALE | cells))[2] == reason


def test_an_order_with_two_first_rows_is_two_orders_of_one_name(orders):
    assert set_aside(orders(SALE, MORE, SALE | {"Total": "1.00"})) == {
        2: "part_of_bad_order", 3: "part_of_bad_order", 4: "conflicting_rows",
    }  # fmt: skip


def test_orders_of_other_stores_are_out_of_scope_with_all_their_lines(orders):
    contents = orders(TILL, TILL | {"Name": "#1009", "Location": "Hill Road"},
                      MORE | {"Name": "#1009"})  # fmt: skip
    assert (contents.rows_read, contents.out_of_scope_rows) == (3, 2)
    assert told(contents, "orders", "order_id") == ["#1002"]
