"""The kitchens: one of one's own for a story, one shared by a module that serves finished rows."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from desk import (
    DECIDING,
    EVERYBODY,
    FREE,
    GUEST,
    MAY,
    OFFER,
    SAID,
    SPENDING,
    UNTOUCHED,
    VISITS,
    Decide,
    Rows,
)
from kitchen import DAY, SHOP, Kitchen, OpenKitchen, make_policy
from town import REVIEWS, fill_town, remember_lists

from regulars.engines import open_warehouse
from regulars.models import Catalog, Dictionary, ModelKind, load_catalog, load_dictionary
from regulars.settings import Settings
from regulars.steps.runtime import SQL_FOLDER, Run


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """All models, read once for all stories."""
    return load_catalog(SQL_FOLDER)


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    """All column meanings, read once for all stories."""
    return load_dictionary(SQL_FOLDER / "dictionary.yaml")


@pytest.fixture(scope="session")
def open_kitchen(
    tmp_path_factory: pytest.TempPathFactory, catalog: Catalog, dictionary: Dictionary
) -> OpenKitchen:
    """Open an empty kitchen on DuckDB; sections of its policy may be changed."""

    @contextmanager
    def _open(**policy: Any) -> Iterator[Kitchen]:
        home = tmp_path_factory.mktemp("kitchen")
        run = Run(DAY, DAY, Settings(home=home))
        given = make_policy(**policy)
        run.__dict__.update(policy=given, catalog=catalog, dictionary=dictionary)
        with open_warehouse(f"duckdb:///{home / 'story.duckdb'}") as warehouse:
            yield Kitchen(warehouse, run)

    return _open


@pytest.fixture
def kitchen(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """An empty kitchen of one's own."""
    with open_kitchen() as opened:
        yield opened


@pytest.fixture(scope="module")
def counter(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A kitchen shared by a module, opened once: finished rows are served over and over."""
    with open_kitchen() as opened:
        yield opened.cook()


@pytest.fixture(scope="session")
def town(open_kitchen: OpenKitchen, catalog: Catalog) -> Iterator[Kitchen]:
    """Half a year of weekly reviews of a small town, to be looked at and left as it is."""
    with open_kitchen() as opened:
        fill_town(opened)
        opened.resolve().cook(DAY - timedelta(days=400), DAY).judge(REVIEWS)
        remember_lists(opened)
        marts = [model for model in catalog.in_room("marts") if model.kind is ModelKind.FULL]
        last = [model.name for model in (*marts, *catalog.in_room("actions"))]
        yield opened.build("int_day_identities", "int_day_inputs", *last).finish()


@pytest.fixture(scope="module")
def desk(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A shared kitchen whose policy may spend three offers a store and day."""
    with open_kitchen(actions=SPENDING) as opened:
        opened.cook().serve("act_withholdings").serve("act_addresses")
        yield opened.build("act_trials", "act_response_rates")


@pytest.fixture
def decide(desk: Kitchen) -> Decide:
    """The actions for these guests, all of whom may be written to unless said otherwise."""

    def _decide(*guests: dict[str, Any], reachable: Container[str] = EVERYBODY) -> Rows:
        rows = [{**GUEST, **guest} for guest in guests]
        budgets = [{"store_id": store, "list_name": on_list, "budget_minor": 3 * OFFER,
                    "test_budget_minor": 3 * OFFER}
                   for store in {row["store_id"] for row in rows}
                   for on_list in ("reward", "incentivise", "activate")]  # fmt: skip
        desk.warehouse.load("ref_list_budgets", pa.Table.from_pylist(budgets))
        contacts = [{"customer_key": row["customer_key"], "contact_channel": "wechat"}
                    for row in rows if row["customer_key"] in reachable]  # fmt: skip
        desk.serve("snap_customer_tiers", *rows).serve("act_contacts", *contacts)
        for table in ("int_customers", "snap_customer_scores", "act_visits"):
            desk.serve(table, *({**VISITS, **row} for row in rows))
        for table, schema in SAID.items():
            told = [row for row in rows if set(schema.names[1:-1]) & set(row)]
            desk.warehouse.load(table, pa.Table.from_pylist(told, schema))
        desk.build(*DECIDING)
        today = f"date '{desk.run.business_date}'"
        found = desk.taste(f"select * from fct_actions where business_date = {today}")
        return {row["customer_key"]: row for row in found}

    return _decide


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_kitchen: OpenKitchen) -> str:
    """A warehouse in which one guest wavers day after day, and a policy that leaves all free."""
    days = [DAY + timedelta(days=number) for number in range(8)]
    sections = {
        "name": "story", "valid_from": date(2020, 1, 1), "stores": [SHOP],
        "group": {"name": "Story", "name_zh": "故事", "currency_code": "CNY"},
        "sources": [{"name": "pos", "time_zone": "Asia/Shanghai", "currency_code": "CNY"}],
        "actions": {"holdout_share": 0},
    }  # fmt: skip
    (tmp_path / "p.yaml").write_text(yaml.safe_dump(sections, allow_unicode=True), "utf-8")
    with open_kitchen() as kitchen:
        kitchen.put("consents", customer_key=FREE[0], contact_channel="sms",
                    consent_status="granted", consented_local_at=MAY).stage()  # fmt: skip
        kitchen.serve("snap_customer_tiers", *({**GUEST, "snapshot_date": day} for day in days))
        kitchen.put("customers", customer_key=FREE[0], customer_kind="consumer").stage()
        for table in (*UNTOUCHED, "int_complaints"):
            kitchen.serve(table)
        for table, schema in SAID.items():
            kitchen.warehouse.load(table, schema.empty_table())
        kitchen.serve("int_customers", GUEST)
        visit = {"customer_key": FREE[0], "currency_code": "CNY", "visit_count": 1,
                 "order_count": 1, "cm2_minor": 6000, "cm3_minor": 5000,
                 "business_date": DAY - timedelta(days=60)}  # fmt: skip
        kitchen.serve("fct_customer_days", visit)
        uri = f"duckdb:///{kitchen.run.settings.home / 'story.duckdb'}"
    monkeypatch.setenv("REGULARS_WAREHOUSE", uri)
    monkeypatch.setenv("REGULARS_POLICY", str(tmp_path))
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))
    return uri
