"""What a line costs on each engine: as measured here, and by the ratios of an earlier prototype."""

from collections.abc import Mapping, Sequence
from typing import Any

PROTOTYPE_RATIO = {"PostgreSQL": 5.3, "Spark": 4.4, "Sail": 1.3}
"""Seconds relative to DuckDB at ten million lines, from a plain prototype of this work on this
machine when it was quiet (PostgreSQL 15, Spark 4.3 on two local cores with Parquet, Sail 0.7)."""
MACHINE_CORES = 2
Figures = dict[str, Any]


def line_of(points: Mapping[int, float]) -> tuple[float, float]:
    """Fixed seconds and seconds per line through the smallest and the largest size."""
    (few, short), *_, (many, long) = sorted(points.items())
    slope = max((long - short) / (many - few), 0.0)
    return max(short - slope * few, 0.0), slope


def crossing(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """From how many lines on the other is faster; none if it never is."""
    (fixed, slope), (other_fixed, other_slope) = one, other
    if other_slope >= slope:
        return None
    return max((other_fixed - fixed) / (slope - other_slope), 0.0)


def engine_lines(histories: Mapping[str, Mapping[int, float]]) -> dict[str, tuple[float, float]]:
    """Fixed seconds and seconds per line of each engine.

    DuckDB's from its smallest and largest size here. Of the others a million lines were run here,
    which are mostly fixed cost; their price per line is DuckDB's times PROTOTYPE_RATIO.
    """
    fixed, slope = line_of(histories["duckdb"])
    lines = {"duckdb": (fixed, slope)}
    for name, found in histories.items():
        if (ratio := PROTOTYPE_RATIO.get(name.split()[0])) and name != "duckdb":
            few, seconds_of_few = min(found.items())
            lines[name] = (max(seconds_of_few - ratio * slope * few, 0.0), ratio * slope)
    return lines


def histories_of(measured: Sequence[Figures]) -> dict[str, dict[int, float]]:
    """Wall seconds of the full history, by engine and lines."""
    found: dict[str, dict[int, float]] = {}
    for one in measured:
        for name, rows in one.get("engines", {}).items():
            if "wall" in rows["history"]:
                found.setdefault(name, {})[one["size"]["lines"]] = rows["history"]["wall"]
    return found


def core_seconds_on_spark(measured: Sequence[Figures]) -> float:
    """What a line costs a core of Spark: DuckDB's seconds here, both cores, times the ratio."""
    return MACHINE_CORES * PROTOTYPE_RATIO["Spark"] * line_of(histories_of(measured)["duckdb"])[1]
