"""Grubhub, a week of one store: an order, its adjustment, a credit and a charge with only a total.

Worked by hand. X1: 25.00 + 2.00 + 3.00 tip - 3.75 - 2.50 - 0.90 - 2.00 withheld - 1.25 = 19.60. X2:
-5.00 - 0.40 + 0.75 + 0.40 = -4.25. X3: 4.00. X4: -12.50. Paid out: 19.60 - 4.25 + 4.00 - 12.50 = 6.85.
"""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, sheet_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

FILE = "grubhub_2025-01-06_2025-01-12.csv"
NAMES = (
    "order_channel,order_number,order_date,order_time_local,order_day_of_week,order_hour_of_day,"
    "order_time_zone,transaction_date,transaction_time_local,grubhub_store_id,store_number,"
    "store_name,transaction_type,fulfillment_type,gh_plus_customer,subtotal,subtotal_sales_tax,"
    "tip,merchant_total,commission,delivery_commission,gh_plus_commission,processing_fee,"
    "withheld_tax,merchant_funded_promotion,merchant_funded_loyalty,merchant_net_total,"
    "transaction_note,transaction_id"
)
ANY = {
    "order_channel": "Grubhub", "order_date": "2025-01-10", "order_time_local": "18:15:00",
    "order_time_zone": "EST", "transaction_date": "2025-01-10", "grubhub_store_id": "77",
    "store_name": "Pier", "order_number": "G-100",
}  # fmt: skip
ROWS = (
    ANY | {
        "transaction_type": "Prepaid Order", "subtotal": "25.00", "subtotal_sales_tax": "2.00",
        "tip": "3.00", "merchant_total": "30.00", "commission": "-3.75",
        "delivery_commission": "-2.50", "processing_fee": "-0.90", "withheld_tax": "-2.00",
        "merchant_funded_promotion": "-1.25", "merchant_net_total": "19.60",
        "transaction_id": "X1",
    },
    ANY | {
        "transaction_type": "Order Adjustment", "subtotal": "-5.00", "transaction_id": "X2",
        "subtotal_sales_tax": "-0.40", "commission": "0.75", "withheld_tax": "0.40",
        "merchant_net_total": "-4.25", "transaction_date": "2025-01-11",
    },
    ANY | {
        "transaction_type": "GH Credit", "merchant_net_total": "4.00", "transaction_id": "X3",
        "order_number": "",
    },
    ANY | {
        "transaction_type": "Miscellaneous", "merchant_net_total": "-12.50",
        "transaction_id": "X4", "order_number": "",
    },
)  # fmt: skip
STORY = SourceStory(
    name="grubhub",
    source=SourcePolicy(
        name="grubhub",
        layout="grubhub",
        folder="grubhub",
        time_zone="America/New_York",
        currency_code="USD",
        country="US",
        store_map={"77": "S1"},
    ),
    stores=(
        StorePolicy(
            store_id="S1",
            store_name="Pier",
            time_zone="America/New_York",
            currency_code="USD",
            country="US",
        ),
    ),
    first=date(2025, 1, 6),
    last=date(2025, 1, 12),
    files=(
        SourceFile(
            FILE,
            sheet_of(NAMES.split(","), ROWS),
            needed="merchant_net_total",
            amount="commission",
        ),
    ),
    records={
        "settlements": """
settlement_id,store_id,platform,order_id,fee_type,amount,payout_date
X1:1:subtotal,S1,grubhub,G-100,sales,-25.00,2025-01-10
X1:1:tax_on_subtotal,S1,grubhub,G-100,tax_collected,-2.00,2025-01-10
X1:1:tip,S1,grubhub,G-100,tip,-3.00,2025-01-10
X1:1:commission,S1,grubhub,G-100,commission,3.75,2025-01-10
X1:1:delivery_commission,S1,grubhub,G-100,delivery,2.50,2025-01-10
X1:1:processing_fee,S1,grubhub,G-100,processing,0.90,2025-01-10
X1:1:withheld_tax,S1,grubhub,G-100,tax_withheld,2.00,2025-01-10
X1:1:promotion,S1,grubhub,G-100,merchant_promo,1.25,2025-01-10
X1:1:payout,S1,grubhub,G-100,payout,-19.60,2025-01-10
X2:1:subtotal,S1,grubhub,G-100,refund,5.00,2025-01-11
X2:1:tax_on_subtotal,S1,grubhub,G-100,tax_collected,0.40,2025-01-11
X2:1:commission,S1,grubhub,G-100,commission,-0.75,2025-01-11
X2:1:withheld_tax,S1,grubhub,G-100,tax_withheld,-0.40,2025-01-11
X2:1:payout,S1,grubhub,G-100,payout,4.25,2025-01-11
X3:1:whole,S1,grubhub,,adjustment,-4.00,2025-01-10
X3:1:payout,S1,grubhub,,payout,-4.00,2025-01-10
X4:1:whole,S1,grubhub,,adjustment,12.50,2025-01-10
X4:1:payout,S1,grubhub,,payout,12.50,2025-01-10
""",
    },
    counts={FILE: RowCounts(read=4, loaded=4)},
    # Everything but the payouts adds up to them: -6.85 twice.
    cents={"settlements.amount": "-13.70"},
    howto="delivery_payouts.md",
    answers={"bad_amount": "quarantined: amount_not_exact"},
)
STORIES = (STORY,)
