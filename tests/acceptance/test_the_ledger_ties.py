"""From a till's database to the ledger, the whole chain: refunds, tips, tax and accounts."""

from datetime import date

import pytest

from acceptance.home import Home
from acceptance.stories import all_stories
from regulars.engines import open_warehouse
from regulars.steps.chain import run_chain

# Odoo, 10 January: 101 sold 24.60 and 6.00 came back, 102 sold 12.00; Old Town sold 18.00. What
# was sold for 12.00 on the 3rd came back as a whole. Tips, tax and a cent of rounding are no sales.
ODOO = [
    {"store_id": "O1", "day": date(2025, 1, 3), "ledger": 0, "known": 0, "unknown": 0},
    {"store_id": "O1", "day": date(2025, 1, 10), "ledger": 3060, "known": 1860, "unknown": 1200},
    {"store_id": "O2", "day": date(2025, 1, 10), "ledger": 1800, "known": 1800, "unknown": 0},
]
# ERPNext: P-1 300 less 24, 26 and 13; P-2 2000; P-6 60 less 0.50, nobody's; catering 9000.
ERPNEXT = [
    {"store_id": "E1", "day": date(2025, 2, 1), "ledger": 0, "known": 0, "unknown": 0},
    {
        "store_id": "E1", "day": date(2025, 2, 10),
        "ledger": 1_129_650, "known": 1_123_700, "unknown": 5_950,
    },
]  # fmt: skip
LEDGER = """
select
    store_id, business_date as day, ledger_minor as ledger,
    identified_minor as known, unidentified_minor as unknown
from fct_reconciliation
order by store_id, business_date
"""
GAPS = (
    "select sum(abs(recon_delta_minor) + abs(payment_delta_minor)) as gap from fct_reconciliation"
)


@pytest.mark.parametrize(
    ("name", "first", "ledger"),
    [("odoo_pos", date(2025, 1, 2), ODOO), ("erpnext", date(2025, 2, 1), ERPNEXT)],
)
def test_what_the_till_sold_is_what_the_ledger_says(tmp_path, name, first, ledger):
    story = next(story for story in all_stories() if story.name == name)
    assert story.database is not None
    secret = {"REGULARS_CONNECTION_TILL": story.database(tmp_path)}
    home = Home(tmp_path, story.through("till"), secret)
    with home.entered():
        summary = run_chain(story.last, first, lambda _name, _started: None)
        with open_warehouse(f"duckdb:///{tmp_path / 'home' / 'warehouse.duckdb'}") as warehouse:
            assert warehouse.query(LEDGER).to_pylist() == ledger
            assert warehouse.query(GAPS).to_pylist() == [{"gap": 0}]
    assert "0 files, 0 rows, 0 days missing" in summary
