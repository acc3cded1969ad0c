"""How a business customer pays, keeps his word, buys and develops, by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from kitchen import DAY, Kitchen

PAYING = ("snap_business_payments",)


def _ago(days: int) -> date:
    return DAY - timedelta(days=days)


def _kinds(kitchen: Kitchen, **kinds: str) -> Kitchen:
    return kitchen.serve("int_customer_kinds", *(
        {"customer_key": who, "customer_kind": kind, "snapshot_date": DAY}
        for who, kind in kinds.items()
    ))  # fmt: skip


def _bill(number: int, issued: int, due: int, paid: int | None) -> dict[str, Any]:
    """An invoice by how many days ago it was issued, due and paid (negative: in the future)."""
    return {"invoice_id": f"i{number}", "account_id": "A1", "amount_minor": 100,
            "issued_on": _ago(issued), "due_on": _ago(due),
            "paid_on": None if paid is None else _ago(paid), "currency_code": "CNY"}  # fmt: skip


@pytest.mark.parametrize(
    ("bills", "days"),
    [
        ([_bill(1, 60, 30, 20)], 10),  # paid ten days after it fell due
        ([_bill(1, 60, 30, 40)], -10),  # paid ten days before
        ([_bill(1, 60, 30, None)], 30),  # not paid yet
        ([_bill(1, 60, 30, -15)], 30),  # paid only after the date: late until the date
        ([_bill(1, 60, 30, 20), _bill(2, 20, -10, None)], 10),  # one is not due yet
        ([_bill(1, 60, 30, 20), _bill(2, 60, 30, 0)], 20),
        ([_bill(1, 700, 660, None)], None),  # an old story
    ],
)
def test_a_bill_is_late_from_its_due_day_to_its_payment(
    counter: Kitchen, bills: list[dict[str, Any]], days: float | None
):
    counter.rows.clear()
    for bill in bills:
        counter.put("invoices", **bill)
    counter.stage()
    _kinds(counter, firm="business")
    account = {"account_id": "A1", "customer_key": "firm"}
    counter.serve("int_account_customers", account).measure([DAY], *PAYING)
    rows = counter.taste("select * from snap_business_payments")
    assert [row["payment_delay_days"] for row in rows] == ([] if days is None else [days])
