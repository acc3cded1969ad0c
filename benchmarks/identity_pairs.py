"""How long it takes to find out who is who: many identifier pairs from nothing, then one more day.

    .venv/bin/python benchmarks/identity_pairs.py [--pairs 10000000] [--day 10000] [--seed 7]

The pairs are references with their identifiers: most have one to four of their own, some share
one with their household, a few identifiers (a company's card, a desk's phone) are everybody's.
The lower bound is scipy's connected components on the same links, as whole numbers in memory,
after the same guard. Both results are compared node by node.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from regulars.engines import Warehouse, open_warehouse
from regulars.models import run_models
from regulars.settings import INCLUDE, Settings
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.resolving import resolve
from regulars.steps.runtime import Run

DAY = date(2025, 3, 3)
MAX_PEOPLE = 5
OWN_CHANCES = (0.30, 0.35, 0.20, 0.15)
SHARED_CHANCE, HUB_CHANCE, HUBS = 0.06, 0.002, 1000
Pairs = tuple[Any, Any]
KEYED = """
select
    'c_k1_' || left(md5(cast(reference as text)), 20) as customer_key,
    (['phone', 'email', 'wechat_openid', 'card_token'])[identifier % 4 + 1] as identifier_type,
    identifier_type || '_k1_' || left(md5(cast(-identifier as text)), 20) as identifier_hash,
    date '2024-01-01' + cast(reference % 420 as integer) as first_seen_on,
    'crm' as source_system, $file as source_file_sha256, number as source_row
from drawn
"""
# The scipy components and the warehouse's people must be the same sets, under the senior's key.
UNEQUAL = """
with nodes as (
    select 'c_k1_' || left(md5(cast(number as text)), 20) as node_key, component,
        date '2024-01-01' + cast(number % 420 as integer) as seen_on
    from reference_components
), people as (
    select nodes.*, coalesce(map.customer_key, nodes.node_key) as customer_key
    from nodes left join map on nodes.node_key = map.node_key
), seniors as (
    select component, arg_min(node_key, (seen_on, node_key)) as senior_key from people group by all
)
select count(*) from people inner join seniors using (component) where customer_key <> senior_key
"""


def draw_pairs(count: int, seed: int, first: int = 0) -> Pairs:
    """References (from `first` on) and identifiers as numbers, one row per statement."""
    chance = np.random.default_rng(seed)
    owned = chance.choice(np.arange(1, 5), size=count, p=OWN_CHANCES)
    place = (np.arange(owned.sum()) - np.repeat(np.cumsum(owned) - owned, owned))[:count]
    reference = first + np.repeat(np.arange(count), owned)[:count]
    identifier = reference * 4 + place
    luck = chance.random(count)
    shared = luck < SHARED_CHANCE
    identifier[shared] = (reference[shared] ^ 1) * 4 + place[shared]
    hub = luck > 1 - HUB_CHANCE
    identifier[hub] = 2**40 + chance.integers(0, HUBS, hub.sum()) * 4 + place[hub]
    return reference, identifier


def draw_day(base: Pairs, count: int, seed: int) -> Pairs:
    """One more day: half are unknown people, half known ones with another's or a fresh phone."""
    chance = np.random.default_rng(seed)
    fresh = draw_pairs(count // 2, seed, first=int(base[0].max()) + 2)
    known = chance.choice(base[0], count - count // 2)
    met = np.where(
        chance.random(len(known)) < 0.5, chance.choice(base[1], len(known)),
        2**41 + np.arange(len(known)) * 4,
    )  # fmt: skip
    return np.concatenate([fresh[0], known]), np.concatenate([fresh[1], met])


def load_pairs(warehouse: Warehouse, pairs: Pairs, file: str) -> None:
    """Put the pairs into the raw table as one file of further identifiers."""
    with duckdb.connect() as workbench:
        numbers = np.arange(len(pairs[0]))
        drawn = pa.table({"reference": pairs[0], "identifier": pairs[1], "number": numbers})
        workbench.register("drawn", drawn)
        rows = workbench.sql(KEYED, params={"file": file}).to_arrow_table()
    warehouse.load_slices("raw_customer_identifiers", rows, "source_file_sha256")


def plain_components(pairs: Pairs) -> tuple[Any, Any]:
    """The distinct references and the number of the component each is in."""
    distinct = np.unique(np.stack(pairs, axis=1), axis=0)
    references, one = np.unique(distinct[:, 0], return_inverse=True)
    identifiers, other, carriers = np.unique(
        distinct[:, 1], return_inverse=True, return_counts=True
    )
    linking = carriers[other] <= MAX_PEOPLE
    one, other = one[linking], other[linking] + len(references)
    size = len(references) + len(identifiers)
    links = coo_matrix((np.ones(len(one), np.int8), (one, other)), shape=(size, size))
    return references, connected_components(links, directed=False)[1][: len(references)]


def count_unequal(warehouse: Warehouse, references: Any, components: Any) -> int:
    """References whose customer is not the most senior reference of the scipy component."""
    with duckdb.connect() as workbench:
        found = pa.table({"number": references, "component": components})
        workbench.register("reference_components", found)
        workbench.register("map", warehouse.query("select * from ops_identity_map"))
        row = workbench.execute(UNEQUAL).fetchone()
    return int(row[0]) if row else -1


@contextmanager
def timed_builds(warehouse: Warehouse) -> Iterator[Counter[str]]:
    """CPU seconds per table that is built."""
    seconds: Counter[str] = Counter()
    build = warehouse.build

    def _timed(table: str, sql: str, **params: object) -> None:
        started = time.process_time()
        build(table, sql, **params)
        seconds[table] += time.process_time() - started

    warehouse.build = _timed  # type: ignore[method-assign]
    yield seconds
    warehouse.build = build  # type: ignore[method-assign]


def clocked(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of all cores together, and what came out."""
    clock, cores = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - clock, time.process_time() - cores, result


def measure(folder: Path, pairs: Pairs, day: Pairs) -> None:
    """Resolve from nothing, then one more day; print a table of seconds and ratios."""
    run = Run(DAY, DAY, Settings(home=folder, policy=INCLUDE / "policy" / "sample_group"))
    with open_warehouse(f"duckdb:///{folder / 'bench.duckdb'}?threads=2") as warehouse:
        ensure_tables(warehouse)
        load_policy_tables(warehouse, run.policy, DAY, DAY)
        run_models(
            warehouse, run.catalog.in_room("staging"), run.dictionary, progress=lambda _: None
        )
        known: Pairs = (np.array([], np.int64), np.array([], np.int64))
        print(f"{'':16}{'pairs':>12}{'people':>11}{'seconds':>9}{'CPU s':>8}{'ratio':>7}")
        for name, more in (("from nothing", pairs), ("one more day", day)):
            known = (np.concatenate([known[0], more[0]]), np.concatenate([known[1], more[1]]))
            load_pairs(warehouse, more, name)
            with timed_builds(warehouse) as seconds:
                clock, cores, _ = clocked(lambda: resolve(warehouse, run))
            plain_clock, plain_cores, found = clocked(lambda known=known: plain_components(known))
            if unequal := count_unequal(warehouse, *found):
                raise SystemExit(f"{unequal} references have another customer than scipy finds")
            size = f"{len(known[0]):>12,}{len(np.unique(found[1])):>11,}"
            print(f"{name:16}{size}{clock:>9.1f}{cores:>8.1f}{cores / plain_cores:>7.1f}")
            print(f"{'  scipy':16}{size}{plain_clock:>9.1f}{plain_cores:>8.1f}{1:>7.1f}")
            print("  CPU s: " + ", ".join(f"{n} {s:.1f}" for n, s in seconds.most_common(8)))


def main() -> None:
    """Read the arguments, draw the pairs, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--day", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    pairs = draw_pairs(given.pairs, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), pairs, draw_day(pairs, given.day, given.seed + 1))


if __name__ == "__main__":
    main()
