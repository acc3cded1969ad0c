"""The identity key is changed between two days: people are recognised and keep their keys."""

from pathlib import Path

import pytest
from small_house import CUSTOMERS, FIRST, IDENTIFIERS, OLD_KEY, ORDERS, SECOND, Look, run
from small_house import drop as drop
from small_house import look as look

from regulars.domain.errors import BadInput
from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.steps import build_customer_profit, ingest_sales

NEW_KEY = "another key, made much later"


def customers(look: Look) -> dict[str, str | None]:
    rows = look("select order_id, customer_key from fct_orders order by order_id")
    return {row["order_id"]: row["customer_key"] for row in rows}


def rotate(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("KEY", NEW_KEY), ("KEY_ID", "k2"), ("KEY_BEFORE", OLD_KEY), ("KEY_ID_BEFORE", "k1"),
    ):  # fmt: skip
        monkeypatch.setenv(f"REGULARS_IDENTITY_{name}", value)


def test_people_keep_their_keys_when_the_key_is_changed(
    drop: Path, look: Look, monkeypatch: pytest.MonkeyPatch
):
    (drop / "customers_2025-03-03.csv").write_text(
        CUSTOMERS + "M1,consumer,2024-01-01,13800138000,\nM2,consumer,2024-01-02,13900139001,\n"
    )
    (drop / "orders_2025-03-03.csv").write_text(
        ORDERS + "1,S1,2025-03-03 12:00,dine_in,paid,10.00,M1,\n"
        "2,S1,2025-03-03 12:00,dine_in,paid,10.00,M2,\n"
    )
    run(FIRST)
    before = customers(look)
    assert all(str(key).startswith("c_k1_") for key in before.values())

    rotate(monkeypatch)
    (drop / "orders_2025-03-04.csv").write_text(
        ORDERS + "3,S1,2025-03-04 12:00,dine_in,paid,10.00,M1,\n"
        "4,S1,2025-03-04 12:00,dine_in,paid,10.00,,\n"
        "5,S1,2025-03-04 12:00,dine_in,paid,10.00,M3,\n"
    )
    (drop / "order_identifiers_2025-03-04.csv").write_text(
        IDENTIFIERS + "4,S1,phone,+86 139 0013 9001\n"
    )
    run(SECOND)
    after = customers(look)
    assert {order: after[order] for order in before} == before
    assert (after["3"], after["4"]) == (before["1"], before["2"])
    assert after["5"] not in before.values()
    assert look("select * from fct_identity_moves") == []

    for name in ("KEY_BEFORE", "KEY_ID_BEFORE"):
        monkeypatch.delenv(f"REGULARS_IDENTITY_{name}")
    (drop / "customers_2025-03-03.csv").touch()
    ingest_sales.load_sources([ingest_sales.ingest_source("till", SECOND, FIRST)], SECOND)
    build_customer_profit.build_staging(SECOND, FIRST)
    build_customer_profit.resolve_customers(SECOND, FIRST)
    build_customer_profit.build_margins(SECOND, FIRST)
    raw = look("select distinct left(customer_key, 5) as key from raw_orders")
    assert [row["key"] for row in raw if row["key"]] == ["c_k2_"]
    assert customers(look) == after


def test_nothing_of_a_person_is_stored_outside_the_contact_table(drop: Path, look: Look):
    (drop / "customers_2025-03-03.csv").write_text(
        CUSTOMERS + "Mem-77,consumer,2024-01-01,13800138000,Home-9\n"
    )
    (drop / "orders_2025-03-03.csv").write_text(
        ORDERS + "1,S1,2025-03-03 12:00,dine_in,paid,10.00,,\n"
    )
    (drop / "order_identifiers_2025-03-03.csv").write_text(
        IDENTIFIERS + "1,S1,phone,13800138000\n1,S1,member_no,Mem-77\n1,S1,phone,138****8000\n"
    )
    run(FIRST)
    with open_warehouse(Settings().warehouse_uri) as warehouse:
        tables = [name for name in warehouse.tables() if name != "restricted_contacts"]
        for name in tables:
            rows = repr(warehouse.query(f"select * from {name}").to_pylist())
            assert not any(word in rows for word in ("13800138000", "Mem-77", "Home-9")), name
    (kept,) = look(
        "select count(*) as n, count(identifier_hash) as hashed from raw_order_identifiers"
    )
    assert kept == {"n": 3, "hashed": 2}
    told = Path(Settings().landing_folder)
    receipts = "".join(path.read_text() for path in told.glob("*/receipts/*.json"))
    assert "1380013" not in receipts and "138*" not in receipts


def test_half_a_key_before_is_refused(drop: Path, monkeypatch: pytest.MonkeyPatch):
    (drop / "orders_2025-03-03.csv").write_text(ORDERS)
    monkeypatch.setenv("REGULARS_IDENTITY_KEY_ID_BEFORE", "k0")
    with pytest.raises(BadInput, match="REGULARS_IDENTITY_KEY_BEFORE"):
        ingest_sales.ingest_source("till", FIRST)
