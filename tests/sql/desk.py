"""The desk where actions are decided: a typical guest of a list, and who is held out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kitchen import DAY

from regulars.actions.holdout import is_held_out

MAY = datetime(2024, 5, 1)
EXPERIMENT, SHARE, OFFER = "spring_test", 0.10, 800
SPENDING = {
    "experiment_id": EXPERIMENT, "holdout_share": SHARE, "small_offer_minor": OFFER,
    "store_daily_budget_minor": 3 * OFFER, "valid_days": 14,
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
DECIDING = ("act_candidates", "act_choices", "act_suppressions", "fct_actions")
UNTOUCHED = (
    "fct_orders", "fct_customer_days", "fct_reconciliation", "fct_concentration",
    "fct_tier_moves", "int_customers",
)  # fmt: skip
"""What the exceptions look at beside the lists."""
