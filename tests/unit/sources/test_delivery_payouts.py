"""Payouts of three delivery platforms: every amount a line, every difference told, none forced."""

import random
from collections import defaultdict
from decimal import Decimal

import pytest
from exports import csv_text, header_of, read_text_as, set_aside, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.policy import SourcePolicy
from regulars.sources.files import FileContents, Reason
from regulars.sources.layouts import LAYOUTS, load_layout
from regulars.sources.payout_rules import PayoutRules

UBER_HEADER = header_of(
    "Store Name,Store ID,Order ID,Workflow ID,Dining Mode,Payment Mode,Order Channel,Order Status,"
    "Order Date,Order Accept Time,Customer Uber-Membership Status,Sales (excl. tax),Tax on Sales,"
    "Sales (incl. tax),Order Error Adjustments,Tax on Order Error Adjustments,"
    "Order Error Adjustments (incl. tax),Price adjustments (excl. tax),Tax on Price Adjustments,"
    "Offers on items (incl. tax),Tax On Offers on items,Delivery Offer Redemptions (incl. tax),"
    "Tax On Delivery Offer Redemptions,Offer Redemption Fee,Bag Fee,Marketing Adjustment,"
    "Total Sales after Adjustments (incl tax),Marketplace Fee,Marketplace fee %,"
    "Tax on Marketplace Fee,Delivery Network Fee,Tax on Delivery Network Fee,Order Processing Fee,"
    "Delivery Fee,Tax On Delivery Fee,Tips,Capital payments,Container Deposit Fee,"
    "Other payments description,Other payments,Marketplace Facilitator Tax Adjustment,"
    "Marketplace Facilitator Tax,Backup Withholding Tax,Total payout ,Payout Date,Markup Amount,"
    "Markup Tax,Retailer Loyalty ID,Payout reference ID"
)
MEANINGS = ",".join(f"what column {number} means" for number in range(len(UBER_HEADER))) + "\n"
DASH_HEADER = header_of(
    "Business ID,Business name,Store ID,Store name,Timestamp local time,DoorDash transaction ID,"
    "DoorDash order ID,POS order ID,Transaction type,Channel,Description,Subtotal,Tax (subtotal),"
    "Customer fees,Tax (customer fees),Commission,Merchant fees,Tax (merchant fees),"
    "Marketing fees,Customer discounts,DoorDash marketing credit,Third-party contribution,"
    "Error charges,Adjustments,Net total,Payout date,Payout ID"
)
GRUB_HEADER = header_of(
    "order_channel,order_number,order_date,order_time_local,order_day_of_week,order_hour_of_day,"
    "order_time_zone,transaction_date,transaction_time_local,grubhub_store_id,store_number,"
    "store_name,transaction_type,fulfillment_type,gh_plus_customer,subtotal,subtotal_sales_tax,"
    "tip,merchant_total,commission,delivery_commission,gh_plus_commission,processing_fee,"
    "withheld_tax,merchant_funded_promotion,merchant_funded_loyalty,merchant_net_total,"
    "transaction_note,transaction_id"
)
# 30.00 + 2.40 tax - 6.00 offers + 0.48 tax on them - 7.50 fee - 2.40 tax withheld = 16.98
UBER_SALE = {
    "Store Name": "Pier", "Order ID": "#91AAE", "Workflow ID": "W-1", "Order Status": "Completed",
    "Order Date": "1/10/25", "Order Accept Time": "6:15 PM", "Sales (excl. tax)": "30.00",
    "Tax on Sales": "2.4", "Offers on items (incl. tax)": "-6", "Tax On Offers on items": "0.48",
    "Marketplace Fee": "-7.5", "Marketplace Facilitator Tax": "-2.4", "Total payout ": "16.98",
    "Payout Date": "1/13/25", "Payout reference ID": "PR1",
}  # fmt: skip
UBER_ADS = {
    "Store Name": "Pier", "Order Date": "1/11/25", "Other payments description": "Ad Spend",
    "Other payments": "-25", "Total payout ": "-25", "Payout Date": "1/13/25",
    "Payout reference ID": "PR1",
}  # fmt: skip
# 20.00 + 1.60 + 1.00 - 4.00 - 0.50 - 1.99 - 3.00 + 0.75 + 0.25 = 14.11
DASH_SALE = {
    "Store ID": "9001", "Timestamp local time": "2025-01-10 18:15:00",
    "DoorDash transaction ID": "D-1", "DoorDash order ID": "DD77", "POS order ID": "NULL",
    "Transaction type": "Order", "Subtotal": "20.00", "Tax (subtotal)": "1.60",
    "Customer fees": "1.00", "Tax (customer fees)": "NULL", "Commission": "-4.00",
    "Merchant fees": "-0.50", "Marketing fees": "-1.99", "Customer discounts": "-3.00",
    "DoorDash marketing credit": "0.75", "Third-party contribution": "0.25", "Net total": "14.11",
    "Payout date": "2025-01-13", "Payout ID": "DP1",
}  # fmt: skip
# 25.00 + 2.00 + 3.00 tip - 3.75 - 2.50 - 0.90 - 2.00 withheld - 1.25 = 19.60
GRUB_SALE = {
    "order_number": "G-100", "order_date": "2025-01-10", "order_time_local": "18:15:00",
    "order_time_zone": "EST", "transaction_date": "2025-01-10", "grubhub_store_id": "77",
    "transaction_type": "Prepaid Order", "subtotal": "25.00", "subtotal_sales_tax": "2.00",
    "tip": "3.00", "merchant_total": "30.00", "commission": "-3.75",
    "delivery_commission": "-2.50", "processing_fee": "-0.90", "withheld_tax": "-2.00",
    "merchant_funded_promotion": "-1.25", "merchant_net_total": "19.60", "transaction_id": "X1",
}  # fmt: skip
MONEY = ("Subtotal", "Commission", "Customer discounts", "Adjustments", "Net total")
STORES = {"Pier": "S1", "9001": "S1", "77": "S1"}


def platform(layout: str) -> SourcePolicy:
    return SourcePolicy(
        name=layout, layout=layout, folder=layout, time_zone="America/New_York",
        currency_code="USD", store_map=STORES,
    )  # fmt: skip


@pytest.fixture
def uber(tmp_path):
    def drop(*rows: dict[str, str], above: str = MEANINGS, header=UBER_HEADER) -> FileContents:
        text = csv_text(header, rows, above)
        return read_text_as(tmp_path, platform("uber_eats"), "uber_2025-01.csv", text)

    return drop


@pytest.fixture
def dash(tmp_path):
    def drop(*rows: dict[str, str]) -> FileContents:
        name = "financials_simplified_transactions_us_2025-01-06_2025-01-12_AbC3.csv"
        return read_text_as(tmp_path, platform("doordash"), name, csv_text(DASH_HEADER, rows))

    return drop


@pytest.fixture
def grub(tmp_path):
    def drop(*rows: dict[str, str]) -> FileContents:
        text = csv_text(GRUB_HEADER, rows)
        return read_text_as(tmp_path, platform("grubhub"), "grubhub_2025-01.csv", text)

    return drop


def lines(contents: FileContents) -> list[str]:
    return told(contents, "settlements", "order_id fee_type amount")


def test_an_uber_order_is_a_line_per_amount_and_costs_are_positive(uber):
    contents = uber(UBER_SALE)
    assert lines(contents) == [
        "W-1|sales|-30.00", "W-1|tax_collected|-2.40", "W-1|merchant_promo|6.00",
        "W-1|merchant_promo|-0.48", "W-1|commission|7.50", "W-1|tax_withheld|2.40",
        "W-1|payout|-16.98",
    ]  # fmt: skip
    assert set(told(contents, "settlements", "store_id platform payout_id payout_date")) == {
        "S1|uber_eats|PR1|2025-01-13"
    }
    assert contents.findings == ()


def test_ad_spend_is_a_cost_of_the_store_and_of_no_order(uber):
    contents = uber(UBER_ADS)
    assert lines(contents) == ["|ads|25.00", "|payout|25.00"]
    assert told(contents, "orders", "order_id") == []


def test_the_row_of_meanings_above_the_names_is_no_data(uber):
    assert uber(UBER_SALE).rows_read == uber(UBER_SALE, above="").rows_read == 1


def test_orders_of_one_number_are_told_apart_by_their_workflow(uber):
    contents = uber(UBER_SALE, UBER_SALE | {"Workflow ID": "W-2"})
    assert told(contents, "settlements", "settlement_id")[::7] == [
        "W-1:Completed:1/10/25:1/13/25:1:sales", "W-2:Completed:1/10/25:1/13/25:1:sales",
    ]  # fmt: skip


def test_two_uber_rows_that_say_the_same_are_two_events(uber):
    ids = told(uber(UBER_SALE, UBER_SALE), "settlements", "settlement_id")
    assert len(ids) == len(set(ids)) == 14


def test_the_order_of_the_rows_gives_nobody_another_id(uber):
    rows = [UBER_SALE, UBER_SALE | {"Tips": "1", "Total payout ": "17.98"}, UBER_ADS, UBER_ADS]
    names = "settlement_id fee_type amount"
    first = sorted(told(uber(*rows), "settlements", names))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert sorted(told(uber(*rows), "settlements", names)) == first


def test_what_an_uber_payout_does_not_explain_is_a_line_of_its_own(uber):
    contents = uber(UBER_SALE | {"Total payout ": "16.50"}, UBER_ADS)
    assert lines(contents)[-4:-2] == ["W-1|recon_delta|0.48", "W-1|payout|-16.50"]
    (finding,) = contents.findings
    assert finding.code is Reason.AMOUNTS_DIFFER
    assert "1 of 2 payouts" in finding.message


def test_a_refund_of_uber_is_told_as_one(uber):
    refund = UBER_SALE | {
        "Order Status": "Refund", "Sales (excl. tax)": "-10", "Tax on Sales": "",
        "Offers on items (incl. tax)": "", "Tax On Offers on items": "", "Marketplace Fee": "2.5",
        "Marketplace Facilitator Tax": "", "Total payout ": "-7.5",
    }  # fmt: skip
    assert lines(uber(refund)) == ["W-1|refund|10.00", "W-1|commission|-2.50", "W-1|payout|7.50"]


def test_an_order_that_was_not_served_still_has_its_payout_of_nothing(uber):
    row = {"Store Name": "Pier", "Workflow ID": "W-9", "Order Status": "Unfulfilled",
           "Order Date": "1/10/25", "Total payout ": "0"}  # fmt: skip
    contents = uber(row)
    assert lines(contents) == ["W-9|payout|0.00"]
    assert told(contents, "settlements", "payout_date") == ["2025-01-10"]


def test_the_newer_uber_header_names_the_same_amounts(uber):
    names = {"Store ID": "External Store ID", "Order Error Adjustments": "Chargeback Amount",
             "Tax on Order Error Adjustments": "Tax on Chargeback Amount"}  # fmt: skip
    header = [*(names.get(name, name) for name in UBER_HEADER), "Currency Code", "Garnishment"]
    row = UBER_SALE | {"Chargeback Amount": "-2.00", "Garnishment": "-1", "Total payout ": "13.98"}
    contents = uber(row, header=header, above="")
    assert "W-1|error_charge|2.00" in lines(contents)
    assert "W-1|adjustment|1.00" in lines(contents)
    assert contents.findings == ()
    elsewhere = uber(row | {"Currency Code": "CAD"}, header=header, above="")
    assert set_aside(elsewhere) == {2: "wrong_currency"}


def test_the_net_total_of_doordash_is_the_sum_of_its_thirteen_amounts(dash):
    contents = dash(DASH_SALE)
    assert lines(contents) == [
        "DD77|sales|-20.00", "DD77|tax_collected|-1.60", "DD77|sales|-1.00",
        "DD77|commission|4.00", "DD77|processing|0.50", "DD77|marketing|1.99",
        "DD77|merchant_promo|3.00", "DD77|platform_promo|-0.75", "DD77|third_party_promo|-0.25",
        "DD77|payout|-14.11",
    ]  # fmt: skip
    assert contents.findings == ()


def test_the_word_null_is_nothing(dash):
    contents = dash(DASH_SALE | {"Payout date": "NULL", "Payout ID": "NULL"})
    assert set(told(contents, "settlements", "payout_id payout_date")) == {"|2025-01-10"}


def test_the_tills_own_number_wins_over_doordashs(dash):
    assert lines(dash(DASH_SALE | {"POS order ID": "T1"}))[0] == "T1|sales|-20.00"


def test_error_charges_and_adjustments_of_doordash_belong_to_their_order(dash):
    charge = {
        "Store ID": "9001", "Timestamp local time": "2025-01-11 09:00:00", "Subtotal": "0",
        "DoorDash transaction ID": "D-2", "DoorDash order ID": "DD77",
        "Transaction type": "Error charge", "Error charges": "-6.00", "Adjustments": "1.00",
        "Net total": "-5.00", "Payout date": "2025-01-13", "Payout ID": "DP1",
    }  # fmt: skip
    assert lines(dash(charge)) == [
        "DD77|error_charge|6.00", "DD77|adjustment|-1.00", "DD77|payout|5.00",
    ]  # fmt: skip


def test_a_doordash_transaction_that_comes_again_is_the_same_one(dash):
    ids = told(dash(DASH_SALE, DASH_SALE), "settlements", "settlement_id")
    assert len(ids) == 20
    assert len(set(ids)) == 10


def test_a_grubhub_order_ties_and_its_credit_is_a_single_line(grub):
    credit = {
        "transaction_date": "01/11/2025", "grubhub_store_id": "77", "transaction_type": "GH Credit",
        "merchant_net_total": "4.00", "transaction_id": "X2",
    }  # fmt: skip
    ads = credit | {
        "transaction_type": "Miscellaneous", "merchant_net_total": "-12.50", "transaction_id": "X3",
    }  # fmt: skip
    contents = grub(GRUB_SALE, credit, ads)
    assert lines(contents) == [
        "G-100|sales|-25.00", "G-100|tax_collected|-2.00", "G-100|tip|-3.00",
        "G-100|commission|3.75", "G-100|delivery|2.50", "G-100|processing|0.90",
        "G-100|tax_withheld|2.00", "G-100|merchant_promo|1.25", "G-100|payout|-19.60",
        "|adjustment|-4.00", "|payout|-4.00", "|adjustment|12.50", "|payout|12.50",
    ]  # fmt: skip
    assert contents.findings == ()
    assert told(contents, "settlements", "payout_date")[-1] == "2025-01-11"


def test_an_adjusted_grubhub_order_is_a_refund_beside_its_sale(grub):
    back = GRUB_SALE | {
        "transaction_type": "Order Adjustment", "subtotal": "-5.00", "subtotal_sales_tax": "-0.40",
        "tip": "", "commission": "0.75", "delivery_commission": "", "processing_fee": "",
        "withheld_tax": "0.40", "merchant_funded_promotion": "", "merchant_net_total": "-4.25",
        "transaction_id": "X4",
    }  # fmt: skip
    assert lines(grub(GRUB_SALE, back))[9:] == [
        "G-100|refund|5.00", "G-100|tax_collected|0.40", "G-100|commission|-0.75",
        "G-100|tax_withheld|-0.40", "G-100|payout|4.25",
    ]  # fmt: skip


def test_all_lines_but_the_payout_add_up_to_it_on_every_row(uber, dash, grub):
    files = [
        uber(UBER_SALE | {"Total payout ": "99.99"}, UBER_ADS, UBER_SALE),
        dash(DASH_SALE, DASH_SALE | {"DoorDash transaction ID": "D-5", "Net total": "1"}),
        grub(GRUB_SALE, GRUB_SALE | {"transaction_id": "X8", "merchant_net_total": "19.61"}),
    ]
    for contents in files:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for text in told(contents, "settlements", "source_row fee_type amount"):
            row, fee, amount = text.split("|")
            sums[row] += Decimal(amount) * (-1 if fee == "payout" else 1)
        assert set(sums.values()) == {Decimal(0)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries({name: st.integers(-99_999, 99_999) for name in MONEY}),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_the_amounts_are_the_lines_explain_the_payout(dash, amounts):
    rows = [
        DASH_SALE
        | {name: f"{cents / 100:.2f}" for name, cents in row.items()}
        | {"DoorDash transaction ID": f"D-{number}"}
        for number, row in enumerate(amounts)
    ]
    sums: dict[str, int] = defaultdict(int)
    for text in told(dash(*rows), "settlements", "source_row fee_type amount"):
        row, fee, amount = text.split("|")
        if fee != "payout":
            sums[row] += round(Decimal(amount) * 100)
    assert [sums[str(number + 2)] for number in range(len(rows))] == [
        -row["Net total"] for row in amounts
    ]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"Transaction type": "Tablet rent"}, "unknown_code"),
        ({"Commission": "-4.0O"}, "amount_not_exact"),
        ({"Commission": "-4.005"}, "amount_not_exact"),
        ({"Payout date": "soon"}, "unreadable_time"),
        ({"Store ID": "NULL"}, "missing_id"),
    ],
)
def test_a_payout_row_that_cannot_be_read_is_set_aside_with_its_reason(dash, cell, reason):
    contents = dash(DASH_SALE | cell, DASH_SALE | {"DoorDash transaction ID": "D-9"})
    assert set_aside(contents) == {2: reason}
    assert len(lines(contents)) == 10


def test_a_group_without_a_till_may_take_its_orders_from_the_payouts(tmp_path):
    text = (LAYOUTS / "grubhub.yaml").read_text("utf-8")
    (tmp_path / "grub_only.yaml").write_text(
        text.replace("makes_orders: false", "makes_orders: true")
    )
    source = platform("grubhub").model_copy(update={"layout": "grub_only"})
    back = GRUB_SALE | {
        "transaction_type": "Order Adjustment", "subtotal": "-5.00", "subtotal_sales_tax": "-0.40",
        "transaction_id": "X4",
    }  # fmt: skip
    contents = read_text_as(
        tmp_path, source, "grubhub_2025-01.csv", csv_text(GRUB_HEADER, [GRUB_SALE, back]), tmp_path
    )
    # 25.00 - 1.25 promoted + 2.00 tax + 3.00 tip.
    assert told(contents, "orders", "order_id closed_at gross_amount total_amount") == [
        "G-100|2025-01-10T23:15:00Z|25.00|28.75"
    ]
    assert told(contents, "adjustments", "adjustment_type order_id amount") == [
        "merchant_promo|G-100|1.25", "refund|G-100|5.00",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["uber_eats", "doordash", "grubhub"])
def test_a_layout_names_no_column_that_it_does_not_read(name):
    table = load_layout(name).tables["payouts"]
    rules = PayoutRules(**table.settings)
    orders = rules.orders
    named = {
        *rules.components, rules.payout, rules.event, *rules.event_key, *rules.order_key,
        *rules.day, *orders.clock, *orders.gross, *orders.tax, *orders.tip, *orders.promotions,
        *(column for kind in rules.events.values() for column in kind.instead),
    }  # fmt: skip
    assert named <= set(table.columns)
    assert orders.zone in ("", *table.columns)
