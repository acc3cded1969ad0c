"""What we know of a customer is the same on PostgreSQL as on DuckDB."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from diary import day_of
from kitchen import DAY, Kitchen, make_policy

from postgres_server import postgres_server as postgres_server
from regulars.engines import open_warehouse
from regulars.models import Catalog, Dictionary
from regulars.settings import Settings
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.runtime import Run
from regulars.steps.satisfaction_curves import fit_satisfaction

EVIDENCE = (
    "snap_customer_features", "snap_customer_sums", "snap_cohort_members", "snap_visit_bounds",
    "snap_customer_measures", "snap_credibilities", "snap_cohort_means", "snap_cohorts",
    "snap_customer_beliefs", "snap_value_cuts", "snap_customer_values", "snap_customer_drifts",
    "snap_peer_cells", "snap_peer_circles", "snap_peer_ceilings", "snap_customer_potentials",
    "int_first_visits", "snap_newcomer_starts", "snap_newcomer_lessons", "snap_newcomer_screens",
    "snap_customer_moods", "snap_customer_habits", "snap_satisfaction_tallies",
)  # fmt: skip
CARDS = (
    "snap_scorecard_peers", "snap_scorecard_inputs", "snap_scorecard_dimensions",
    "snap_scorecard_jitters", "snap_scorecards",
)  # fmt: skip


def _days() -> list[dict[str, Any]]:
    """Forty guests of every rhythm over four hundred days; some cost money, one bought a feast."""
    whole = {"contact_count": 0, "used_offer_count": 0, "covers": 2, "party_count": 1,
             "dine_in_order_count": 1, "takeaway_order_count": 0, "catering_order_count": 0,
             "dinner_order_count": 0, "late_order_count": 0, "refunded_order_count": 0,
             "refund_minor": 0, "service_minutes_milli": 9000}  # fmt: skip
    days = [
        day_of(f"c{number:02}", ago, 1000 + 90 * (number * ago % 31) - 1900 * (number % 10 == 3),
               lunch_order_count=ago % 2, **whole)
        for number in range(40) for ago in range(number, 400, 3 + number)
    ]  # fmt: skip
    days.append(day_of("c40", 5, 4000, lunch_order_count=1, **whole))
    days[5]["net_sales_minor"] = days[5]["true_profit_minor"] = 3_000_000
    return days


def _evidence(uri: str, catalog: Catalog, dictionary: Dictionary, home: Path) -> dict[str, Any]:
    run = Run(DAY, DAY, Settings(home=home))
    run.__dict__.update(policy=make_policy(), catalog=catalog, dictionary=dictionary)
    guests = [f"c{number:02}" for number in range(41)]
    with open_warehouse(uri) as warehouse:
        kitchen = Kitchen(warehouse, run)
        ensure_tables(warehouse)
        load_policy_tables(warehouse, run.policy, *run.calendar_span)
        on = {"snapshot_date": DAY}
        kitchen.serve("fct_customer_days", *_days())
        kitchen.serve("snap_customer_peers")
        kitchen.serve("int_customers", *({"customer_key": who, "known_since_on": DAY}
                                         for who in guests))  # fmt: skip
        kitchen.serve("int_customer_kinds", *({"customer_key": who, "customer_kind": "consumer",
                                               **on} for who in guests))  # fmt: skip
        kitchen.serve("snap_customer_predictions", *({"customer_key": who, "active_ratio": 0.5,
                                                      **on} for who in guests))  # fmt: skip
        kitchen.serve("int_feedbacks", *(
            {"store_id": "S1", "feedback_id": f"f{number}", "customer_key": who,
             "is_complaint": False, "satisfaction_milli": 1000 * (number % 6),
             "business_date": DAY - timedelta(days=100 + number)}
            for number, who in enumerate(guests)
        ))  # fmt: skip
        kitchen.measure([DAY], *EVIDENCE)
        fit_satisfaction(warehouse, [DAY], lambda _: run.policy.satisfaction)
        kitchen.measure([DAY], "fct_satisfaction_curves")
        kitchen.serve("snap_business_standings", {
            "customer_key": guests[0], "payment_delay_days": 9.0, "cancelled_ratio": 0.25,
            "trend_ratio": 0.5, "dependence_ratio": 0.125, **on,
        })  # fmt: skip
        kitchen.measure([DAY], *CARDS)
        names = (*EVIDENCE, "fct_satisfaction_curves", *CARDS)
        return {
            name: _plain(
                kitchen.taste(f"select * from {name} order by {', '.join(catalog[name].unique)}")
            )
            for name in names
        }


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers as numbers: engines differ in the types of their sums."""
    return [
        {name: float(value) if _is_number(value) else value for name, value in row.items()}
        for row in rows
    ]


def _is_number(value: object) -> bool:
    return not isinstance(value, bool | str) and hasattr(value, "__float__")


@pytest.fixture(scope="module")
def postgres_uri(postgres_server: str) -> Iterator[str]:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(postgres_server, autocommit=True) as server, server.cursor() as cursor:
        cursor.execute("create schema evidence")
    yield f"{postgres_server}&options=-csearch_path%3Devidence"


@pytest.mark.postgres
def test_all_we_know_of_a_customer_is_the_same_on_both_engines(
    postgres_uri: str, catalog: Catalog, dictionary: Dictionary, tmp_path: Path
):
    duck = _evidence(f"duckdb:///{tmp_path / 'one.duckdb'}", catalog, dictionary, tmp_path)
    post = _evidence(postgres_uri, catalog, dictionary, tmp_path)
    for name, rows in duck.items():
        assert len(rows) == len(post[name]) > 0, name
        for left, right in zip(rows, post[name], strict=True):
            numbers = {key for key, value in left.items() if isinstance(value, float)}
            near = {key: pytest.approx(right[key], rel=1e-9) for key in numbers}
            assert left == {**right, **near}, name
