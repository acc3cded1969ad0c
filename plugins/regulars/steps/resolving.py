"""Who is who: statements become links, links become people, and only what changed is resolved."""

from collections.abc import Iterable
from datetime import date

from regulars.engines import Warehouse
from regulars.models import Model, run_models
from regulars.steps.parameters import model_params
from regulars.steps.runtime import Run, tell

_CHANGES = (
    "int_order_carriers", "int_identity_sightings", "int_identity_overrides",
    "int_identity_evidence", "ops_barred_identifiers", "int_identity_links", "int_identity_nodes",
    "int_identity_pairs", "int_identity_changes", "int_identity_touched",
)  # fmt: skip
_TOUCHED = ("int_identity_ranks", "int_identity_edges")
_ROUND = ("ops_identity_hops", "ops_identity_labels", "ops_identity_edges")
WORK = (
    "int_identity_changes", "int_identity_touched", *_TOUCHED, *_ROUND, "int_identity_assigned",
)  # fmt: skip
"""What a resolution needs while it goes on; afterwards it says nothing of anybody."""
_SEEDS = {
    "ops_identity_edges": "select left_id, right_id from int_identity_edges",
    "ops_identity_labels": "select node_id, node_id as label_id from int_identity_ranks",
}
_RESOLVED = (
    "select left_key, right_key, reason, left_seen_on, right_seen_on from int_identity_pairs"
)


def resolve(warehouse: Warehouse, run: Run) -> int:
    """Bring `ops_identity_map` up to date with all that is loaded; returns how many links changed.

    Links are compared with those of the last resolution; everything connected with a link that
    came or went is resolved again, and nothing else. What is resolved depends on the links alone,
    not on the order in which they came. A resolution that was cut short is simply done again.
    """
    as_of = {"business_date": latest_day(warehouse, run)}
    _run(warehouse, run, run.catalog.select(_CHANGES), **as_of)
    changed = _count(warehouse, "int_identity_changes")
    _run(warehouse, run, run.catalog.select(_TOUCHED))
    _connect(warehouse, run)
    _run(warehouse, run, [run.catalog["int_identity_assigned"]])
    if warehouse.has_table("int_customers"):
        _run(warehouse, run, [run.catalog["fct_identity_moves"]])
    _run(warehouse, run, [run.catalog["ops_identity_map"]])
    warehouse.build("ops_identity_pairs", _RESOLVED)
    for name in WORK:
        warehouse.drop(name)
    return changed


def latest_day(warehouse: Warehouse, run: Run) -> date:
    """The business date of the run, or a later one that was built: decisions hold as of then.

    People are resolved once for all days, so that days run in any order find the same people.
    """
    rows = warehouse.query("select max(business_date) as latest from ops_built_days")
    return max(run.business_date, rows["latest"][0].as_py() or run.business_date)


def _connect(warehouse: Warehouse, run: Run) -> None:
    """Round after round the links move to the lowest neighbours, until none is left."""
    for table, seed in _SEEDS.items():
        warehouse.build(table, seed)
    rounds = 0
    while links := _count(warehouse, "ops_identity_edges"):
        rounds += 1
        tell(f"resolving people, round {rounds}: {links} links")
        for name in _ROUND:
            _run(warehouse, run, [run.catalog[name]])


def _count(warehouse: Warehouse, table: str) -> int:
    return int(warehouse.query(f"select count(*) as n from {table}")["n"][0].as_py())  # noqa: S608


def _run(warehouse: Warehouse, run: Run, models: Iterable[Model], **params: object) -> None:
    run_models(
        warehouse,
        models,
        run.dictionary,
        params={**model_params(run), **params},
        progress=lambda _: None,
    )
