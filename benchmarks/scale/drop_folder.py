"""The generated order lines as a drop folder and a policy: what the whole product reads.

    python -m benchmarks.scale.drop_folder --lines 1000000 --folder /tmp/regulars-bench

The last day is a file of its own, so that it can be the one further day.
"""

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import yaml

from benchmarks.scale.generator import FIRST_DAY, LAST_DAY, STORE_COUNT, generate, months, size_of

LAST_BUT_ONE = LAST_DAY - timedelta(days=1)
_CHANNELS = """case channel_no when 1 then 'dine_in' when 2 then 'takeaway'
    else 'delivery_platform' end"""
_PLATFORM = "case channel_no when 3 then 'east' when 4 then 'west' else '' end"
_STORE = "'T' || lpad(cast(store_no + 1 as text), 2, '0')"


def write_drop(made: Path, folder: Path) -> Path:
    """Write the files of the templates from the generated tables; returns the drop folder."""
    drop = folder / "drop"
    (drop / "till").mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        for name, select in _small_files(made).items():
            _copy(engine, select, drop / "till" / f"{name}.csv", "csv, header true")
        for first, last in _spans():
            days = str(last) if first == last else f"{first}_{last}"
            for name, select in _sales(made, first, last).items():
                _copy(engine, select, drop / "till" / f"{name}_{days}.parquet", "parquet")
    return drop


def write_policy(folder: Path) -> Path:
    """A policy for the generated stores; the rest of it is the defaults."""
    place = folder / "policy"
    place.mkdir(parents=True, exist_ok=True)
    common = {"time_zone": "Asia/Shanghai", "currency_code": "CNY", "country": "CN"}
    stores = [
        {"store_id": f"T{n:02}", "store_name": f"Store {n}", "brand": "Scale", "city": "Shanghai",
         "cutoff": "04:00", **common}
        for n in range(1, STORE_COUNT + 1)
    ]  # fmt: skip
    policy = {
        "name": "scale_benchmark",
        "valid_from": FIRST_DAY,
        "group": {"name": "Scale", "name_zh": "规模测试", "currency_code": "CNY"},
        "stores": stores,
        "sources": [{"name": "till", "folder": "till", "expected": "daily", **common}],
    }
    text = yaml.safe_dump(policy, allow_unicode=True, sort_keys=False)
    (place / f"{FIRST_DAY}.yaml").write_text(text, encoding="utf-8")
    return place


def _spans() -> Iterator[tuple[date, date]]:
    for first, after in months():
        yield first, min(after - timedelta(days=1), LAST_BUT_ONE)
    yield LAST_DAY, LAST_DAY


def _small_files(made: Path) -> dict[str, str]:
    guest = "'G' || lpad(cast(guest_no as text), 8, '0')"
    return {
        "customers": f"select {guest} as customer_ref, 'consumer' as customer_kind,"
        f" '{FIRST_DAY}' as joined_on from '{made}/guests.parquet'",
        # Two cards of one person carry one phone number.
        "customer_identifiers": f"select {guest} as customer_ref, 'phone' as identifier_type,"
        " '+86139' || lpad(cast(customer_no as text), 8, '0') as identifier_value,"
        f" '{FIRST_DAY}' as first_seen_on from '{made}/guests.parquet'",
        "items": "select distinct 'I' || item_no as item_id, 'Item ' || item_no as item_name,"
        f" 'mains' as category, 'sale' as revenue_kind from '{made}/item_costs.parquet' order by 1",
        "recipe_costs": "select 'I' || item_no as item_id,"
        " printf('%.6f', unit_cost_micro / 1e8) as unit_cost, valid_from,"
        " cast(valid_to - interval 1 day as date) as valid_to, '' as store_id,"
        f" 'CNY' as currency_code from '{made}/item_costs.parquet'",
        "cost_rules": f"select 'commission_' || {_PLATFORM} || year(valid_from) as rule_id,"
        " 'commission' as component, 'rate' as basis, valid_from,"
        " cast(valid_to - interval 1 day as date) as valid_to, fee_bps / 10000 as rate,"
        f" 'delivery_platform' as channel, {_PLATFORM} as platform, 10 as priority"
        f" from '{made}/channel_fees.parquet' where fee_bps > 0",
    }


def _sales(made: Path, first: date, last: date) -> dict[str, str]:
    lines = f"""from '{made}/order_lines/{first:%Y-%m}.parquet'
        where business_date >= date '{first}' and business_date <= date '{last}'"""
    order = f"'O' || order_no as order_id, {_STORE} as store_id"
    return {
        "orders": f"""
            select {order},
                strftime(business_date, '%Y-%m-%d')
                || printf(' %02d:%02d', 11 + order_no % 11, order_no % 60) as closed_at,
                {_CHANNELS} as channel, 'paid' as status,
                {_amount("sum(gross_minor - discount_minor)")} as total_amount,
                strftime(business_date, '%Y-%m-%d') as business_date, {_PLATFORM} as platform,
                case when channel_no = 1 then cast(1 + order_no % 4 as text) else '' end as covers,
                'G' || lpad(cast(guest_no as text), 8, '0') as customer_ref,
                {_amount("sum(gross_minor)")} as gross_amount,
                {_amount("sum(discount_minor)")} as discount_amount,
                'true' as is_tax_included, 'CNY' as currency_code
            {lines}
            group by order_no, store_no, business_date, channel_no, guest_no order by order_no""",
        "order_lines": f"""
            select {order}, cast(line_no as text) as line_no, 'I' || item_no as item_id,
                cast(quantity as text) as quantity, {_amount("gross_minor")} as gross_amount,
                'mains' as category, {_amount("discount_minor")} as discount_amount
            {lines} order by order_no, line_no""",
    }


def _amount(minor: str) -> str:
    return f"cast(cast({minor} as decimal(18, 0)) / 100 as decimal(18, 2))::text"


def _copy(engine: duckdb.DuckDBPyConnection, select: str, path: Path, form: str) -> None:
    engine.execute(f"copy ({select}) to '{path}' (format {form})")


def main() -> None:
    """Generate a size and write its drop folder and policy."""
    parser = argparse.ArgumentParser(description="The drop folder of a generated size.")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    made = generate(size_of(given.lines), given.folder)
    print(write_drop(made, made), write_policy(made), sep="\n")


if __name__ == "__main__":
    main()
