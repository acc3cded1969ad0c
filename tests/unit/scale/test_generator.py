"""The generated restaurants: the same every time, and of the promised shape."""

from pathlib import Path

import duckdb
import pytest
from benchmarks.scale.drop_folder import write_drop, write_policy
from benchmarks.scale.generator import DAY_COUNT, LAST_DAY, generate, months, size_of

from regulars.policy import load_policy

LINES = 6000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(size_of(LINES), tmp_path_factory.mktemp("one"), lambda _: None)


def _one(query: str) -> tuple:
    return duckdb.sql(query).fetchall()[0]


def test_the_same_size_is_the_same_rows(made: Path, tmp_path: Path):
    again = generate(size_of(LINES), tmp_path, lambda _: None)
    for name in ("order_lines/*", "guests", "item_costs", "channel_fees", "calendar"):
        left, right = (f"'{folder}/{name}.parquet'" for folder in (made, again))
        assert _one(f"select count(*) from (from {left} except all from {right})") == (0,)
        assert _one(f"select count(*) from {left}") == _one(f"select count(*) from {right}")


def test_two_years_of_about_as_many_lines_as_asked_three_to_an_order(made: Path):
    lines, orders, days, stores = _one(
        "select count(*), count(distinct order_no), count(distinct business_date),"
        f" count(distinct store_no) from '{made}/order_lines/*.parquet'"
    )
    assert abs(lines - LINES) < 0.05 * LINES and orders == LINES // 3
    assert DAY_COUNT == 730 and days > 700 and stores == 24
    assert len(list(months())) == len(list((made / "order_lines").glob("*.parquet"))) == 24


def test_few_come_often_and_every_line_finds_its_cost_fee_and_guest(made: Path):
    top, everybody = _one(
        "with visits as (select guest_no, count(distinct order_no) as n"
        f" from '{made}/order_lines/*.parquet' group by guest_no),"
        " ranked as (select n, ntile(5) over (order by n desc) as fifth from visits)"
        " select sum(n) filter (where fifth = 1), sum(n) from ranked"
    )
    assert top / everybody > 0.5
    (unmatched,) = _one(
        f"""select count(*) from '{made}/order_lines/*.parquet' as lines
        left join '{made}/guests.parquet' using (guest_no)
        left join '{made}/item_costs.parquet' as costs on lines.item_no = costs.item_no
            and business_date >= costs.valid_from and business_date < costs.valid_to
        left join '{made}/channel_fees.parquet' as fees on lines.channel_no = fees.channel_no
            and business_date >= fees.valid_from and business_date < fees.valid_to
        where customer_no is null or unit_cost_micro is null or fee_bps is null"""
    )
    assert unmatched == 0


def test_weekends_and_december_are_busier(made: Path):
    per_day = dict(
        duckdb.sql(
            "select isodow(business_date) >= 5, count(distinct order_no) * 1.0"
            f" / count(distinct business_date) from '{made}/order_lines/*.parquet' group by 1"
        ).fetchall()
    )
    assert 1.3 < per_day[True] / per_day[False] < 1.7
    november, december = (
        count
        for (count,) in duckdb.sql(
            f"""select count(distinct order_no) * 1.0 / count(distinct business_date)
            from '{made}/order_lines/*.parquet'
            where year(business_date) = 2025 and month(business_date) >= 11
            group by month(business_date) order by month(business_date)"""
        ).fetchall()
    )
    assert 1.1 < december / november < 1.4


def test_the_drop_folder_has_the_same_money_and_a_policy_the_product_reads(
    made: Path, tmp_path: Path
):
    drop = write_drop(made, tmp_path)
    (generated,) = _one(
        f"select sum(gross_minor - discount_minor) from '{made}/order_lines/*.parquet'"
    )
    (dropped,) = _one(
        f"select sum(total_amount::decimal(18, 2) * 100) from '{drop}/till/orders_*.parquet'"
    )
    assert int(dropped) == generated
    assert (drop / "till" / f"orders_{LAST_DAY}.parquet").exists()
    assert len(load_policy(write_policy(tmp_path), LAST_DAY).stores) == 24


def test_a_small_size_has_fewer_customers_so_that_each_comes_back():
    assert size_of(50_000_000).customers == size_of(10_000_000).customers == 500_000
    assert size_of(1_000_000).customers == 50_000 and size_of(1000, 7).customers == 7
