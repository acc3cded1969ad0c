"""What the day's offers are expected to add, against a coupon to everybody lapsed for 30 days.

    python -m benchmarks.offers_against_coupons --business-date 2025-10-31

Reads the decided day of the warehouse (`python -m regulars sample`, `python -m regulars run`).
Both are judged by the same assumptions: each customer's own chance to return, the same uplift of
the same coupon, the same margin of a visit and cost of a contact. Nobody is left out of the
coupon but those without consent, staff and so on: the guardrails are the same, too.
"""

import argparse
from dataclasses import dataclass
from datetime import date

from regulars.engines import Warehouse
from regulars.steps.runtime import start

MILLION = 1_000_000


@dataclass(frozen=True)
class Campaign:
    """What a day costs if all its offers are used, and what it is expected to add."""

    name: str
    customers: int
    offers: int
    cost_minor: int
    added_minor: int

    def __str__(self) -> str:
        per_unit = self.added_minor / self.cost_minor if self.cost_minor else float("nan")
        return (
            f"{self.name:<38}{self.customers:>9,}{self.offers:>9,}{self.cost_minor / 100:>13,.2f}"
            f"{self.added_minor / 100:>16,.2f}{per_unit:>10.2f}"
        )


def ours(warehouse: Warehouse, day: date) -> list[Campaign]:
    """The decided actions: all that are sent, and the offers of money alone."""
    found = []
    for name, condition in (
        ("ours: everything that is sent", "list_name <> 'deprioritise'"),
        ("ours: offers of money", "offer_minor > 0"),
    ):
        rows = warehouse.query(
            "select cast(count(*) as bigint) as customers,"
            " cast(count(*) filter (where offer_minor > 0) as bigint) as offers,"
            " cast(coalesce(sum(cost_minor), 0) as bigint) as cost_minor,"
            " cast(coalesce(sum(added_profit_minor), 0) as bigint) as added_minor"
            f" from fct_actions where business_date = :day and {condition}",
            day=day,
        ).to_pylist()
        found.append(Campaign(name, **rows[0]))
    return found


def naive(warehouse: Warehouse, day: date, coupon: int, budget: int | None) -> Campaign:
    """The coupon to all who were silent for 30 days, the longest silent first, free of ceilings."""
    rows = warehouse.query(
        "select listed.customer_key, listed.silent_days, visits.visit_cm2_minor as m,"
        " prices.p0_ppm as p0, prices.contact_cost_minor as k, rates.lift_ppm as lift"
        " from act_candidates as listed"
        " inner join act_visits as visits on listed.customer_key = visits.customer_key"
        " inner join act_prices as prices on listed.customer_key = prices.customer_key"
        " and prices.action_rung = 'note'"
        " inner join act_response_rates as rates on rates.list_name = listed.list_name"
        " and rates.action_rung = 'small'"
        " where listed.guardrail is null and not listed.is_held_out and listed.silent_days >= 30"
        " and listed.snapshot_date = :day"
        " order by listed.silent_days desc, listed.customer_key",
        day=day,
    ).to_pylist()
    reached = rows if budget is None else rows[: budget // coupon]
    added = 0
    for row in reached:
        p0, p1 = row["p0"], min(row["p0"] + row["lift"], MILLION)
        added += (p1 * (row["m"] - coupon) - p0 * row["m"]) // MILLION - row["k"]
    name = "coupon to all silent for 30 days"
    name = name if budget is None else "the same, within our spend"
    return Campaign(name, len(reached), len(reached), coupon * len(reached), added)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--business-date", required=True)
    asked = parser.parse_args()
    run = start(asked.business_date)
    coupon = run.policy.actions.small_offer_minor
    with run.warehouse() as warehouse:
        sent, money = ours(warehouse, run.business_date)
        rivals = [
            naive(warehouse, run.business_date, coupon, budget)
            for budget in (None, money.cost_minor)
        ]
    print(
        f"{'':<38}{'guests':>9}{'offers':>9}{'at most':>13}{'expected added':>16}{'per unit':>10}"
    )
    for campaign in (sent, money, *rivals):
        print(campaign)


if __name__ == "__main__":
    main()
