"""The day's fairness as rows for a page: the worst group of each comparison."""

from datetime import date

from regulars.engines import Warehouse
from regulars.reports.judgement_rows import FairnessRow


def find_fairness(warehouse: Warehouse, day: date) -> list[FairnessRow]:
    """Each comparison's worst group that is large enough to tell; what holds a list first."""
    if not warehouse.has_table("fct_fairness"):
        return []
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
