"""The tables of docs/SCALING.md: growth as measured, and what the models say beyond it.

python -m benchmarks.scale.scaling_report
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale.cluster_model import (
    PARTITION_BYTES,
    Cluster,
    Measured,
    executors_for,
    seconds,
    simulate,
    stages,
)
from benchmarks.scale.cost_model import CostModel, error, fit, growth
from benchmarks.scale.engine_prices import (
    MACHINE_CORES,
    core_seconds_on_spark,
    crossing,
    engine_lines,
    histories_of,
)
from benchmarks.scale.growth import BASE, KEPT
from benchmarks.scale.processes import ROOT
from benchmarks.scale.report import BEGIN, END, count_of, memory_of, read_measured, table

DOCUMENT = ROOT / "docs" / "SCALING.md"
AMOUNTS = ("lines", "customers", "customer_days")
CLUSTER_CORES = (2, 8, 16, 64)
BILLION, BILLION_CUSTOMERS = 1_000_000_000, 10_000_000
BYTES_PER_LINE = 8.5
"""Parquet bytes of an order line of the generator, measured at 10 million lines."""
Figures = dict[str, Any]


def write_scaling(path: Path = DOCUMENT, kept: Path = KEPT) -> None:
    """Put the tables between the marks of the document."""
    found = json.loads(kept.read_text("utf-8"))
    text = "\n\n".join(blocks(found, read_measured(kept.parent)))
    whole = path.read_text("utf-8")
    before, after = whole.split(BEGIN)[0], whole.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def blocks(found: Figures, measured: Sequence[Figures]) -> Iterator[str]:
    """All tables with their headings."""
    yield "## Measured: lines, customers, days"
    yield _growth("lines", [one for one in found["points"] if _is(one, customers=BASE.customers)])
    yield _growth("customers", [one for one in found["points"] if _is(one, lines=BASE.lines)])
    yield _growth("history_days", found["days"])
    models = {work: model_of(found, work) for work in ("history", "one_day")}
    yield "## The cost model"
    yield _model(models, found["held_out"])
    yield _foretold(models["history"], [one for one in measured if "contestants" in one])
    yield "## The whole product"
    yield _chains([one for one in measured if "chain" in one])
    yield "## When which engine pays"
    yield from _engines(measured)
    yield "## A billion lines"
    yield from _billion(found, measured)


def model_of(found: Figures, work: str) -> CostModel:
    """CPU seconds of a history by all amounts; of one further day by the customers alone."""
    names = AMOUNTS if work == "history" else AMOUNTS[1:2]
    points = found["points"] if work == "history" else [*found["points"], *found["days"]]
    return fit(points, [one[work]["cpu"] for one in points], names)


def _is(one: Figures, **asked: int) -> bool:
    return all(one["asked"][name] == value for name, value in asked.items())


def _growth(name: str, points: Sequence[Figures]) -> str:
    points = sorted(points, key=lambda one: one[name])
    rows = [
        [
            f"{one[name]:,}", f"{one['lines']:,}", f"{one['customers']:,}",
            f"{one['customer_days']:,}", f"{one['history']['cpu']:.2f}",
            memory_of(one["history"]["peak_bytes"]), f"{one['one_day']['cpu']:.2f}",
        ]
        for one in points
    ]  # fmt: skip
    told = []
    for work in ("history", "one_day"):
        slope, wide = growth([one[name] for one in points], [one[work]["cpu"] for one in points])
        told.append(f"{work.replace('_', ' ')} {slope:.2f} ± {wide:.2f}")
    heads = (
        name.replace("_", " "), "lines", "customers", "customer-days", "history, CPU s",
        "peak memory", "one further day, CPU s",
    )  # fmt: skip
    return f"{table(heads, rows)}\n\nSlope of log CPU over log {heads[0]}: {'; '.join(told)}."


def _model(models: Mapping[str, CostModel], held_out: Figures) -> str:
    rows = []
    for work, model in models.items():
        prices = ", ".join(
            f"{price * 1e6:.2f} s per million {name.replace('_', ' ')}"
            for name, price in model.prices.items()
        )
        off = error(model, held_out, held_out[work]["cpu"])
        rows.append([
            work.replace("_", " "), f"{model.fixed:.2f} s", prices, f"{model.worst:.0%}",
            f"{model.seconds(held_out):.1f} for {held_out[work]['cpu']:.1f} s ({off:+.0%})",
        ])  # fmt: skip
    lines, guests = (count_of(held_out["asked"][name]) for name in ("lines", "customers"))
    heads = ("", "fixed", "prices, CPU", "worst fit", f"held out: {lines} lines, {guests} guests")
    return table(heads, rows)


def _foretold(model: CostModel, contests: Sequence[Figures]) -> str:
    """The benchmark's own sizes: measured apart, by guests and their days instead of customers'."""
    rows = []
    for one in contests:
        days = one["contestants"]["lower_bound"]["figures"]["customer_days"]
        size = {"customer_days": days, **{name: one["size"][name] for name in AMOUNTS[:2]}}
        took = one["engines"]["duckdb"]["history"]["cpu"]
        told = f"{error(model, size, took):+.0%}"
        rows.append([count_of(size["lines"]), f"{model.seconds(size):.1f}", f"{took:.1f}", told])
    return table(("order lines", "foretold, CPU s", "measured", "off by"), rows)


def _chains(measured: Sequence[Figures]) -> str:
    whole = [one for one in measured if "wall" in one["chain"]["one_day"]]
    steps = list(whole[0]["chain"]["full"]["figures"]["steps"]) if whole else []
    sizes = [one["size"]["lines"] for one in whole]
    rows = []
    for step in [*steps, ""]:
        full, day = ([_step_cpu(one["chain"][run], step) for one in whole] for run in RUNS)
        cells = [f"{a:.1f} / {b:.1f}" for a, b in zip(full, day, strict=True)]
        rows.append([step or "**all**", *cells, *(_slope(sizes, one) for one in (full, day))])
    heads = ("step", *(count_of(one) for one in sizes), "slope full", "slope one day")
    return f"CPU seconds, full history / one further day, by order lines:\n\n{table(heads, rows)}"


RUNS = ("full", "one_day")


def _step_cpu(run: Figures, step: str) -> float:
    return float(run["figures"]["steps"][step][1] if step else run["cpu"])


def _slope(sizes: Sequence[int], took: Sequence[float]) -> str:
    if len(sizes) < 2 or min(took) < 0.05:
        return ""
    return f"{growth(sizes, took)[0]:.2f}"


def _engines(measured: Sequence[Figures]) -> Iterator[str]:
    lines = engine_lines(histories_of(measured))
    rows = [
        [
            name, f"{fixed:.1f} s", f"{slope * 1e6:.2f} s", f"{(fixed + slope * 5e7) / 60:.1f} min",
        ]
        for name, (fixed, slope) in lines.items()
    ]  # fmt: skip
    heads = ("engine, this machine", "fixed", "per million lines", "50 million lines")
    yield table(heads, rows)
    spark = next((name for name in lines if name.startswith("Spark")), None)
    if spark:
        yield _crossings(lines["duckdb"], lines[spark])


def _crossings(duckdb: tuple[float, float], spark: tuple[float, float]) -> str:
    """From how many lines on a cluster beats DuckDB here, if its work divides evenly."""
    fixed, slope = spark
    rows = []
    for cores in CLUSTER_CORES:
        at = crossing(duckdb, (fixed, slope * MACHINE_CORES / cores))
        told = "never" if at is None else f"{at / 1e6:,.0f} million lines"
        rows.append([str(cores), told])
    return table(("cores of a Spark cluster", "faster than DuckDB on this machine from"), rows)


def _billion(found: Figures, measured: Sequence[Figures]) -> Iterator[str]:
    per_line = core_seconds_on_spark(measured)
    most = max(found["points"], key=lambda one: one["lines"])
    days = most["customer_days"] / most["lines"]
    seen = Measured(BYTES_PER_LINE, 1 / 3, days, per_line)
    job = stages(BILLION, BILLION_CUSTOMERS, seen)
    yield (
        f"Measured: {BYTES_PER_LINE} bytes of Parquet and {days:.2f} customer-days a line,"
        f" {per_line * 1e6:.1f} core seconds a million lines on Spark (DuckDB here × 4.4).\n\n"
        + table(
            ("stage", "reads", "sends on", f"tasks of {PARTITION_BYTES // 2**20} MB", "core hours"),
            (
                [one.name, memory_of(one.read_bytes), memory_of(one.sent_bytes), f"{one.tasks:,}",
                 f"{one.core_seconds / 3600:.1f}"]
                for one in job
            ),
        )
    )  # fmt: skip
    rows = []
    for executors in (2, 5, 10, 20, 40):
        cluster = Cluster(executors)
        low, middle, high = simulate(job, cluster)
        rows.append([
            str(executors), str(cluster.cores), f"{seconds(job, cluster) / 60:.1f} min",
            f"{middle / 60:.1f} min ({low / 60:.1f}-{high / 60:.1f})",
        ])  # fmt: skip
    yield table(("executors", "cores", "cost model", "simulated, 80 of 100"), rows)
    enough = executors_for(job, within=1800)
    yield f"Half an hour, with half as much again to spare: {enough} executors of four cores."


if __name__ == "__main__":
    write_scaling()
