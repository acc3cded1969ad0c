"""Two references become one person by a decision, and two again: history follows both times."""

from pathlib import Path

from small_house import FIRST, ORDERS, SECOND, THIRD, Look, run
from small_house import drop as drop
from small_house import look as look

from regulars.steps import build_customer_profit

OVERRIDES = (
    "override_id,override_kind,customer_ref,other_customer_ref,decided_by,decided_on,reason,"
    "valid_to,revision\n"
)


def live(day: str) -> None:
    run(day)
    build_customer_profit.take_snapshots(day)


def test_history_is_restated_when_people_merge_and_when_they_part(drop: Path, look: Look):
    (drop / "orders_2025-03-03.csv").write_text(
        ORDERS + "1,S1,2025-03-03 12:00,dine_in,paid,10.00,M1,\n"
        "2,S1,2025-03-03 13:00,dine_in,paid,20.00,M2,\n"
    )
    live(FIRST)
    days = "select customer_key, business_date, order_count from fct_customer_days"
    apart = look(f"{days} order by customer_key")
    assert [row["order_count"] for row in apart] == [1, 1]

    (drop / "orders_2025-03-04.csv").write_text(
        ORDERS + "3,S1,2025-03-04 12:00,dine_in,paid,10.00,M2,\n"
    )
    (drop / "customer_overrides_2025-03-04.csv").write_text(
        OVERRIDES + "V1,same_customer,M1,M2,A. Clerk,2025-03-04,one face,,1\n"
    )
    live(SECOND)
    senior, junior = (row["customer_key"] for row in apart)
    merged = look(f"{days} order by business_date")
    assert [(row["customer_key"], row["order_count"]) for row in merged] == [
        (senior, 2), (senior, 1),
    ]  # fmt: skip
    (known,) = look("select customer_key from int_customers")
    assert known["customer_key"] == senior

    (drop / "customer_overrides_2025-03-05.csv").write_text(
        OVERRIDES + "V1,same_customer,M1,M2,A. Clerk,2025-03-04,one face,2025-03-04,2\n"
    )
    (drop / "orders_2025-03-05.csv").write_text(ORDERS)
    live(THIRD)
    assert look(f"{days} where business_date = date '{FIRST}' order by customer_key") == apart
    moves = look(
        "select reference_key, customer_key_before, customer_key, evidence,"
        " cast(business_date as text) as day from fct_identity_moves order by business_date"
    )
    assert [tuple(row.values()) for row in moves] == [
        (junior, junior, senior, "+same_customer", SECOND),
        (junior, senior, junior, "-same_customer", THIRD),
    ]
