"""The canonical templates as CSV, XLSX and Parquet: the published examples, two rows each."""

from datetime import date

from acceptance.stories import SourceFile, SourceStory, rows_of
from regulars.policy import SourcePolicy, StorePolicy
from regulars.settings import PROJECT
from regulars.sources.landing import RowCounts

STORES = tuple(
    StorePolicy(
        store_id=store, store_name=store, time_zone="Asia/Shanghai", currency_code="CNY",
        country="CN",
    )
    for store in ("S01", "S02")
)  # fmt: skip
# The header that each template cannot do without, and one of its amounts.
BREAKS = {
    "orders": ("order_id", "total_amount"),
    "order_lines": ("line_no", "gross_amount"),
    "payments": ("payment_id", "amount"),
    "adjustments": ("adjustment_id", "amount"),
    "settlements": ("settlement_id", "amount"),
    "order_identifiers": ("identifier_value", ""),
    "customers": ("customer_kind", ""),
    "customer_identifiers": ("identifier_value", ""),
    "customer_overrides": ("override_id", ""),
    "consents": ("consent_status", ""),
    "feedback": ("feedback_id", "score"),
    "leads": ("lead_id", "estimated_amount"),
    "reservations": ("reservation_id", ""),
    "accounts": ("account_name", ""),
    "invoices": ("invoice_id", "amount"),
    "items": ("item_id", ""),
    "recipe_costs": ("item_id", "unit_cost"),
    "cost_rules": ("rule_id", "amount"),
    "stores": ("store_id", ""),
}
RECORDS = {
    "orders": """
order_id,store_id,closed_at,channel,status,total_amount,business_date,customer_ref
1001,S01,2025-01-31 19:05,dine_in,paid,118.00,2025-01-31,M0001
1002,S01,2025-02-01 00:40,delivery_platform,paid,46.00,2025-01-31,M0002
""",
    "order_lines": """
order_id,line_no,item_id,quantity,gross_amount,discount_amount
1001,1,D01,2,120.00,0.00
1002,1,N01,1,40.00,
""",
    "payments": "payment_id,tender,amount,fee_amount\nP1,card,118.00,0.71\nP2,platform,46.00,\n",
    "adjustments": """
adjustment_id,adjustment_type,funded_by,amount,order_id,reason
A1,coupon,merchant,12.00,1001,welcome back
A2,refund,merchant,10.00,1002,cold on arrival
""",
    "settlements": "settlement_id,fee_type,amount,order_id\nST1,commission,7.20,1002\nST2,ads,25.00,\n",
    "order_identifiers": """
order_id,identifier_type,identifier_value
1001,phone,138 0000 0001
1002,platform_user,u-778812
""",
    "customers": """
customer_ref,customer_kind,joined_on,account_id,phone,email
M0001,consumer,2024-06-01,,+86 138 0000 0001,one@example.com
M0002,business,2024-09-15,ACC1,,two@example.com
""",
    "customer_identifiers": """
customer_ref,identifier_type,identifier_value
M0001,member_no,0000123456
M0002,email,two@example.com
""",
    "customer_overrides": """
override_id,override_kind,customer_ref,other_customer_ref,customer_kind
OV1,same_customer,M0001,M0004,
OV2,customer_kind,M0003,,business
""",
    "consents": """
customer_ref,contact_channel,consent_status,consented_at
M0001,sms,granted,2024-06-01 12:00
M0002,email,denied,2024-09-15 09:30
""",
    "feedback": """
feedback_id,feedback_kind,order_id,score,scale,complaint_status
F1,stars,1001,4.5,5,
F2,complaint,1002,,,open
""",
    "leads": """
lead_id,customer_ref,created_at,lead_source,estimated_amount
L1,M0003,2025-01-30 15:00,catering form,3000.00
L2,M0004,2025-01-31 10:20,registration,
""",
    "reservations": """
reservation_id,reserved_for_at,reservation_status,party_size,order_id
RS1,2025-01-31 18:00,seated,2,1001
RS2,2025-01-31 20:00,no_show,4,
""",
    "accounts": """
account_id,parent_account_id,payment_terms_days,buying_mode
ACC1,,30,central
ACC2,ACC1,,scattered
""",
    "invoices": """
invoice_id,account_id,issued_on,due_on,amount,order_id,paid_on
INV1,ACC1,2025-01-31,2025-03-02,46.00,1002,
INV2,ACC1,2024-12-31,2025-01-30,880.00,,2025-02-06
""",
    "items": "item_id,category,revenue_kind\nD01,mains,sale\nN01,noodles,sale\n",
    "recipe_costs": """
item_id,unit_cost,valid_from,valid_to
D01,19.35,2024-01-01,2024-12-31
D01,20.1025,2025-01-01,
""",
    "cost_rules": """
rule_id,component,basis,rate,amount,priority
commission_meituan,commission,rate,0.18,,10
box_takeaway,packaging,per_order,,1.50,
""",
    "stores": "store_id,time_zone,cutoff\nS01,Asia/Shanghai,04:00\nS02,Asia/Shanghai,\n",
}
CENTS = {
    "orders.total_amount": "164.00",
    "orders.discount_amount": "12.00",
    "order_lines.gross_amount": "160.00",
    "payments.amount": "164.00",
    "payments.fee_amount": "0.71",
    "adjustments.amount": "22.00",
    "settlements.amount": "32.20",
    "leads.estimated_amount": "3000.00",
    "invoices.amount": "926.00",
}


def _story(suffix: str, broken: tuple[str, ...]) -> SourceStory:
    files = tuple(_file(entity, suffix) for entity in BREAKS)
    return SourceStory(
        name=f"canonical_{suffix}",
        source=SourcePolicy(
            name="pos", folder="pos", time_zone="Asia/Shanghai", currency_code="CNY", country="CN"
        ),
        stores=STORES,
        first=date(2025, 1, 31),
        last=date(2025, 1, 31),
        files=files,
        records=RECORDS,
        counts={file.name: RowCounts(read=2, loaded=2) for file in files},
        cents=CENTS,
        howto="run_on_your_own_files.md",
        broken=tuple(f"{entity}.{suffix}" for entity in broken),
    )


def _file(entity: str, suffix: str) -> SourceFile:
    example = (PROJECT / "docs" / "templates" / f"{entity}.csv").read_text("utf-8")
    needed, amount = BREAKS[entity]
    return SourceFile(f"{entity}.{suffix}", rows_of(example), needed=needed, amount=amount)


STORIES = (
    _story("csv", tuple(BREAKS)),
    _story("xlsx", ("orders", "customers", "invoices")),
    _story("parquet", ("orders", "customers", "invoices")),
)
