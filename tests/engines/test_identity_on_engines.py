"""Who is who on both engines: the same SQL, the same people as a plain union-find."""

import random
from datetime import date
from pathlib import Path

import pytest

from linked_people import Decision, Statement, load_statements, plain_people
from regulars.engines import Warehouse
from regulars.models import load_catalog, run_models
from regulars.policy import load_policy
from regulars.settings import INCLUDE, Settings
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.resolving import resolve
from regulars.steps.runtime import SQL_FOLDER, Run

DAY = date(2025, 3, 3)
MAX_PEOPLE = 5


@pytest.fixture
def run(tmp_path: Path, warehouse: Warehouse) -> Run:
    """A run whose warehouse has all raw tables and staging views, and no rows."""
    run = Run(DAY, DAY, Settings(home=tmp_path, policy=INCLUDE / "policy" / "sample_group"))
    assert load_policy(run.settings.policy, DAY).identity.max_people_per_identifier == MAX_PEOPLE
    ensure_tables(warehouse)
    load_policy_tables(warehouse, run.policy, DAY, DAY)
    staging = load_catalog(SQL_FOLDER).in_room("staging")
    run_models(warehouse, staging, run.dictionary, progress=lambda _: None)
    return run


def _draw(seed: int) -> list[Statement]:
    chance = random.Random(seed)
    kinds = ("phone", "email", "card_token")
    names = [f"{kind}_k1_{number}" for kind in kinds for number in range(60)]
    references = [f"c_k1_{number:02}" for number in range(80)]
    return [
        Statement(
            chance.choice(references) if chance.random() < 0.7 else None,
            tuple(sorted(chance.sample(names, chance.randrange(3)))),
            chance.randrange(60),
        )
        for _ in range(150)
    ]


def test_people_come_merge_and_part_alike(warehouse: Warehouse, run: Run):
    first, second = _draw(1), _draw(2)
    decisions = [
        Decision("same_customer", "c_k1_01", "c_k1_77"),
        Decision("different_customer", "c_k1_02", "c_k1_03"),
        Decision("not_theirs", "c_k1_04", "phone_k1_4"),
    ]
    for statements, decided in ((first, []), (first + second, decisions), (second, decisions[:1])):
        load_statements(warehouse, statements, decided)
        resolve(warehouse, run)
        rows = warehouse.query("select node_key, customer_key from ops_identity_map").to_pylist()
        found = {row["node_key"]: row["customer_key"] for row in rows}
        assert found == plain_people(set(statements), decided, MAX_PEOPLE)
        assert len(found) > 50
