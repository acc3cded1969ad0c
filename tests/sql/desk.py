"""The desk where actions are decided: a typical guest of a list, and who is held out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa
from kitchen import DAY, Kitchen

from regulars.actions.holdout import is_held_out
from regulars.steps.action_tables import CONTACT_MEMORY

MAY = datetime(2024, 5, 1)
EXPERIMENT, SHARE, OFFER = "spring_test", 0.10, 800
SPENDING = {
    "experiment_id": EXPERIMENT, "holdout_share": SHARE, "shadow_share": 0,
    "small_offer_minor": OFFER, "rich_offer_minor": 2 * OFFER, "valid_days": 14,
    "store_daily_budget_minor": 5 * OFFER, "test_budget_share": 1,
}  # fmt: skip
KEYS = [f"c{number:04}" for number in range(1500)]
FREE = [key for key in KEYS if not is_held_out(EXPERIMENT, key, SHARE)]
HELD = [key for key in KEYS if is_held_out(EXPERIMENT, key, SHARE)]
GUEST = {
    "customer_key": FREE[0], "customer_kind": "consumer", "tier": "iron", "segment": "wavering",
    "stage": "stabilise", "list_name": "incentivise", "store_id": "S1", "visit_count": 10,
    "age_days": 300, "silent_days": 60, "expected_gap_days": 19.5, "overdue_ratio": 3.0,
    "tier_profit_minor": 20_000, "curve_profit_minor": 40_000, "value_minor": 20_000,
    "potential_minor": 500, "expected_value_minor": 900, "active_ratio": 0.5,
    "visit_profit_high_minor": 2500, "discounted_order_count": 1, "order_count": 10,
    "is_proven": True, "is_specials_only": False, "has_open_complaint": False,
    "is_staff": False, "currency_code": "CNY", "snapshot_date": DAY,
}  # fmt: skip
LIST_OF = {"loyal": "reward", "wavering": "incentivise", "prospect": "activate",
           "lapsed": "activate", "steady": "activate", "loss_maker": "deprioritise"}  # fmt: skip
Rows = dict[str, dict[str, Any]]
Decide = Callable[..., Rows]
DECIDING = (
    "act_listed", "act_candidates", "act_prices", "act_levers", "act_options", "act_bids",
    "act_fundings", "act_plans", "act_choices", "act_suppressions", "fct_actions",
)  # fmt: skip
EVERYBODY = frozenset(KEYS)
VISITS = {
    "visit_cm2_minor": 6000, "order_cm3_minor": 5000, "main_channel": "own", "order_count": 10,
    "busy_order_count": 0, "discount_minor": 7300, "channel_cost_minor": 0,
    "service_cost_minor": 0,
}  # fmt: skip
"""What a typical visit of everybody brings."""
SAID = {
    "act_overrides": pa.schema({
        "customer_key": pa.string(), "is_suppressed": pa.bool_(), "is_offer_expired": pa.bool_(),
        "hand_offer_minor": pa.int64(), "snapshot_date": pa.date32(),
    }),
    "snap_newcomer_screens": pa.schema({
        "customer_key": pa.string(), "probation_offer_minor": pa.int64(),
        "snapshot_date": pa.date32(),
    }),
}  # fmt: skip
"""What is only known of some guests."""
UNTOUCHED = (
    "fct_orders", "fct_customer_days", "fct_reconciliation", "fct_concentration",
    "fct_tier_moves", "int_customers", "snap_customer_scores", "snap_newcomer_screens",
)  # fmt: skip
"""What the exceptions look at beside the lists."""


def find_guardrails(desk: Kitchen) -> dict[str, str]:
    """What stands before each guest of the day, by customer."""
    rows = desk.taste(
        "select listed.customer_key, coalesce(listed.guardrail, plans.guardrail) as guardrail"
        " from act_candidates as listed"
        " left join act_plans as plans on listed.customer_key = plans.customer_key"
    )
    return {row["customer_key"]: row["guardrail"] for row in rows}


def set_apart(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A guest and a store of its own for each case, so that one build tells them all."""
    return [{"customer_key": key, "store_id": f"T{number}", **case}
            for number, (key, case) in enumerate(zip(FREE, cases, strict=False))]  # fmt: skip


def recall(desk: Kitchen, *rows: dict[str, Any]) -> None:
    """Say what is remembered of earlier contacts."""
    desk.warehouse.load("ops_contact_memory", pa.Table.from_pylist([*rows], CONTACT_MEMORY))
