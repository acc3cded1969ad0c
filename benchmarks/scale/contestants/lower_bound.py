"""The least that anybody has to do: read the columns once and group them by guest and day."""

from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.scale.contestants import READ

THREADS = 2


def run(warehouse_file: Path, day: date) -> int:
    """Group the lines of a warehouse file by guest and day; returns how many groups there are.

    Every column that the work reads is read and summed, and nothing is written.
    """
    sums = ", ".join(f"sum({name}) as {name}" for name in READ if name not in _KEYS)
    checks = ", ".join(f"max({name})" for name in READ if name not in _KEYS)
    with closing(duckdb.connect(str(warehouse_file), read_only=True)) as engine:
        engine.execute(f"set threads = {THREADS}")
        found = engine.execute(
            f"select count(*), {checks} from (select {', '.join(_KEYS)}, {sums}"
            " from raw_order_lines where business_date <= ? group by all)",
            [day],
        ).fetchone()
    assert found is not None
    return int(found[0])


_KEYS = ("guest_no", "business_date")
