"""Toast, one day folder of one location: a late table, a platform order, a gift card sale.

Worked by hand. Order …201: 44.00 less 4.00, service charge 2.00, and 10.80 given back, which is
10.00 without the tax in it: 32.00. …202: 20.00. …203 is voided, …204 not paid. …205: a gift card of
50.00, which is no sale, and a cookie of 6.00. Net sales are 32.00 + 20.00 + 6.00 = 58.00.
"""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, sheet_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

DAY = date(2025, 1, 10)
PLACE, STORE = "Elm Street", "E1"
LATE, PLATFORM, VOIDED, UNPAID, CARD = (f"130000001573430320{number}" for number in range(1, 6))
ORDER_HEADER = [
    "Location",
    "Order Id",
    "Order #",
    "Checks",
    "Opened",
    "# of Guests",
    "Tab Names",
    "Server",
    "Table",
    "Revenue Center",
    "Dining Area",
    "Service",
    "Dining Options",
    "Discount Amount",
    "Amount",
    "Tax",
    "Tip",
    "Gratuity",
    "Total",
    "Voided",
    "Paid",
    "Closed",
    "Duration (Opened to Paid)",
    "Order Source",
]
# As one restaurant configured it: reordered, a column named in its own way, one of its own.
ITEM_HEADER = [
    "Order Id",
    "Location",
    "Order #",
    "Sent Date",
    "Order Date",
    "Check Id",
    "Item Selection Id",
    "Item Id",
    "Master Id",
    "PLU",
    "Menu Item",
    "Menu Group",
    "Menu",
    "Sales Category",
    "Qty",
    "Gross Price",
    "Discnt",
    "Net Price",
    "Tax",
    "Void?",
    "Deferred",
    "Tax Exempt",
    "Tax Inclusion Option",
    "Dining Option",
    "Tab Name",
    "Allergy Card",
]
PAYMENT_HEADER = [
    "Location",
    "Payment Id",
    "Order Id",
    "Order #",
    "Paid Date",
    "Order Date",
    "Check Id",
    "Check #",
    "Tab Name",
    "Server",
    "Table",
    "Dining Area",
    "Service",
    "Dining Option",
    "House Acct #",
    "Amount",
    "Tip",
    "Gratuity",
    "Total",
    "Swiped Card Amount",
    "Keyed Card Amount",
    "Amount Tendered",
    "Refunded",
    "Refund Date",
    "Refund Amount",
    "Refund Tip Amount",
    "Void User",
    "Void Approver",
    "Void Date",
    "Status",
    "Type",
    "Cash Drawer",
    "Card Type",
    "Other Type",
    "Email",
    "Phone",
    "Last 4 Card Digits",
    "V/MC/D Fees",
    "Room Info",
    "Receipt",
    "Source",
    "Last 4 Gift Card Digits",
    "First 5 Gift Card Digits",
]
CHECK_HEADER = [
    "Customer Id",
    "Customer",
    "Customer Phone",
    "Customer Email",
    "Location Code",
    "Opened Date",
    "Opened Time",
    "Item Description",
    "Server",
    "Tax",
    "Tender",
    "Check Id",
    "Check #",
    "Total",
    "Customer Family",
    "Table Size",
    "Discount",
    "Reason of Discount",
    "Link",
]


def order(number: str, amount: str, tax: str, total: str, **more: str) -> dict[str, str]:
    """An order of 7 pm that was paid at 8 pm, but for what is said of it."""
    return {
        "Location": PLACE, "Order Id": number, "Order #": number[-1], "Checks": "1",
        "Opened": "1/10/25 7:00 PM", "Paid": "1/10/25 8:00 PM", "Closed": "1/10/25 8:00 PM",
        "# of Guests": "1", "Service": "Dinner", "Dining Options": "Dine In", "Voided": "false",
        "Amount": amount, "Tax": tax, "Total": total, "Discount Amount": "0.00", "Tip": "0.00",
        "Gratuity": "0.00", **more,
    }  # fmt: skip


def dish(
    number: str, line: str, item: str, name: str, gross: str, net: str, **more: str
) -> dict[str, str]:
    """One of a dish, sent to the kitchen, but for what is said of it."""
    return {
        "Location": PLACE, "Order Id": number, "Check Id": f"C{number[-3:]}", "Sent Date": "1/10/25 7:05 PM",
        "Item Selection Id": f"14000000157343030{line}", "Item Id": item, "Menu Item": name,
        "Sales Category": "Food", "Qty": "1", "Gross Price": gross, "Discnt": "0.00",
        "Net Price": net, "Tax": "0.00", "Void?": "false", "Deferred": "false",
        "Tax Inclusion Option": "TAX_NOT_INCLUDED", **more,
    }  # fmt: skip


def payment(number: str, order_id: str, total: str, kind: str, **more: str) -> dict[str, str]:
    """A payment of 8 pm without tip and fee, but for what is said of it."""
    return {
        "Location": PLACE, "Payment Id": f"150000001573430{number}", "Order Id": order_id,
        "Check Id": f"C{order_id[-3:]}", "Paid Date": "1/10/25 8:00 PM", "Amount": total, "Tip": "0.00",
        "Gratuity": "0.00", "Total": total, "Refund Amount": "0.00", "Status": "CAPTURED",
        "Type": kind, **more,
    }  # fmt: skip


ORDERS = [
    order(
        LATE, "40.00", "3.20", "51.20", Opened="1/10/25 11:10 PM", Paid="1/11/25 1:30 AM",
        Closed="1/11/25 1:30 AM", Tip="6.00", Gratuity="2.00",
        **{"# of Guests": "2", "Discount Amount": "4.00"},
    ),
    order(
        PLATFORM, "20.00", "0.00", "20.00",
        **{"Dining Options": "DoorDash - Takeout", "Order Source": "API", "# of Guests": ""},
    ),
    order(VOIDED, "12.00", "0.96", "12.96", Voided="true", Paid="", Closed="1/10/25 7:05 PM"),
    order(UNPAID, "9.00", "0.72", "9.72", Paid="", Closed="", **{"Dining Options": "Take Out, Dine In"}),
    order(CARD, "56.00", "0.48", "56.48", Checks="2"),
]  # fmt: skip
ITEMS = [
    dish(LATE, "01", "9001", "Burger", "30.00", "27.00", Qty="2", Discnt="3.00", Tax="2.16"),
    dish(LATE, "02", "9002", "Fries", "14.00", "13.00", Discnt="1.00", Tax="1.04"),
    dish(LATE, "03", "9003", "Soda", "5.00", "5.00", **{"Void?": "true", "Sales Category": ""}, **{"Menu Group": "Drinks"}),
    dish(PLATFORM, "04", "9004", "Bowl", "21.60", "21.60", Tax="1.60", **{"Tax Inclusion Option": "TAX_INCLUDED"}),
    dish(VOIDED, "05", "9004", "Bowl", "12.00", "12.00", **{"Void?": "true", "Sent Date": ""}),
    dish(UNPAID, "06", "", "Open Tea", "9.00", "9.00", PLU="77"),
    dish(CARD, "07", "9900", "Gift Card", "50.00", "50.00", Deferred="true", **{"Sales Category": ""}),
    dish(CARD, "08", "9005", "Cookie", "6.00", "6.00", Tax="0.48", **{"Check Id": "C206"}),
]  # fmt: skip
PAYMENTS = [
    payment(
        "9001", LATE, "51.20", "CREDIT", Amount="43.20", Tip="6.00", Gratuity="2.00",
        Refunded="PARTIAL", Email="dana@example.com", Phone="(212) 555-0101",
        **{
            "Paid Date": "1/11/25 1:30 AM", "Refund Date": "1/15/25 10:00 AM",
            "Refund Amount": "10.80", "Last 4 Card Digits": "0042", "V/MC/D Fees": "1.53",
        },
    ),
    payment("9002", LATE, "51.20", "CREDIT", Status="DENIED", **{"Paid Date": "1/11/25 1:28 AM"}),
    payment("9003", PLATFORM, "20.00", "OTHER", **{"Other Type": "DoorDash"}),
    payment("9004", CARD, "30.00", "CASH"),
    payment("9005", CARD, "26.48", "HOUSE_ACCOUNT", Status="OPEN", **{"House Acct #": "H77"}),
    payment("9006", CARD, "26.48", "CREDIT", Status="VOIDED", **{"Void Date": "1/10/25 7:58 PM"}),
]  # fmt: skip


def check(check_id: str, **more: str) -> dict[str, str]:
    """A check of 7 pm; the guest is what is said of it."""
    return {
        "Location Code": "0417", "Opened Date": "1/10/25", "Opened Time": "7:00 PM", "Check Id": check_id,
        "Total": "1.00", **{name.replace("_", " "): text for name, text in more.items()},
    }  # fmt: skip


CHECKS = [
    check(
        "C201", Customer_Id="88000000157343030", Customer="Dana Quill",
        Customer_Phone="(212) 555-0101", Customer_Email="dana@example.com",
    ),
    check("C202"),
    check("C205", Customer_Id="88000000157343031", Customer="Ari Moss", Customer_Phone="2125550102"),
    check("C206", Customer_Id="88000000157343032", Customer="Lou Vane", Customer_Email="lou@example.com"),
    check("C204", Customer="Somebody"),
]  # fmt: skip
FOLDER = "51234/20250110"
FILES = (
    SourceFile(
        f"{FOLDER}/OrderDetails.csv", sheet_of(ORDER_HEADER, ORDERS), needed="Total", amount="Amount"
    ),
    SourceFile(
        f"{FOLDER}/ItemSelectionDetails.csv", sheet_of(ITEM_HEADER, ITEMS), needed="Qty",
        amount="Gross Price",
    ),
    SourceFile(
        f"{FOLDER}/PaymentDetails.csv", sheet_of(PAYMENT_HEADER, PAYMENTS), needed="Refund Amount",
        amount="Amount",
    ),
    SourceFile(f"{FOLDER}/CheckDetails.csv", sheet_of(CHECK_HEADER, CHECKS), needed="Check Id"),
)  # fmt: skip
RECORDS = {
    "orders": f"""
order_id,store_id,business_date,opened_at,closed_at,channel,platform,status,daypart,covers,account_id,gross_amount,discount_amount,service_charge_amount,tax_amount,tip_amount,total_amount
{LATE},E1,2025-01-10,2025-01-10 23:10:00,2025-01-11 01:30:00,dine_in,,paid,dinner,2,,44.00,4.00,2.00,3.20,6.00,51.20
{PLATFORM},E1,2025-01-10,2025-01-10 19:00:00,2025-01-10 20:00:00,delivery_platform,doordash,paid,dinner,,,20.00,0.00,0.00,0.00,0.00,20.00
{VOIDED},E1,2025-01-10,2025-01-10 19:00:00,2025-01-10 19:05:00,dine_in,,voided,dinner,1,,12.00,0.00,0.00,0.96,0.00,12.96
{UNPAID},E1,2025-01-10,2025-01-10 19:00:00,2025-01-10 19:00:00,takeaway,,open,dinner,1,,9.00,0.00,0.00,0.72,0.00,9.72
{CARD},E1,2025-01-10,2025-01-10 19:00:00,2025-01-10 20:00:00,dine_in,,paid,dinner,1,H77,56.00,0.00,0.00,0.48,0.00,56.48
""",
    "order_lines": f"""
order_id,item_id,item_name,category,quantity,gross_amount,discount_amount,tax_amount,void_stage
{LATE},9001,Burger,Food,2,30.00,3.00,2.16,
{LATE},9002,Fries,Food,1,14.00,1.00,1.04,
{LATE},9003,Soda,Drinks,1,5.00,0.00,0.00,after_preparation
{PLATFORM},9004,Bowl,Food,1,20.00,0.00,1.60,
{VOIDED},9004,Bowl,Food,1,12.00,0.00,0.00,before_preparation
{UNPAID},77,Open Tea,Food,1,9.00,0.00,0.00,
{CARD},9900,Gift Card,,1,50.00,0.00,0.00,
{CARD},9005,Cookie,Food,1,6.00,0.00,0.48,
""",
    "items": """
item_id,item_name,category,revenue_kind
9001,Burger,Food,sale
9002,Fries,Food,sale
9003,Soda,Drinks,sale
9004,Bowl,Food,sale
77,Open Tea,Food,sale
9900,Gift Card,,gift_card
9005,Cookie,Food,sale
""",
    "payments": f"""
payment_id,order_id,tender,amount,tip_amount,fee_amount,paid_at
1500000015734309001,{LATE},card,51.20,6.00,1.53,2025-01-11 01:30:00
1500000015734309003,{PLATFORM},platform,20.00,0.00,,2025-01-10 20:00:00
1500000015734309004,{CARD},cash,30.00,0.00,,2025-01-10 20:00:00
1500000015734309005,{CARD},house_account,26.48,0.00,,2025-01-10 20:00:00
1500000015734309006,{CARD},card,0.00,0.00,,2025-01-10 20:00:00
""",
    "adjustments": f"""
adjustment_id,order_id,adjustment_type,funded_by,amount,adjusted_at
1500000015734309001:refund,{LATE},refund,merchant,10.00,2025-01-15 10:00:00
""",
    "order_identifiers": f"""
order_id,store_id,identifier_type,identifier_value
{LATE},E1,external_id,88000000157343030
{LATE},E1,phone,(212) 555-0101
{LATE},E1,email,dana@example.com
{CARD},E1,external_id,88000000157343031
{CARD},E1,phone,2125550102
{CARD},E1,external_id,88000000157343032
{CARD},E1,email,lou@example.com
{LATE},E1,email,dana@example.com
{LATE},E1,phone,(212) 555-0101
{LATE},E1,card_suffix,0042
""",
    "customers": """
customer_ref,customer_kind,display_name,phone,email
88000000157343030,consumer,Dana Quill,(212) 555-0101,dana@example.com
88000000157343031,consumer,Ari Moss,2125550102,
88000000157343032,consumer,Lou Vane,,lou@example.com
""",
}
STORY = SourceStory(
    name="toast",
    source=SourcePolicy(
        name="toast", layout="toast", folder="toast", time_zone="America/New_York",
        currency_code="USD", country="US", stores=(STORE,), store_map={PLACE: STORE},
    ),
    stores=(
        StorePolicy(
            store_id=STORE, store_name=PLACE, time_zone="America/New_York", currency_code="USD",
            country="US",
        ),
    ),
    first=DAY,
    last=DAY,
    files=FILES,
    records=RECORDS,
    counts={
        FILES[0].name: RowCounts(read=5, loaded=5),
        FILES[1].name: RowCounts(read=8, loaded=8),
        FILES[2].name: RowCounts(read=6, loaded=5, out_of_scope=1),
        FILES[3].name: RowCounts(read=5, loaded=3, out_of_scope=2),
    },
    cents={
        "orders.total_amount": "150.36",
        "orders.tax_amount": "5.36",
        "orders.tip_amount": "6.00",
        "order_lines.gross_amount": "146.00",
        "order_lines.discount_amount": "4.00",
        "payments.amount": "127.68",
        "payments.fee_amount": "1.53",
        "adjustments.amount": "10.00",
    },
    howto="toast.md",
    broken=tuple(file.name for file in FILES),
    answers={
        f"{FILES[0].name}: bad_amount": "quarantined: amount_not_exact",
        # An order is read whole or not at all.
        "bad_amount": "quarantined: amount_not_exact, part_of_bad_order",
    },
)  # fmt: skip
STORIES = (STORY,)
