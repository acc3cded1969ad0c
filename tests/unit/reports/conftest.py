"""A report small enough to check by hand: three customers earn 60, 60 and −20."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from regulars.reports.run_report import (
    AccountingRow,
    AuditRow,
    MissingDay,
    ReasonRow,
    RunReport,
    StoreRow,
    WhalePoint,
)


@pytest.fixture
def whale() -> Callable[..., tuple[WhalePoint, ...]]:
    """The whale curve of customers who earned these amounts, given best first."""

    def build(*profits: int) -> tuple[WhalePoint, ...]:
        return tuple(
            WhalePoint(customer_share=n / len(profits), cumulative_profit_minor=sum(profits[:n]))
            for n in range(1, len(profits) + 1)
        )

    return build


@pytest.fixture
def report(whale: Callable[..., tuple[WhalePoint, ...]]) -> Callable[..., RunReport]:
    """A whole report; what matters to a test is named in the call."""

    def build(**changes: Any) -> RunReport:
        figures: dict[str, Any] = {
            "business_date": date(2025, 1, 31),
            "first_date": date(2025, 1, 1),
            "group_name": "Lantern & Tide",
            "policy_version": "2025-01-01.1",
            "run_key": "run-1",
            "currency_code": "CNY",
            "customers": 3,
            "orders": 12,
            "net_sales_minor": 123456,
            "cm2_minor": 45000,
            "anonymous_share": 0.25,
            "whale": whale(6000, 6000, -2000),
            "k80_share": 0.5,
            "peak_share": 2 / 3,
            "erosion_minor": 2000,
            "below_zero_share": 1 / 3,
            "tiers": {"platinum": 1, "gold": 0, "iron": 1, "lead": 1},
            "segments": {"loyal": 2, "loss_maker": 1},
            "lists": {"reward": 2, "incentivise": 0, "activate": 0, "deprioritise": 1},
            "suppressed": {"consent": 4},
            "stores": (
                StoreRow(store_name="<b>Bund</b>", orders=12, net_sales_minor=123456,
                         cm2_minor=45000, anonymous_share=0.25, recon_delta_minor=-5),
            ),
            "accounting": (
                AccountingRow(source="till", entity="orders", read=20, loaded=12, quarantined=3,
                              duplicate=2, summary=1, out_of_scope=0),
            ),
            "audits": (
                AuditRow(name="orders_tie", severity="error", failures=0),
                AuditRow(name="days_complete", severity="warn", failures=2),
            ),
            "missing_days": (MissingDay(source="till", business_date=date(2025, 1, 30)),),
            "reasons": (
                ReasonRow(list_name="reward", reason="On cadence", reason_zh="按时到店",
                          customers=2),
            ),
        }  # fmt: skip
        return RunReport(**(figures | changes))

    return build
