"""Homes on another engine, which start from what was landed for DuckDB."""

import math
import shutil
from pathlib import Path

from chain_home import Home, Row, differing
from group_sample import SIZE

from regulars.engines import open_warehouse


def twin_of(complete: Home, folder: Path, warehouse: str) -> Home:
    """The same files, landed already, run through on another warehouse."""
    home = Home(folder, complete.drop, warehouse=warehouse)
    for name in ("landing", "quarantine"):
        shutil.copytree(complete.folder / name, home.folder / name)
    # Held open, as a server's catalogue may last as long as somebody is there.
    with home.environment(), open_warehouse(warehouse):
        home.run(SIZE.first_day, SIZE.last_day)
    return home


def is_close(one: Row, other: Row) -> bool:
    """Exact, but for doubles: those may differ by a billionth."""
    if one.keys() != other.keys():
        return False
    return all(
        math.isclose(value, other[name], rel_tol=1e-9, abs_tol=1e-12)
        if isinstance(value, float) and isinstance(other[name], float)
        else value == other[name]
        for name, value in one.items()
    )


def assert_same_tables(complete: Home, twin: Home) -> None:
    """Every published table has the same rows in the same order."""
    ours, theirs = complete.published(), twin.published()
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        assert len(rows) == len(theirs[name]), name
        pairs = zip(rows, theirs[name], strict=True)
        unlike = [(one, other) for one, other in pairs if not is_close(one, other)]
        assert not unlike, f"{name}: {len(unlike)} rows differ, first {unlike[0]}"


def assert_same_lists(complete: Home, twin: Home) -> None:
    """Whatever leaves the house leaves it in the same bytes."""
    assert complete.exported(SIZE.last_day)
    assert differing(complete.digests("exports"), twin.digests("exports")) == []
