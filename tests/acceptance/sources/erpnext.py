"""ERPNext: one day of a till and of the office's invoices, from files with the columns of its
queries and, with the same outcome, from a database.
"""

from datetime import date
from pathlib import Path

from acceptance.erpnext_database import make_erpnext
from acceptance.stories import SourceFile, SourceStory, rows_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

POS_INVOICES = rows_of("""
name,customer,contact_mobile,contact_email,store,is_return,posting_date,posting_time,due_date,currency,net_total,grand_total,rounded_total,paid_amount,change_amount,write_off_amount,outstanding_amount,loyalty_amount,coupon_code,payment_terms_template,docstatus,is_consolidated,modified,distributed_discount,paid_on
P-1,CUST-1,+91 90000 00001,,Main Counter,0,2025-02-10,12:10:00,,INR,250,262.50,263,300,50,0,0,13,FEB10,,1,0,2025-02-10 12:10:00,26.00,
P-2,CUST-2,,,Main Counter,0,2025-02-10,13:00:00,2025-03-12,INR,2000,2100,2100,600,0,0,1500,0,,30 days,1,0,2025-02-10 13:00:00,0,
P-3,CUST-1,,,Main Counter,0,2025-02-10,13:30:00,,INR,60,63,63,0,0,0,63,0,,,0,0,2025-02-10 13:30:00,0,
P-4,CUST-1,,,Main Counter,0,2025-02-10,13:40:00,,INR,60,63,63,63,0,0,0,0,,,2,0,2025-02-10 13:40:00,0,
P-5,CUST-1,,,Main Counter,1,2025-02-10,14:00:00,,INR,-108,-113.40,-113.40,-113.40,0,0,0,0,,,1,0,2025-02-10 14:00:00,0,
P-6,Guest,,,Main Counter,0,2025-02-10,20:00:00,,INR,60,63,63,62.50,0,0.50,0,0,,,1,0,2025-02-10 20:00:00,0,
""")
SALES_INVOICES = rows_of("""
name,customer,contact_mobile,contact_email,store,is_return,posting_date,posting_time,due_date,currency,net_total,grand_total,rounded_total,paid_amount,change_amount,write_off_amount,outstanding_amount,loyalty_amount,coupon_code,payment_terms_template,docstatus,is_consolidated,modified,distributed_discount,paid_on
S-1,CUST-2,,,Main - SG,0,2025-02-10,23:00:00,,INR,2000,2100,2100,600,0,0,1500,0,,,1,1,2025-02-10 23:00:00,0,
S-2,CUST-2,,,Main - SG,0,2025-02-10,16:00:00,2025-03-12,INR,9000,9450,9450,0,0,0,0,0,,30 days,1,0,2025-02-11 02:00:00,0,2025-02-11
""")
POS_ITEMS = rows_of("""
name,parent,idx,item_code,item_name,item_group,qty,net_amount,discount_amount,distributed_discount_amount,original_idx,return_against,is_return,store,posting_date,posting_time,currency,docstatus,is_consolidated,modified
I-11,P-1,1,DOSA,Dosa,Food,2,195.65,12,20.35,,,0,Main Counter,2025-02-10,12:10:00,INR,1,0,2025-02-10 12:10:00
I-12,P-1,2,LASSI,Lassi,Food,1,54.35,0,5.65,,,0,Main Counter,2025-02-10,12:10:00,INR,1,0,2025-02-10 12:10:00
I-21,P-2,1,THALI,Thali,Food,10,2000,0,0,,,0,Main Counter,2025-02-10,13:00:00,INR,1,0,2025-02-10 13:00:00
I-31,P-3,1,LASSI,Lassi,Food,1,60,0,0,,,0,Main Counter,2025-02-10,13:30:00,INR,0,0,2025-02-10 13:30:00
I-41,P-4,1,LASSI,Lassi,Food,1,60,0,0,,,0,Main Counter,2025-02-10,13:40:00,INR,2,0,2025-02-10 13:40:00
I-51,P-5,1,DOSA,Dosa,Food,-1,-108,12,0,1,P-0,1,Main Counter,2025-02-10,14:00:00,INR,1,0,2025-02-10 14:00:00
I-61,P-6,1,LASSI,Lassi,Food,1,60,0,0,,,0,Main Counter,2025-02-10,20:00:00,INR,1,0,2025-02-10 20:00:00
""")
SALES_ITEMS = rows_of("""
name,parent,idx,item_code,item_name,item_group,qty,net_amount,discount_amount,distributed_discount_amount,original_idx,return_against,is_return,store,posting_date,posting_time,currency,docstatus,is_consolidated,modified
J-11,S-1,1,THALI,Thali,Food,10,2000,0,0,,,0,Main - SG,2025-02-10,23:00:00,INR,1,1,2025-02-10 23:00:00
J-21,S-2,1,THALI,Thali,Food,50,9000,0,0,,,0,Main - SG,2025-02-10,16:00:00,INR,1,0,2025-02-11 02:00:00
""")
PAYMENTS = rows_of("""
name,parent,mode_of_payment,amount,store,is_return,posting_date,posting_time,currency,docstatus,is_consolidated,modified
Y-11,P-1,Cash,300,Main Counter,0,2025-02-10,12:10:00,INR,1,0,2025-02-10 12:10:00
Y-12,P-1,Credit Card,0,Main Counter,0,2025-02-10,12:10:00,INR,1,0,2025-02-10 12:10:00
Y-21,P-2,UPI,600,Main Counter,0,2025-02-10,13:00:00,INR,1,0,2025-02-10 13:00:00
Y-51,P-5,Cash,-113.40,Main Counter,1,2025-02-10,14:00:00,INR,1,0,2025-02-10 14:00:00
Y-61,P-6,Cash,62.50,Main Counter,0,2025-02-10,20:00:00,INR,1,0,2025-02-10 20:00:00
Z-11,S-1,UPI,600,Main - SG,0,2025-02-10,23:00:00,INR,1,1,2025-02-10 23:00:00
""")
CUSTOMERS = rows_of("""
name,customer_name,customer_type,mobile_no,email_id,language,tax_id,account_manager,payment_terms,creation,modified,credit_days
CUST-1,Mira Sample,Individual,+91 90000 00001,mira@example.com,en,,,,2024-05-01 09:00:00,2024-05-01 09:00:00,
CUST-2,Sample Offices,Company,,,en,29AAAAA0000A1Z5,manager@example.com,30 days,2024-05-01 09:00:00,2024-05-01 09:00:00,30
Guest,Guest,Individual,,,en,,,,2024-05-01 09:00:00,2024-05-01 09:00:00,
""")
DAY = "2025-02-10"
FILES = (
    SourceFile(f"pos_invoices_{DAY}.csv", POS_INVOICES, needed="net_total", amount="grand_total"),
    SourceFile(f"sales_invoices_{DAY}.csv", SALES_INVOICES),
    SourceFile(f"pos_items_{DAY}.csv", POS_ITEMS, needed="net_amount", amount="net_amount"),
    SourceFile(f"sales_items_{DAY}.csv", SALES_ITEMS),
    SourceFile(f"invoice_payments_{DAY}.csv", PAYMENTS, needed="amount", amount="amount"),
    SourceFile(f"customers_{DAY}.csv", CUSTOMERS, needed="customer_type"),
)


def _database(folder: Path) -> str:
    url = f"sqlite:///{folder / 'erpnext.db'}"
    make_erpnext(url)
    return url


STORIES = (
    SourceStory(
        name="erpnext",
        source=SourcePolicy(
            name="erp",
            layout="erpnext",
            folder="erp",
            time_zone="Asia/Kolkata",
            currency_code="INR",
            country="IN",
            store_map={"Main Counter": "E1", "Main - SG": "E1"},
        ),
        stores=(
            StorePolicy(
                store_id="E1", store_name="Main", time_zone="Asia/Kolkata", currency_code="INR"
            ),
        ),
        first=date(2025, 2, 10),
        last=date(2025, 2, 10),
        files=FILES,
        records={
            # P-1: 263 asked, 13 of it paid with points: 276 less 26 (coupon) and 13, 12.50 tax,
            # 0.50 rounded up.
            "orders": """
order_id,store_id,closed_at,channel,customer_ref,account_id,gross_amount,discount_amount,tax_amount,rounding_amount,total_amount
P-1,E1,2025-02-10 12:10:00,dine_in,CUST-1,,276.00,39.00,12.50,0.50,250.00
P-2,E1,2025-02-10 13:00:00,dine_in,CUST-2,CUST-2,2000.00,0.00,100.00,0.00,2100.00
P-6,E1,2025-02-10 20:00:00,dine_in,,,60.00,0.50,3.00,0.00,62.50
S-2,E1,2025-02-10 16:00:00,catering,CUST-2,CUST-2,9000.00,0.00,450.00,0.00,9450.00
""",
            "order_identifiers": "order_id,identifier_type,identifier_value\nP-1,phone,+91 90000 00001\n",
            "order_lines": """
order_id,line_no,item_id,quantity,gross_amount,discount_amount
P-1,1,DOSA,2,240.00,24.00
P-1,2,LASSI,1,60.00,0.00
P-2,1,THALI,10,2000.00,0.00
P-6,1,LASSI,1,60.00,0.00
S-2,1,THALI,50,9000.00,0.00
""",
            "adjustments": """
adjustment_id,order_id,line_no,adjustment_type,amount,adjusted_at,reason
P-1:distributed_discount,P-1,,coupon,26.00,2025-02-10 12:10:00,FEB10
P-1:loyalty_amount,P-1,,loyalty_redemption,13.00,2025-02-10 12:10:00,
P-6:write_off_amount,P-6,,discount,0.50,2025-02-10 20:00:00,written off
I-51,P-0,1,refund,108.00,2025-02-10 14:00:00,
""",
            "payments": """
payment_id,order_id,tender,amount
Y-11,P-1,cash,300.00
Y-21,P-2,wallet,600.00
Y-61,P-6,cash,62.50
P-1:change,P-1,cash,-50.00
P-2:account,P-2,house_account,1500.00
S-2:account,S-2,house_account,9450.00
""",
            "invoices": """
invoice_id,account_id,issued_on,due_on,amount,order_id,paid_on
P-2,CUST-2,2025-02-10,2025-03-12,1500.00,P-2,
S-2,CUST-2,2025-02-10,2025-03-12,9450.00,S-2,2025-02-11
""",
            "items": "item_id,item_name,category\nDOSA,Dosa,Food\nLASSI,Lassi,Food\nTHALI,Thali,Food\nTHALI,Thali,Food\n",
            "customers": """
customer_ref,customer_kind,joined_on,account_id,phone,email
CUST-1,consumer,2024-05-01,,+91 90000 00001,mira@example.com
CUST-2,business,2024-05-01,CUST-2,,
""",
            "customer_identifiers": "customer_ref,identifier_type,identifier_value\nCUST-1,phone,+91 90000 00001\nCUST-1,email,mira@example.com\n",
            "accounts": "account_id,account_name,payment_terms_days,account_owner\nCUST-2,Sample Offices,30,manager@example.com\n",
        },
        counts={
            f"pos_invoices_{DAY}.csv": RowCounts(read=6, loaded=3, out_of_scope=3),
            f"sales_invoices_{DAY}.csv": RowCounts(read=2, loaded=1, out_of_scope=1),
            f"pos_items_{DAY}.csv": RowCounts(read=7, loaded=5, out_of_scope=2),
            f"sales_items_{DAY}.csv": RowCounts(read=2, loaded=1, out_of_scope=1),
            f"invoice_payments_{DAY}.csv": RowCounts(read=6, loaded=3, out_of_scope=3),
            f"customers_{DAY}.csv": RowCounts(read=3, loaded=2, out_of_scope=1),
        },
        cents={
            "orders.total_amount": "11862.50",
            "orders.tax_amount": "565.50",
            "order_lines.gross_amount": "11360.00",
            "order_lines.discount_amount": "24.00",
            "adjustments.amount": "147.50",
            "payments.amount": "11862.50",
            "invoices.amount": "10950.00",
        },
        howto="erpnext.md",
        broken=tuple(file.name for file in FILES if file.needed),
        answers={"bad_amount": "quarantined: amount_not_exact"},
        database=_database,
    ),
)
