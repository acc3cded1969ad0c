"""The order file of a six-brand delivery group: three orders of three brands and restaurants."""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, rows_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

ORDERS = rows_of("""
restaurant_id,brand,subzone,order_id,distance,items,discount_text,subtotal,packaging,disc_promo,disc_flat,disc_gold,disc_pack,total,rating,kpt_min,rider_wait_min,complaint,compensation,penalty,customer,ordered_at,day,discount
R1,Swaad,Sector 4,901,3km,"1 x Fries, 2 x Lassi",,100.0,5.25,20.0,0,0.5,0,84.75,4,18.3,1,Poor taste or quality,,,c1,2024-09-10 00:38:00,2024-09-10 00:00:00,20.5
R1,Swaad,Sector 4,902,3km,1 x Fries .,,50.0,0,0,0,0,0,50.0,,18.3,1,,,,c2,2024-09-10 12:10:00,2024-09-10 00:00:00,0
R2,Aura Pizzas,Sector 4,903,3km,1 x Pizza,,300.0,10.0,0,0,0,0,310.0,,18.3,1,,,,c1,2024-09-10 19:00:00,2024-09-10 00:00:00,0
""")
STORY = SourceStory(
    name="restaurant_group",
    source=SourcePolicy(
        name="group",
        layout="restaurant_group",
        folder="group",
        time_zone="Asia/Kolkata",
        currency_code="INR",
    ),
    stores=tuple(
        StorePolicy(store_id=store, store_name=store, time_zone="Asia/Kolkata", currency_code="INR")
        for store in ("R1", "R2")
    ),
    first=date(2024, 9, 10),
    last=date(2024, 9, 10),
    files=(SourceFile("orders_2024-09-10.parquet", ORDERS, needed="disc_gold", amount="subtotal"),),
    records={
        "orders": """
order_id,store_id,business_date,closed_at,gross_amount,packaging_fee_amount,discount_amount,total_amount,customer_ref
901,R1,2024-09-10,2024-09-10 00:38:00,100.00,5.25,20.50,84.75,c1
902,R1,2024-09-10,2024-09-10 12:10:00,50.00,0.00,0.00,50.00,c2
903,R2,2024-09-10,2024-09-10 19:00:00,300.00,10.00,0.00,310.00,c1
""",
        "order_lines": """
order_id,line_no,item_id,quantity,gross_amount
901,1,swaad:fries,1,33.33
901,2,swaad:lassi,2,66.67
902,1,swaad:fries,1,50.00
903,1,aura_pizzas:pizza,1,300.00
""",
        "adjustments": """
adjustment_id,adjustment_type,funded_by,amount
901:promo,merchant_promo,merchant,20.00
901:gold,loyalty_redemption,merchant,0.50
""",
        "payments": "payment_id,tender,amount\n901:1,platform,84.75\n902:1,platform,50.00\n903:1,platform,310.00\n",
        "feedback": "feedback_id,feedback_kind,score\n901:rating,stars,4\n901:complaint,complaint,\n",
        "items": "item_id,item_name\nswaad:fries,Fries\nswaad:lassi,Lassi\naura_pizzas:pizza,Pizza\n",
    },
    counts={"orders_2024-09-10.parquet": RowCounts(read=3, loaded=3)},
    cents={
        "orders.total_amount": "444.75",
        "orders.discount_amount": "20.50",
        "order_lines.gross_amount": "450.00",
        "adjustments.amount": "20.50",
        "payments.amount": "444.75",
    },
    howto="restaurant_group.md",
    answers={"bad_amount": "quarantined: amount_not_exact"},
)
STORIES = (STORY,)
