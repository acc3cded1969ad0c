"""Odoo's point of sale: one day of two tills, from files with the columns of its queries and,
with the same outcome, from a database.
"""

from datetime import date
from pathlib import Path

from acceptance.odoo_database import make_odoo
from acceptance.stories import SourceFile, SourceStory, rows_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

ORDERS = rows_of("""
id,pos_reference,date_order,state,config_name,customer_count,table_id,partner_id,account_id,mobile,email,amount_total,amount_tax,amount_paid,tip_amount,sold_lines,returned_total,returned_net,written_at
101,Order 101,2025-01-10 11:10:00,done,Corner Shop,2,7,11,,+49 151 0000001,,29.06,2.46,29.05,2.00,5,0,0,2025-01-10 11:10:00
103,Order 103,2025-01-10 11:20:00,draft,Corner Shop,,,,,,,13.20,1.20,0,0,1,0,0,2025-01-10 11:20:00
104,Order 104,2025-01-10 18:00:00,paid,Corner Shop,,,,,,,-13.20,-1.20,-13.20,0,0,-13.20,-12.00,2025-01-10 18:00:00
105,Order 105,2025-01-10 19:00:00,invoiced,Old Town,,,13,12,,,13.20,1.20,13.20,0,1,-6.60,-6.00,2025-01-10 19:00:00
102,Order 102,2025-01-11 02:30:00,paid,Corner Shop,,,,,,,13.20,1.20,13.20,0,1,0,0,2025-01-11 02:30:00
""")
LINES = rows_of("""
id,order_id,product_id,default_code,full_product_name,category,qty,price_unit,discount,price_subtotal,total_cost,combo_parent_id,is_tip,refunded_orderline_id,refunded_order_id,config_name,date_order,state,written_at
1001,101,31,P31,Pizza,All / Food,2,12.00,10,21.60,6.40,,0,,,Corner Shop,2025-01-10 11:10:00,done,2025-01-10 11:10:00
1002,101,33,P33,Lunch menu,All / Food,1,0,0,0,0,,0,,,Corner Shop,2025-01-10 11:10:00,done,2025-01-10 11:10:00
1003,101,32,P32,Soup,All / Food,1,6.00,0,6.00,1.50,1002,0,,,Corner Shop,2025-01-10 11:10:00,done,2025-01-10 11:10:00
1004,101,39,P39,Tip,All / Food,1,2.00,0,2.00,0,,1,,,Corner Shop,2025-01-10 11:10:00,done,2025-01-10 11:10:00
1005,101,38,P38,3.00 on your order,All / Food,1,-3.00,0,-3.00,0,,0,,,Corner Shop,2025-01-10 11:10:00,done,2025-01-10 11:10:00
1007,103,31,P31,Pizza,All / Food,1,12.00,0,12.00,3.20,,0,,,Corner Shop,2025-01-10 11:20:00,draft,2025-01-10 11:20:00
1008,104,31,P31,Pizza,All / Food,-1,12.00,0,-12.00,-3.20,,0,901,90,Corner Shop,2025-01-10 18:00:00,paid,2025-01-10 18:00:00
1009,105,32,P32,Soup,All / Food,3,6.00,0,18.00,4.50,,0,,,Old Town,2025-01-10 19:00:00,invoiced,2025-01-10 19:00:00
1010,105,32,P32,Soup,All / Food,-1,6.00,0,-6.00,-1.50,,0,1003,101,Corner Shop,2025-01-10 19:00:00,invoiced,2025-01-10 19:00:00
1006,102,31,P31,Pizza,All / Food,1,12.00,0,12.00,3.20,,0,,,Corner Shop,2025-01-11 02:30:00,paid,2025-01-11 02:30:00
""")
PAYMENTS = rows_of("""
id,pos_order_id,amount,method_name,payment_date,config_name,state,sold_lines,written_at
501,101,40.00,"{""de_DE"": ""Bar"", ""en_US"": ""Cash""}",2025-01-10 11:10:00,Corner Shop,done,5,2025-01-10 11:10:00
502,101,-10.95,Cash,2025-01-10 11:10:00,Corner Shop,done,5,2025-01-10 11:10:00
504,104,-13.20,Bank card,2025-01-10 18:00:00,Corner Shop,paid,0,2025-01-10 18:00:00
505,105,13.20,Bank card,2025-01-10 19:00:00,Old Town,invoiced,1,2025-01-10 19:00:00
503,102,13.20,Bank card,2025-01-11 02:30:00,Corner Shop,paid,1,2025-01-11 02:30:00
""")
PARTNERS = rows_of("""
id,name,phone,mobile,email,lang,vat,is_company,account_id,create_date,written_at
11,Ada Sample,+49 30 0000001,+49 151 0000001,ada@example.com,de_DE,,false,,2024-06-01 10:00:00,2024-06-01 10:00:00
12,Sample Offices,,,office@example.com,en_US,DE000000001,true,12,2024-06-01 10:00:00,2024-06-01 10:00:00
13,Ben Sample,,,,en_US,,false,12,2024-06-01 10:00:00,2024-06-01 10:00:00
""")
FILES = (
    SourceFile("pos_orders_2025-01-10.csv", ORDERS, needed="amount_total", amount="amount_total"),
    SourceFile("pos_lines_2025-01-10.csv", LINES, needed="price_subtotal", amount="price_subtotal"),
    SourceFile("pos_payments_2025-01-10.csv", PAYMENTS, needed="amount", amount="amount"),
    SourceFile("partners_2025-01-10.csv", PARTNERS, needed="is_company"),
)


def _database(folder: Path) -> str:
    url = f"sqlite:///{folder / 'odoo.db'}"
    make_odoo(url)
    return url


STORIES = (
    SourceStory(
        name="odoo_pos",
        source=SourcePolicy(
            name="odoo",
            layout="odoo_pos",
            folder="odoo",
            time_zone="Europe/Berlin",
            currency_code="EUR",
            country="DE",
            store_map={"Corner Shop": "O1", "Old Town": "O2"},
        ),
        stores=tuple(
            StorePolicy(
                store_id=store, store_name=store, time_zone="Europe/Berlin", currency_code="EUR"
            )
            for store in ("O1", "O2")
        ),
        first=date(2025, 1, 10),
        last=date(2025, 1, 10),
        files=FILES,
        records={
            # 101: 29.06 of which 2.46 tax and 2.00 tip, one cent rounded off. 105 sold 18.00 and
            # 1.80 tax; the soup that came back paid 6.60 of it.
            "orders": """
order_id,store_id,closed_at,channel,status,covers,customer_ref,account_id,external_order_id,gross_amount,tax_amount,tip_amount,rounding_amount,total_amount
101,O1,2025-01-10 11:10:00Z,dine_in,paid,2,11,,Order 101,24.60,2.46,2.00,-0.01,29.05
105,O2,2025-01-10 19:00:00Z,takeaway,paid,,13,12,Order 105,18.00,1.80,0.00,0.00,19.80
102,O1,2025-01-11 02:30:00Z,takeaway,paid,,,,Order 102,12.00,1.20,0.00,0.00,13.20
""",
            "order_identifiers": "order_id,store_id,identifier_type,identifier_value\n101,O1,phone,+49 151 0000001\n",
            # 21.60 after ten per cent off is 24.00 less 2.40.
            "order_lines": """
order_id,store_id,line_no,parent_line_no,item_id,item_name,quantity,gross_amount,discount_amount
101,O1,1001,,31,Pizza,2,24.00,2.40
101,O1,1002,,33,Lunch menu,1,0.00,0.00
101,O1,1003,1002,32,Soup,1,6.00,0.00
105,O2,1009,,32,Soup,3,18.00,0.00
102,O1,1006,,31,Pizza,1,12.00,0.00
""",
            "adjustments": """
adjustment_id,store_id,order_id,line_no,adjustment_type,funded_by,amount,adjusted_at
1005,O1,101,,discount,merchant,3.00,2025-01-10 11:10:00Z
1008,O1,90,901,refund,merchant,12.00,2025-01-10 18:00:00Z
1010,O1,101,1003,refund,merchant,6.00,2025-01-10 19:00:00Z
""",
            "payments": """
payment_id,order_id,store_id,tender,amount
105:returned,105,O2,voucher,6.60
501,101,O1,cash,40.00
502,101,O1,cash,-10.95
505,105,O2,card,13.20
503,102,O1,card,13.20
""",
            "items": "item_id,item_name,category,revenue_kind\n31,Pizza,All / Food,sale\n33,Lunch menu,All / Food,sale\n32,Soup,All / Food,sale\n",
            "recipe_costs": """
item_id,store_id,unit_cost,valid_from
31,O1,3.20000000,2025-01-10
32,O1,1.50000000,2025-01-10
32,O2,1.50000000,2025-01-10
""",
            "customers": """
customer_ref,customer_kind,joined_on,account_id,language,display_name,phone,email
11,consumer,2024-06-01,,de_DE,Ada Sample,+49 151 0000001,ada@example.com
12,business,2024-06-01,12,en_US,Sample Offices,,office@example.com
13,consumer,2024-06-01,12,en_US,Ben Sample,,
""",
            "customer_identifiers": """
customer_ref,identifier_type,identifier_value
11,phone,+49 151 0000001
11,phone,+49 30 0000001
11,email,ada@example.com
12,email,office@example.com
""",
            "accounts": "account_id,account_name,tax_id\n12,Sample Offices,DE000000001\n",
        },
        counts={
            "pos_orders_2025-01-10.csv": RowCounts(read=5, loaded=3, out_of_scope=2),
            "pos_lines_2025-01-10.csv": RowCounts(read=10, loaded=8, out_of_scope=2),
            "pos_payments_2025-01-10.csv": RowCounts(read=5, loaded=4, out_of_scope=1),
            "partners_2025-01-10.csv": RowCounts(read=3, loaded=3),
        },
        cents={
            "orders.total_amount": "62.05",
            "orders.tip_amount": "2.00",
            "order_lines.gross_amount": "60.00",
            "order_lines.discount_amount": "2.40",
            "adjustments.amount": "21.00",
            "payments.amount": "62.05",
        },
        howto="odoo_pos.md",
        broken=tuple(file.name for file in FILES),
        answers={"bad_amount": "quarantined: amount_not_exact"},
        database=_database,
    ),
)
