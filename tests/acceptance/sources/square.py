"""Square, one day of a café that also sells through DoorDash, in both exports.

Worked by hand. T2: two sandwiches, 24.00. T1: 4.50 + 4.50 + 7.00 less 0.70, service charge 1.00:
16.30. T3: a gift card, which is no sale. R9 gives back a cake of another day: 7.00 less 0.70, so
6.30, under its own number. X1: the drawer was opened. Net sales are 40.30, of which 6.30 went back.
"""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, sheet_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

DAY = date(2025, 1, 10)
ITEMS, PAID = "items-2025-01-10-2025-01-10.csv", "transactions-2025-01-10-2025-01-10.csv"
ITEM_NAMES = (
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
    "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,GTIN,"
    "Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix"
)
PAID_NAMES = (
    "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,"
    "Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,"
    "Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,"
    "Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,"
    "Third Party Fees,Deposit ID,Deposit Date,Deposit Details,Fee Percentage Rate,Fee Fixed Rate,"
    "Refund Reason,Discount Name,Transaction Status,Cash App,Order Reference ID,Fulfillment Note,"
    "Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee"
)
ANY = {
    "Date": "2025-01-10", "Time": "08:15:00", "Time Zone": "Eastern Time (US & Canada)",
    "Event Type": "Payment", "Location": "Harbour Street", "Dining Option": "For Here",
}  # fmt: skip
SANDWICH = ANY | {
    "Category": "Lunch", "Item": "Sandwich", "Qty": "2.0", "Gross Sales": "$24.00",
    "Discounts": "$0.00", "Net Sales": "$24.00", "Tax": "$2.10", "Transaction ID": "T2",
    "Payment ID": "P2", "Itemization Type": "Physical Good", "Channel": "DoorDash",
    "Dining Option": "", "Token": "TOK-S", "Time": "12:40:00",
}  # fmt: skip
COFFEE = ANY | {
    "Category": "None", "Item": "Flat White", "Qty": "1.0", "Gross Sales": "$4.50",
    "Discounts": "$0.00", "Net Sales": "$4.50", "Tax": "$0.40", "Transaction ID": "T1",
    "Payment ID": "P1", "Itemization Type": "Physical Good", "Token": "TOK-F",
    "Customer ID": "C1", "Customer Name": "Ines Probe", "Customer Reference ID": "0042",
    "Card Brand": "Visa", "PAN Suffix": "0007",
}  # fmt: skip
CAKE = COFFEE | {
    "Category": "Bakery", "Item": "Carrot Cake", "Gross Sales": "$7.00", "Discounts": "-$0.70",
    "Net Sales": "$6.30", "Tax": "$0.56", "Token": "TOK-C",
}  # fmt: skip
GIFT = ANY | {
    "Category": "None", "Item": "eGift Card", "Qty": "1.0", "Gross Sales": "$25.00",
    "Net Sales": "$25.00", "Transaction ID": "T3", "Payment ID": "P3",
    "Itemization Type": "Gift Card",
}  # fmt: skip
BACK = ANY | {
    "Category": "Bakery", "Item": "Carrot Cake", "Qty": "-1.0", "Gross Sales": "($7.00)",
    "Discounts": "$0.70", "Net Sales": "-$6.30", "Tax": "-$0.56", "Transaction ID": "R9",
    "Payment ID": "P9", "Event Type": "Refund", "Token": "TOK-C", "Time": "17:05:00",
}  # fmt: skip
DRAWER = ANY | {"Transaction ID": "X1", "Event Type": "No Sale"}
PAYMENTS = (
    ANY | {
        "Time": "12:40:00", "Gross Sales": "$24.00", "Net Sales": "$24.00", "Tax": "$2.10",
        "Total Collected": "$26.10", "Other Tender": "$26.10", "Other Tender Type": "DoorDash",
        "Transaction ID": "T2", "Payment ID": "P2", "Channel": "DoorDash", "Dining Option": "",
        "Transaction Status": "Complete",
    },
    ANY | {
        "Gross Sales": "$16.00", "Discounts": "-$0.70", "Service Charges": "$1.00",
        "Net Sales": "$16.30", "Tax": "$1.36", "Tip": "$2.00", "Total Collected": "$19.66",
        "Card": "$19.66", "Fees": "-$0.81", "Transaction ID": "T1", "Payment ID": "P1",
        "Customer ID": "C1", "Customer Name": "Ines Probe", "Transaction Status": "Complete",
    },
    ANY | {
        "Gift Card Sales": "$25.00", "Total Collected": "$25.00", "Cash": "$25.00",
        "Transaction ID": "T3", "Payment ID": "P3", "Transaction Status": "Complete",
    },
    ANY | {
        "Time": "17:05:00", "Gross Sales": "-$7.00", "Discounts": "$0.70", "Net Sales": "-$6.30",
        "Tax": "-$0.56", "Total Collected": "-$6.86", "Card": "-$6.86", "Transaction ID": "R9",
        "Payment ID": "P9", "Event Type": "Refund", "Transaction Status": "Complete",
    },
)  # fmt: skip
STORE = StorePolicy(
    store_id="S1", store_name="Harbour Street", time_zone="America/New_York",
    currency_code="USD", country="US",
)  # fmt: skip
STORY = SourceStory(
    name="square",
    source=SourcePolicy(
        name="square",
        layout="square",
        folder="square",
        time_zone="America/New_York",
        currency_code="USD",
        country="US",
        store_map={"Harbour Street": "S1"},
    ),
    stores=(STORE,),
    first=DAY,
    last=DAY,
    files=(
        SourceFile(
            ITEMS,
            sheet_of(ITEM_NAMES.split(","), (SANDWICH, COFFEE, CAKE, COFFEE, GIFT, BACK, DRAWER)),
            needed="Transaction ID",
            amount="Gross Sales",
        ),
        SourceFile(
            PAID,
            sheet_of(PAID_NAMES.split(","), PAYMENTS),
            needed="Total Collected",
            amount="Tax",
        ),
    ),
    records={
        "orders": """
order_id,store_id,closed_at,channel,platform,gross_amount,discount_amount,service_charge_amount,tax_amount,tip_amount,total_amount,revision
T2,S1,2025-01-10T17:40:00Z,delivery_platform,doordash,24.00,0.00,,2.10,,26.10,
T1,S1,2025-01-10T13:15:00Z,dine_in,,16.00,0.70,,1.36,,16.66,
T3,S1,2025-01-10T13:15:00Z,dine_in,,25.00,0.00,,0.00,,25.00,
T2,S1,2025-01-10T17:40:00Z,delivery_platform,doordash,24.00,0.00,0.00,2.10,0.00,26.10,1
T1,S1,2025-01-10T13:15:00Z,dine_in,,16.00,0.70,1.00,1.36,2.00,19.66,1
T3,S1,2025-01-10T13:15:00Z,dine_in,,25.00,0.00,0.00,0.00,0.00,25.00,1
""",
        "order_lines": """
order_id,line_no,item_id,category,quantity,gross_amount,discount_amount,tax_amount
T2,1,TOK-S,Lunch,2,24.00,0.00,2.10
T1,1,TOK-C,Bakery,1,7.00,0.70,0.56
T1,2,TOK-F,None,1,4.50,0.00,0.40
T1,3,TOK-F,None,1,4.50,0.00,0.40
T3,1,gift_card:square:egift_card,None,1,25.00,0.00,0.00
""",
        "adjustments": """
adjustment_id,store_id,order_id,adjustment_type,funded_by,amount,adjusted_at,revision
R9:refund,S1,,refund,merchant,6.30,2025-01-10T22:05:00Z,
R9:refund,S1,,refund,merchant,6.30,2025-01-10T22:05:00Z,1
""",
        "payments": """
payment_id,order_id,tender,amount,tip_amount,fee_amount
P2:other_tender,T2,platform,26.10,0.00,0.00
P1:card,T1,card,19.66,2.00,0.81
P3:cash,T3,cash,25.00,0.00,0.00
P9:card,R9,card,-6.86,0.00,0.00
""",
        "items": """
item_id,item_name,category,revenue_kind
TOK-S,Sandwich,Lunch,sale
TOK-F,Flat White,None,sale
TOK-C,Carrot Cake,Bakery,sale
gift_card:square:egift_card,eGift Card,None,gift_card
""",
        "order_identifiers": "order_id,identifier_type,identifier_value\nT1,card_suffix,Visa 0007\n",
        "customers": "customer_ref,display_name\nC1,Ines Probe\nC1,Ines Probe\n",
        "customer_identifiers": (
            "customer_ref,identifier_type,identifier_value\nC1,external_id,0042\n"
        ),
    },
    counts={
        ITEMS: RowCounts(read=7, loaded=6, out_of_scope=1),
        PAID: RowCounts(read=4, loaded=4),
    },
    # Both exports tell each order: 24.00 + 16.00 + 25.00, twice.
    cents={
        "orders.gross_amount": "130.00",
        "orders.total_amount": "138.52",
        "order_lines.gross_amount": "65.00",
        "order_lines.discount_amount": "0.70",
        "adjustments.amount": "12.60",
        "payments.amount": "63.90",
        "payments.fee_amount": "0.81",
    },
    howto="square.md",
    broken=(ITEMS, PAID),
    answers={
        "bad_amount": "quarantined: amount_not_exact",
        # Two lines of an order that say the same are two lines.
        f"{ITEMS}: duplicate_row": "loaded",
    },
)
STORIES = (STORY,)
