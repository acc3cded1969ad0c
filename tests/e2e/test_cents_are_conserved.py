"""However the rows are dealt into files, every store-day and customer-day has the same cents.

Split, put together, renamed, shuffled, sent twice, in one delivery or in two: nothing may change,
component by component. `REGULARS_DEALS` says how many ways to try.
"""

import csv
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chain_home import Home
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oracle.plain_files import read_rows
from oracle.plain_ladder import COMPONENTS, SUBTOTALS
from regulars.samples.sample_group import SampleSize, generate
from regulars.steps import build_customer_profit, ingest_sales

SIZE = SampleSize(customers=100, days=60, last_day=date(2025, 1, 3), daily_files=3)
SALES = {
    "orders": "pos", "order_lines": "pos", "payments": "pos", "adjustments": "pos",
    "settlements": "platforms", "customers": "crm",
}  # fmt: skip
MENU = {"items": "pos", "recipe_costs": "pos", "cost_rules": "pos"}
LEDGER = (
    "ledger_minor", "identified_minor", "unidentified_minor", "unallocated_minor",
    "recon_delta_minor",
)  # fmt: skip
Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Deal:
    """How the rows are dealt: into how many files, how shuffled, what comes twice or late."""

    seed: int
    pieces: int
    repeats_rows: bool
    repeats_files: bool
    is_late: bool


deals = st.builds(
    Deal, st.integers(0, 10**6), st.integers(1, 4), st.booleans(), st.booleans(), st.booleans()
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """All rows of a small sample as text, by entity, and no longer by file."""
    folder = tmp_path_factory.mktemp("dealt")
    generate(SIZE, folder / "drop", folder / "truth", lambda _: None)
    return {entity: read_rows(folder / "drop", entity) for entity in (*SALES, *MENU)}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> Callable[[Deal], Any]:
    """Deal the rows into a home of its own and build it; the cents it comes to."""

    def _build(deal: Deal) -> Any:
        folder = tmp_path_factory.mktemp("home")
        home = Home(folder / "home", folder / "drop")
        for delivery in deliveries(rows, deal):
            for path, some in delivery:
                write(home.drop / path, some)
            run_to_margins(home)
        return cents(home)

    return _build


@pytest.fixture(scope="module")
def plain(build: Callable[[Deal], Any]) -> Any:
    """The cents when every entity comes in one file, as it was written."""
    return build(Deal(0, 1, False, False, False))


def deliveries(rows: Rows, deal: Deal) -> Iterator[list[tuple[str, list[dict[str, str]]]]]:
    """The files of each delivery: path and rows. The menu comes first, whole."""
    chance = random.Random(deal.seed)
    files = [(f"{source}/{entity}.csv", rows[entity]) for entity, source in MENU.items()]
    late: list[tuple[str, list[dict[str, str]]]] = []
    for entity, source in SALES.items():
        pieces = deal_out(rows[entity], deal, chance)
        for number, piece in enumerate(pieces):
            name = f"{source}/{entity}__{chance.randrange(10**6)}_{number}.csv"
            (late if deal.is_late and number % 2 else files).append((name, piece))
            if deal.repeats_files and number == 0:
                late.append((f"{source}/{entity}__again_{number}.csv", piece))
    yield files
    if late:
        yield late


def deal_out(
    rows: list[dict[str, str]], deal: Deal, chance: random.Random
) -> list[list[dict[str, str]]]:
    """The rows in some pieces, in any order, some of them in two pieces."""
    dealt = list(rows)
    if deal.seed:
        chance.shuffle(dealt)
    pieces = [dealt[number :: deal.pieces] for number in range(deal.pieces)]
    if deal.repeats_rows and deal.pieces > 1:
        pieces[1] += chance.sample(pieces[0], len(pieces[0]) // 3)
    return [piece for piece in pieces if piece]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def run_to_margins(home: Home) -> None:
    """The real steps from the dropped files to orders and customer-days."""
    days = {"business_date": f"{SIZE.last_day}", "first_date": f"{SIZE.first_day}"}
    with home.environment():
        receipts = [
            ingest_sales.ingest_source(source=source, **days)
            for source in ingest_sales.list_sources(**days)
        ]
        ingest_sales.load_sources(receipts=receipts, **days)
        build_customer_profit.build_staging(**days)
        build_customer_profit.resolve_customers(**days)
        build_customer_profit.build_margins(**days)


def cents(home: Home) -> dict[str, Any]:
    """Every component by store and day and by customer and day, and both sides of the ledger."""
    by = {"fct_orders": "store_id", "fct_order_lines": "store_id",
          "fct_customer_days": "customer_key"}  # fmt: skip
    lacking = {"fct_order_lines": ("contact_cost", "acquisition_cost", "credit_cost")}
    found = {}
    for table, owner in by.items():
        terms = ", ".join(
            f"cast(sum({name}_minor) as bigint) as {name}"
            for name in (*COMPONENTS, *SUBTOTALS)
            if name not in lacking.get(table, ())
        )
        place = f"{owner}, business_date, currency_code"
        found[table] = home.rows(
            f"select {place}, {terms} from {table} group by {place} order by {place}"
        )
    place = "store_id, business_date, currency_code"
    found["ledger"] = home.rows(
        f"select {place}, {', '.join(LEDGER)} from fct_reconciliation order by {place}"
    )
    return found


@settings(
    max_examples=int(os.environ.get("REGULARS_DEALS", "2")),
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(deals)
def test_however_the_rows_are_dealt_the_cents_are_the_same(
    plain: Any, build: Callable[[Deal], Any], deal: Deal
):
    dealt = build(deal)
    for table, wanted in plain.items():
        assert dealt[table] == wanted, f"{table} differs for {deal}"


def test_everything_sent_twice_and_late_changes_nothing(plain: Any, build: Callable[[Deal], Any]):
    assert build(Deal(7, 3, True, True, True)) == plain


def test_there_is_something_to_conserve(plain: Any):
    assert len(plain["fct_orders"]) >= SIZE.days
    totals = {name: sum(row[name] for row in plain["fct_orders"]) for name in COMPONENTS}
    for name in ("gross", "discount", "refund", "food_cost", "channel_cost", "service_cost"):
        assert totals[name] > 0, name
    for row in plain["ledger"]:
        known = row["identified_minor"] + row["unidentified_minor"]
        explained = known + row["unallocated_minor"] + row["recon_delta_minor"]
        assert row["ledger_minor"] == explained
