"""DoorDash, a week of one store: an order, one that the till knows, an error charge, advertising.

Worked by hand. D-1: 20.00 + 1.60 + 1.00 - 4.00 - 0.50 - 1.99 - 3.00 + 0.75 + 0.25 = 14.11. D-2:
24.00 + 2.10 - 6.00 = 20.10. D-3: -6.00. D-4: -12.50. Paid out: 14.11 + 20.10 - 6.00 - 12.50 = 15.71.
"""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, sheet_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

FILE = "financials_simplified_transactions_us_2025-01-06_2025-01-12_AbC3.csv"
NAMES = (
    "Business ID,Business name,Store ID,Store name,Timestamp local time,DoorDash transaction ID,"
    "DoorDash order ID,POS order ID,Transaction type,Channel,Description,Subtotal,Tax (subtotal),"
    "Customer fees,Tax (customer fees),Commission,Merchant fees,Tax (merchant fees),"
    "Marketing fees,Customer discounts,DoorDash marketing credit,Third-party contribution,"
    "Error charges,Adjustments,Net total,Payout date,Payout ID"
)
ANY = {
    "Business ID": "1", "Business name": "Pier Group", "Store ID": "9001", "Store name": "Pier",
    "Timestamp local time": "2025-01-10 18:15:00", "POS order ID": "NULL",
    "Transaction type": "Order", "Channel": "Marketplace", "Payout date": "2025-01-13",
    "Payout ID": "DP1",
}  # fmt: skip
ROWS = (
    ANY | {
        "DoorDash transaction ID": "D-1", "DoorDash order ID": "DD77", "Subtotal": "20.00",
        "Tax (subtotal)": "1.60", "Customer fees": "1.00", "Tax (customer fees)": "NULL",
        "Commission": "-4.00", "Merchant fees": "-0.50", "Marketing fees": "-1.99",
        "Customer discounts": "-3.00", "DoorDash marketing credit": "0.75",
        "Third-party contribution": "0.25", "Net total": "14.11",
    },
    ANY | {
        "DoorDash transaction ID": "D-2", "DoorDash order ID": "DD78", "POS order ID": "T2",
        "Subtotal": "24.00", "Tax (subtotal)": "2.10", "Commission": "-6.00",
        "Net total": "20.10",
    },
    ANY | {
        "DoorDash transaction ID": "D-3", "DoorDash order ID": "DD77", "Net total": "-6.00",
        "Transaction type": "Error charge", "Error charges": "-6.00", "Payout date": "NULL",
        "Payout ID": "NULL",
    },
    ANY | {
        "DoorDash transaction ID": "D-4", "DoorDash order ID": "NULL", "Net total": "-12.50",
        "Transaction type": "Ad fee",
    },
)  # fmt: skip
STORY = SourceStory(
    name="doordash",
    source=SourcePolicy(
        name="doordash",
        layout="doordash",
        folder="doordash",
        time_zone="America/New_York",
        currency_code="USD",
        country="US",
        store_map={"9001": "S1"},
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
        SourceFile(FILE, sheet_of(NAMES.split(","), ROWS), needed="Net total", amount="Commission"),
    ),
    records={
        "settlements": """
settlement_id,store_id,platform,order_id,fee_type,amount,payout_date,payout_id
D-1:1:subtotal,S1,doordash,DD77,sales,-20.00,2025-01-13,DP1
D-1:1:tax_on_subtotal,S1,doordash,DD77,tax_collected,-1.60,2025-01-13,DP1
D-1:1:customer_fees,S1,doordash,DD77,sales,-1.00,2025-01-13,DP1
D-1:1:commission,S1,doordash,DD77,commission,4.00,2025-01-13,DP1
D-1:1:merchant_fees,S1,doordash,DD77,processing,0.50,2025-01-13,DP1
D-1:1:marketing_fees,S1,doordash,DD77,marketing,1.99,2025-01-13,DP1
D-1:1:customer_discounts,S1,doordash,DD77,merchant_promo,3.00,2025-01-13,DP1
D-1:1:marketing_credit,S1,doordash,DD77,platform_promo,-0.75,2025-01-13,DP1
D-1:1:third_party,S1,doordash,DD77,third_party_promo,-0.25,2025-01-13,DP1
D-1:1:payout,S1,doordash,DD77,payout,-14.11,2025-01-13,DP1
D-2:1:subtotal,S1,doordash,T2,sales,-24.00,2025-01-13,DP1
D-2:1:tax_on_subtotal,S1,doordash,T2,tax_collected,-2.10,2025-01-13,DP1
D-2:1:commission,S1,doordash,T2,commission,6.00,2025-01-13,DP1
D-2:1:payout,S1,doordash,T2,payout,-20.10,2025-01-13,DP1
D-3:1:error_charges,S1,doordash,DD77,error_charge,6.00,2025-01-10,
D-3:1:payout,S1,doordash,DD77,payout,6.00,2025-01-10,
D-4:1:whole,S1,doordash,,ads,12.50,2025-01-13,DP1
D-4:1:payout,S1,doordash,,payout,12.50,2025-01-13,DP1
""",
    },
    counts={FILE: RowCounts(read=4, loaded=4)},
    # Everything but the payouts adds up to them: -15.71 twice.
    cents={"settlements.amount": "-31.42"},
    howto="delivery_payouts.md",
    answers={"bad_amount": "quarantined: amount_not_exact"},
)
STORIES = (STORY,)
