"""The rows of the judgement in a run's report: who stands where, who moved, how good it is."""

from typing import Literal

from regulars.reports.board_rows import Count, Figures, Ratio, Share


class StandingRow(Figures):
    """The customers of a segment and tier, and their profit in the review window together."""

    segment: str
    tier: str
    customers: Count
    profit_minor: int


class MoveRow(Figures):
    """How many moved from one tier to another on the business date."""

    tier_before: str
    tier: str
    customers: Count


class QualityRow(Figures):
    """The product figures of the business date beside what they aim at.

    A rate is None where nothing could be counted yet. `flips_per_year` are tier moves per
    customer-year without the first climb; false kills are once listed loss-makers who have brought
    profit since.
    """

    flips_per_year: Ratio | None
    max_flips_per_year: Ratio
    false_kills: Count
    once_listed: Count
    max_false_kill_share: Share
    moves: Count
    move_share: Share | None
    max_move_share: Share
    is_move_alarm: bool
    unproven: Count
    unproven_share: Share | None
    unproven_profit_minor: int
    anonymous_order_share: Share | None
    anonymous_sales_share: Ratio | None
    borderline_share: Share | None
    notice_share: Share | None
    loss_maker_share: Share | None

    @property
    def false_kill_share(self) -> float | None:
        """False kills among those once listed."""
        return self.false_kills / self.once_listed if self.once_listed else None


class FairnessRow(Figures):
    """A list, measure and dimension with its worst served group. Ratios are at most 1."""

    list_name: str
    measure: str
    dimension: str
    group_id: str
    best_group_id: str
    base_count: Count
    chosen_count: Count
    impact_ratio: Share
    p_value: Share
    verdict: str
    is_gate: bool

    @property
    def is_held(self) -> bool:
        """Whether the list waits for a person because of it."""
        return self.is_gate and self.verdict == "uneven"


class CalibrationRow(Figures):
    """What was predicted one horizon ago of a tenth of the customers, and what happened."""

    decile: Count
    customers: Count
    expected_share: Share | None
    returned_share: Share | None


class CalibrationSum(Figures):
    """The quality of the predictions over all customers; figures are None until measured."""

    status: str
    customers: Count
    auc: Ratio | None
    brier: Ratio | None
    expected_share: Share | None
    returned_share: Share | None


class MigrationRow(Figures):
    """How many went from one stage to another in the newest whole month, beside the goal."""

    stage_before: str
    stage: str
    customers: Count
    share: Share | None
    goal_bound: Literal["at_least", "at_most"] | None
    goal_share: Share | None
    is_goal_met: bool | None
