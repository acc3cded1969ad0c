"""The decision table of the segments, row by row, in plain Python."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from kitchen import DAY

TYPICAL = {
    "customer_key": "c1", "customer_kind": "consumer", "is_staff": False,
    "is_profiling_opt_out": False, "home_store_id": "S1", "last_store_id": "S1",
    "has_open_complaint": False, "visit_count": 10, "age_days": 200, "silent_days": 5,
    "expected_gap_days": 20.0, "overdue_ratio": 0.25, "order_count": 10,
    "discounted_order_count": 0, "tier_profit_minor": 20_000, "curve_profit_minor": 30_000,
    "curve_cm2_minor": 30_000, "curve_cm3_minor": 30_000, "is_loss_making": False,
    "value_minor": 20_000, "visit_profit_high_minor": 3000, "active_ratio": 0.9,
    "active_month_count": 6, "is_specials_only": False, "expected_value_minor": 5000,
    "is_screened_in": True, "is_spend_falling": False, "visit_cm2_minor": 3000,
    "potential_minor": 0, "tier": "iron", "tier_since_on": date(2024, 12, 1),
    "big_since_on": None, "is_borderline": False, "loss_review_count": 0, "snapshot_date": DAY,
}  # fmt: skip
BIG = {"tier": "gold", "big_since_on": DAY - timedelta(days=28), "active_month_count": 4}
LOSING = {
    "tier_profit_minor": -1000, "potential_minor": 5000, "curve_profit_minor": -1,
    "is_loss_making": True, "visit_profit_high_minor": -1, "loss_review_count": 2,
    "value_minor": -500,
    "visit_count": 4, "age_days": 180,
}  # fmt: skip
SITUATIONS = st.fixed_dictionaries(
    {
        "is_profiling_opt_out": st.booleans(),
        "has_open_complaint": st.booleans(),
        "visit_count": st.integers(1, 6),
        "age_days": st.sampled_from([10, 60, 61, 179, 180, 900]),
        "is_specials_only": st.booleans(),
        "is_screened_in": st.booleans(),
        "is_spend_falling": st.booleans(),
        "curve_profit_minor": st.integers(-1, 1),
        "is_loss_making": st.booleans(),
        "visit_profit_high_minor": st.integers(-1, 1),
        "tier_profit_minor": st.sampled_from([-5, -4, -3, 0, 1]),
        "value_minor": st.integers(-1, 1),
        "potential_minor": st.sampled_from([0, 19, 20]),
        "loss_review_count": st.integers(0, 3),
        "overdue_ratio": st.sampled_from([0.0, 1.49, 1.5, 2.5, 3.99, 4.0]),
        "big_since_on": st.sampled_from([None, *(DAY - timedelta(days=n) for n in (0, 27, 28))]),
        "active_month_count": st.sampled_from([3, 4]),
    }
).map(lambda s: s | {"tier": "gold" if s["big_since_on"] else "iron"})
FITTING: dict[str, Callable[[dict[str, Any]], bool]] = {
    "not_profiled": lambda s: s["is_profiling_opt_out"],
    "prospect": lambda s: s["visit_count"] <= 2 and s["age_days"] <= 60
    and s["is_screened_in"],
    "unproven": lambda s: s["visit_count"] < 3,
    "loss_maker": lambda s: s["visit_count"] >= 4 and s["age_days"] >= 180
    and s["is_loss_making"] and s["tier_profit_minor"] + s["potential_minor"] / 5 <= 0
    and s["loss_review_count"] >= 2 and not s["has_open_complaint"],
    "lapsed": lambda s: s["overdue_ratio"] >= 4,
    "wavering": lambda s: s["value_minor"] > 0
    and (1.5 <= s["overdue_ratio"] < 4 or s["is_spend_falling"]),
    "loyal": lambda s: s["overdue_ratio"] < 1.5 and s["big_since_on"]
    and s["big_since_on"] <= DAY - timedelta(days=28) and s["active_month_count"] >= 4,
    "steady": lambda s: True,
}  # fmt: skip


def is_losing(s: dict[str, Any]) -> bool:
    """Whether there is a loss at hand that does or does not make a loss-maker."""
    unsure = s["curve_profit_minor"] < 0 and s["visit_count"] >= 3
    return bool(s["is_loss_making"] or s["visit_profit_high_minor"] < 0 or unsure)
