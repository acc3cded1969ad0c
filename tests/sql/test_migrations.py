"""From month to month: who moved from which tier and stage to which, and what it was worth."""

from datetime import date
from typing import Any

import pytest
from kitchen import Kitchen

from regulars.steps.relationship_tables import VALUE_TABLE, value_table

JANUARY, FEBRUARY, MARCH = date(2025, 1, 27), date(2025, 2, 24), date(2025, 3, 31)
MATRICES = (
    "int_monthly_states", "int_monthly_moves", "fct_tier_migrations", "fct_stage_migrations",
)  # fmt: skip
# Name: tier and stage at the three month ends; a dot is somebody not known (any more).
LIVES = {
    "faithful": ("gold/strengthen", "gold/strengthen", "gold/strengthen"),
    "faller": ("gold/strengthen", "iron/stabilise", "iron/stabilise"),
    "climber": ("lead/establish", "iron/stabilise", "gold/stabilise"),
    "newcomer": (".", "lead/establish", "lead/establish"),
    "merged": ("lead/establish", ".", "."),
    "sleeper": ("iron/stabilise", "iron/establish", "iron/establish"),
}
PROFIT = {  # The business date of a month end belongs to the month that it ends.
    "faithful": [(JANUARY, 1000), (date(2025, 1, 28), 50), (FEBRUARY, 7)],
    "faller": [(date(2025, 2, 10), 20), (date(2025, 3, 1), 4)],
    "climber": [(date(2025, 2, 25), 300)],
}


@pytest.fixture(scope="module")
def told(counter: Kitchen) -> Kitchen:
    """Three month ends, a snapshot in between, and the profit of two months."""
    tiers, scores = [], []
    for who, states in LIVES.items():
        for day, state in zip((JANUARY, FEBRUARY, MARCH), states, strict=True):
            if state == ".":
                continue
            tier, stage = state.split("/")
            row = {"customer_key": who, "customer_kind": "consumer", "snapshot_date": day}
            tiers.append({**row, "tier": tier, "stage": stage})
            scores.append({**row, "score": None if who == "sleeper" else 50.0})
    between = {**tiers[0], "tier": "platinum", "snapshot_date": date(2025, 2, 17)}
    days = [
        {"customer_key": who, "currency_code": "CNY", "business_date": day,
         "true_profit_minor": profit}
        for who, found in PROFIT.items() for day, profit in found
    ]  # fmt: skip
    first = {"customer_key": "sleeper", "currency_code": "CNY", "true_profit_minor": 0,
             "business_date": date(2024, 7, 1)}  # fmt: skip
    counter.serve("snap_customer_tiers", *tiers, between).serve("snap_customer_scores", *scores)
    counter.serve("fct_customer_days", first, *days)
    counter.build(*MATRICES)
    counter.warehouse.load(VALUE_TABLE, value_table(counter.warehouse, counter.run.policy))
    return counter.build("fct_relationship_values")


def _cells(kitchen: Kitchen, table: str, month: date) -> dict[tuple[str, str], dict[str, Any]]:
    name = "tier" if "tier" in table else "stage"
    rows = kitchen.taste(f"select * from {table} where month_starts_on = date '{month}'")
    return {(row[f"{name}_before"], row[name]): row for row in rows}


def test_february_is_what_lies_between_the_last_mondays(told: Kitchen):
    cells = _cells(told, "fct_tier_migrations", date(2025, 2, 1))
    moved = {step: row["customer_count"] for step, row in cells.items() if row["customer_count"]}
    assert moved == {
        ("gold", "gold"): 1, ("gold", "iron"): 1, ("lead", "iron"): 1, ("lead", "gone"): 1,
        ("iron", "iron"): 1, ("new", "lead"): 1,
    }  # fmt: skip
    assert cells["gold", "iron"]["migration_ratio"] == 0.5
    assert cells["gold", "gold"]["true_profit_minor"] == 57
    assert cells["gold", "iron"]["true_profit_minor"] == 20


def test_a_tier_without_customers_has_all_its_cells_and_no_probability(told: Kitchen):
    cells = _cells(told, "fct_tier_migrations", date(2025, 2, 1))
    assert len(cells) == 4 * 5 + 4
    platinum = [row for (before, _), row in cells.items() if before == "platinum"]
    assert {(row["before_count"], row["migration_ratio"]) for row in platinum} == {(0, None)}


def test_the_chances_of_every_tier_with_customers_sum_to_one(told: Kitchen):
    for table in ("fct_tier_migrations", "fct_stage_migrations"):
        name = table.split("_")[1] + "_before"
        sums = told.taste(
            f"select sum(migration_ratio) as total from {table}"
            f" where before_count > 0 group by month_starts_on, {name}"
        )
        assert [row["total"] for row in sums] == pytest.approx([1] * len(sums))


def test_only_months_with_both_ends_are_told(told: Kitchen):
    rows = told.taste("select distinct month_starts_on from fct_tier_migrations order by 1")
    assert [row["month_starts_on"] for row in rows] == [date(2025, 2, 1), date(2025, 3, 1)]


def test_stages_stand_beside_their_goals(told: Kitchen):
    cells = _cells(told, "fct_stage_migrations", date(2025, 2, 1))

    def goal(before: str, after: str) -> tuple[Any, ...]:
        row = cells[before, after]
        return row["migration_ratio"], row["goal_bound"], row["goal_ratio"], row["is_goal_met"]

    assert goal("establish", "stabilise") == (0.5, "at_least", 0.10, True)
    assert goal("stabilise", "establish") == (1.0, "at_most", 0.15, False)
    assert goal("strengthen", "strengthen") == (0.5, "at_least", 0.90, False)
    assert goal("strengthen", "establish") == (0.0, None, None, None)


def test_a_customer_is_worth_the_months_to_come_by_hand(told: Kitchen):
    rows = told.taste("select * from fct_relationship_values where state_kind = 'active_tier'")
    found = {row["state"]: row for row in rows}
    monthly = 1.1 ** (1 / 12)
    # Two months pooled. Gold: faithful twice and faller once; one of three leaves for iron.
    # Iron: faller stays, climber becomes gold. Brought: gold 77, iron 4 + 300.
    assert (found["gold"]["customer_month_count"], found["gold"]["month_profit_minor"]) == (3, 25)
    gold_stays, iron_stays = 2 / 3 / monthly, 1 / 2 / monthly
    gold = (77 / 3 + (1 / 3 / monthly) * 152 / (1 - iron_stays)) / (
        1 - gold_stays - (1 / 3 / monthly) * (1 / 2 / monthly) / (1 - iron_stays)
    )
    assert found["gold"]["relationship_value_minor"] == pytest.approx(gold, abs=1)
    assert found["dormant"]["relationship_value_minor"] == 0
    assert found["platinum"]["relationship_value_minor"] is None
