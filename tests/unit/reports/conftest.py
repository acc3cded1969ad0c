"""A report small enough to check by hand: three customers earn 60, 60 and −20."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from regulars.reports.board_rows import (
    BoardRow,
    DriverRow,
    ScenarioRow,
    SourceRow,
    StepRow,
    WhalePoint,
)
from regulars.reports.run_report import (
    AccountingRow,
    AuditRow,
    MissingDay,
    ReasonRow,
    RunReport,
    StoreRow,
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
            "boards": (
                BoardRow(name="Group ‖ 集团", customers=3, true_profit_minor=10000, k80_share=2 / 3,
                         peak_minor=12000, erosion_minor=2000, below_zero=1, gini=0.5,
                         effective_customers=2.0, top_1_share=0.6, top_5_share=1.0,
                         without_top_5_minor=0),
                BoardRow(name="<b>Bund</b>", customers=1, true_profit_minor=-2000, k80_share=None,
                         peak_minor=0, erosion_minor=2000, below_zero=1, gini=None,
                         effective_customers=None, top_1_share=None, top_5_share=None,
                         without_top_5_minor=0),
            ),
            "scenarios": tuple(
                ScenarioRow(scenario=name, true_profit_minor=sum(profits), k80_share=1 / 3,
                            peak_minor=sum(profits[:2]), peak_share=2 / 3,
                            erosion_minor=-profits[2], below_zero_share=1 / 3,
                            curve=whale(*profits))
                for name, profits in (("low", (7000, 6000, -1000)), ("base", (6000, 6000, -2000)),
                                      ("hard", (5000, 5000, -3000)))
            ),
            "waterfall": (
                StepRow(step="gross", is_subtotal=False, change_minor=20000, level_minor=20000),
                StepRow(step="discount", is_subtotal=False, change_minor=-5000, level_minor=15000),
                StepRow(step="net_sales", is_subtotal=True, change_minor=0, level_minor=15000),
                StepRow(step="service_cost", is_subtotal=False, change_minor=-5000,
                        level_minor=10000),
                StepRow(step="true_profit", is_subtotal=True, change_minor=0, level_minor=10000),
            ),
            "drivers": (DriverRow(driver="deep_discounts", customers=1, excess_minor=1500),),
            "sources": (
                SourceRow(source="ads", won=2, winning_minor=1000, kept=1, keeping_minor=200,
                          cost_multiple=5.0, is_measured=True),
                SourceRow(source="unknown", won=1, winning_minor=300, kept=0, keeping_minor=None,
                          cost_multiple=5.0, is_measured=False),
            ),
        }  # fmt: skip
        return RunReport(**(figures | changes))

    return build
