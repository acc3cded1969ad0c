"""The day's fairness as rows for a page: the worst group of each comparison."""

from dataclasses import dataclass
from datetime import date

from regulars.engines import Warehouse


@dataclass(frozen=True)
class FairnessRow:
    """A list, measure and dimension with its worst served group. Ratios are at most 1."""

    list_name: str
    measure: str
    dimension: str
    group_id: str
    best_group_id: str
    base_count: int
    chosen_count: int
    impact_ratio: float
    p_value: float
    verdict: str
    is_gate: bool

    @property
    def is_held(self) -> bool:
        """Whether the list waits for a person because of it."""
        return self.is_gate and self.verdict == "uneven"


def find_fairness(warehouse: Warehouse, day: date) -> list[FairnessRow]:
    """Each comparison's worst group that is large enough to tell; what holds a list first."""
    rows = warehouse.query(
        "select list_name, measure, dimension, group_id, best_group_id, base_count, chosen_count,"
        " impact_ratio, p_value, verdict, is_gate from fct_fairness"
        " where business_date = :day and verdict <> 'too_few' and group_id <> best_group_id"
        " qualify row_number() over (partition by list_name, measure, dimension"
        " order by case verdict when 'uneven' then 0 else 1 end, impact_ratio, group_id) = 1",
        day=day,
    ).to_pylist()
    found = [FairnessRow(**row) for row in rows]
    return sorted(
        found,
        key=lambda one: (not one.is_held, one.impact_ratio, one.list_name, one.measure,
                         one.dimension),
    )  # fmt: skip
