"""A home of an earlier release keeps its rows when a template gets a new column."""

from pathlib import Path

import pyarrow as pa

from regulars.checks.schemas import raw_schema
from regulars.engines import open_warehouse
from regulars.steps.raw_tables import ensure_tables


def test_a_raw_table_that_lacks_a_new_column_gets_it_blank_and_keeps_its_rows(tmp_path: Path):
    schema = raw_schema("accounts")
    old = pa.schema([field for field in schema if field.name != "owner_since_on"])
    row = {**dict.fromkeys(old.names), "account_id": "A1", "source_row": 1}
    with open_warehouse(f"duckdb:///{tmp_path / 'old.duckdb'}") as warehouse:
        warehouse.load("raw_accounts", pa.Table.from_pylist([row], old))
        ensure_tables(warehouse)
        ensure_tables(warehouse)
        found = warehouse.query("select * from raw_accounts")
    assert found.column_names == schema.names
    assert found.to_pylist() == [{**dict.fromkeys(schema.names), **row}]
