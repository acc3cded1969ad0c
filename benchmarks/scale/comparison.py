"""Whether two contestants say the same: to the row, to the cent; doubles to the ninth digit."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.scale.contestants import RESULT

TOLERANCE = 1e-9
"""Relative, and only for doubles: no engine promises the order in which it adds them up."""


def differences(expected: pa.Table, found: pa.Table) -> list[str]:
    """A sentence for every column of the result that differs; none when they are the same."""
    return _compared(_ordered(expected.select(RESULT)), _ordered(found.select(RESULT)))


def summary_differences(expected: pa.Table, summary: pa.Table) -> list[str]:
    """The same for what `lifetimes` tells: repeat visits, and days since the last one."""
    known = expected.select(["customer_no", "visit_count", "silent_days"])
    told = {
        "customer_no": summary["customer_no"],
        "visit_count": pc.add(summary["frequency"], 1),
        "silent_days": pc.subtract(summary["T"], summary["recency"]),
    }
    return _compared(_ordered(known), _ordered(pa.table(told)))


def _compared(expected: pa.Table, found: pa.Table) -> list[str]:
    if expected.num_rows != found.num_rows:
        return [f"{found.num_rows:,} rows instead of {expected.num_rows:,}"]
    pairs = ((field.name, field.type) for field in expected.schema)
    counts = [(name, _unequal(expected[name], found[name].cast(kind))) for name, kind in pairs]
    return [f"{name} differs in {count:,} rows" for name, count in counts if count]


def _ordered(rows: pa.Table) -> pa.Table:
    """By customer; a day as a date, whoever wrote it."""
    rows = rows.sort_by("customer_no")
    if "last_visit_on" in rows.column_names:
        at = rows.schema.get_field_index("last_visit_on")
        rows = rows.set_column(at, "last_visit_on", rows["last_visit_on"].cast(pa.date32()))
    return rows


def _unequal(one: pa.ChunkedArray, other: pa.ChunkedArray) -> int:
    if not pa.types.is_floating(one.type):
        return int(pc.sum(pc.fill_null(pc.not_equal(one, other), True)).as_py() or 0)
    close = np.isclose(one.to_numpy(), other.to_numpy(), rtol=TOLERANCE, atol=1e-6)
    return int((~close).sum())
