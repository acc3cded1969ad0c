"""The tables of docs/BENCHMARKS.md, from the measured figures alone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale.processes import ROOT

DOCUMENT = ROOT / "docs" / "BENCHMARKS.md"
BEGIN = "<!-- results:begin - written by make bench -->"
END = "<!-- results:end -->"
NAMES = {
    "history": "Regulars, core path, DuckDB",
    "lower_bound": "lower bound: scan + group by",
    "polars_careful": "Polars, careful, streaming",
    "pandas_careful": "pandas, careful",
    "pandas_naive": "pandas, the usual notebook",
    "lifetimes_summary": "`lifetimes` summary, its part only",
}
Figures = dict[str, Any]


def write_document(path: Path, measured: Path) -> None:
    """Put the tables between the marks. Raises ValueError for a document without marks."""
    text = "\n\n".join(blocks(read_measured(measured), read_airflow(measured)))
    whole = path.read_text("utf-8")
    if BEGIN not in whole or END not in whole:
        raise ValueError(f"{path} has no marks for results: put {BEGIN} and {END} into it")
    before, after = whole.split(BEGIN)[0], whole.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def read_measured(folder: Path) -> list[Figures]:
    """The kept figures, small sizes first."""
    found = [json.loads(path.read_text("utf-8")) for path in folder.glob("[0-9]*.json")]
    return sorted(found, key=lambda one: one["size"]["lines"])


def read_airflow(folder: Path) -> Figures | None:
    """What Airflow itself took, where it was measured."""
    path = folder / "airflow.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def blocks(measured: Sequence[Figures], airflow: Figures | None) -> Iterator[str]:
    """All tables with their headings."""
    contests = [one for one in measured if "contestants" in one]
    if contests:
        yield f"## Aims, at {count_of(contests[-1]['size']['lines'])} lines"
        yield table(("aim", "measured", "met"), aims(contests[-1], airflow))
    yield "## Order lines to tiers"
    for one in measured:
        if "contestants" in one:
            yield _contest(one)
    yield "## One further day"
    yield table(
        ("order lines", "full history", "one further day", "share", "same as full"),
        (_one_day(one) for one in measured if "engines" in one),
    )
    yield "## Other engines, the same models"
    yield table(
        ("order lines", "engine", "load", "full history", "× DuckDB", "one further day", "same"),
        (row for one in measured for row in _engines(one)),
    )
    yield "## The whole product"
    for one in measured:
        if "chain" in one:
            yield _chain(one)


def aims(one: Figures, airflow: Figures | None) -> Iterator[list[str]]:
    """What was aimed at and what was measured at one size; who did not run is left out.

    An aim of time has to be met on the clock and in CPU seconds: a busy machine bends the clock.
    """
    rows, engine = one["contestants"], one["engines"]["duckdb"]
    history, day = engine["history"], engine["one_day"]
    yield _aim_of_time("core path at most 4 × the lower bound", history, rows["lower_bound"], 4)
    peak = history["peak_bytes"]
    yield _aim("peak memory at most 4 GB", memory_of(peak), peak <= 4e9)
    polars = rows["polars_careful"]
    if "wall" in polars:
        yield _aim_of_time("faster than careful Polars", history, polars, 1)
        share = f"{peak / polars['peak_bytes']:.2f} of its {memory_of(polars['peak_bytes'])}"
        yield _aim("in less memory than careful Polars", share, peak < polars["peak_bytes"])
    yield _aim_of_time("one further day at most 1/10 of the history", day, history, 0.1)
    if airflow:
        spent = airflow["overhead"]
        told = f"{spent:.1f} s, {airflow['overhead_cpu']:.1f} s of CPU"
        yield _aim("Airflow's own part of a morning at most 15 s", told, spent <= 15)


def _aim_of_time(aim: str, took: Figures, of: Figures, at_most: float) -> list[str]:
    wall, cpu = took["wall"] / of["wall"], took["cpu"] / of["cpu"]
    told = f"{_ratio(wall)} on the clock, {_ratio(cpu)} in CPU"
    return _aim(aim, told, max(wall, cpu) <= at_most)


def _ratio(share: float) -> str:
    return f"{share:.1f} ×" if share >= 0.95 else f"1/{1 / share:.1f}"


def _aim(aim: str, told: str, is_met: bool) -> list[str]:
    return [aim, told, "yes" if is_met else "**no**"]


def _contest(one: Figures) -> str:
    bound = one["contestants"]["lower_bound"]
    rows = {"history": one["engines"]["duckdb"]["history"], **one["contestants"]}
    ordered = sorted(rows.items(), key=lambda row: row[1].get("wall", float("inf")))
    rows_told = table(
        ("", "seconds", "× lower bound", "CPU s", "× its CPU", "peak memory", "result"),
        (_contestant(name, row, bound) for name, row in ordered),
    )
    size, load = one["size"], one["engines"]["duckdb"]["load"]
    return (
        f"### {count_of(size['lines'])} lines, {count_of(size['customers'])} customers\n\n"
        f"{_machine(one['machine'])}. {bound['figures']['customer_days']:,} days of guests."
        f" Loading the Parquet files into the warehouse, off the clock below:"
        f" {load['wall']:.1f} s."
        f" Medians of {bound['runs']}.\n\n{rows_told}"
    )


def _contestant(name: str, row: Figures, bound: Figures) -> list[str]:
    if "wall" not in row:
        return [NAMES[name], row["note"], *[""] * 5]
    made_with = row["figures"].get("with")
    title = f"{NAMES[name]} ({made_with})" if made_with else NAMES[name]
    return [
        title, f"{row['wall']:.2f}", f"{row['wall'] / bound['wall']:.1f}",
        f"{row['cpu']:.1f}", f"{row['cpu'] / bound['cpu']:.1f}", memory_of(row["peak_bytes"]),
        row.get("same", ""),
    ]  # fmt: skip


def _one_day(one: Figures) -> list[str]:
    full, day = (one["engines"]["duckdb"][work] for work in ("history", "one_day"))
    lines = count_of(one["size"]["lines"])
    if "wall" not in day:
        return [lines, _seconds(full), day["note"], "", ""]
    share = f"1/{full['wall'] / day['wall']:.0f}, in CPU 1/{full['cpu'] / day['cpu']:.0f}"
    return [lines, _seconds(full), _seconds(day), share, day["same"]]


def _engines(one: Figures) -> Iterator[list[str]]:
    others = one.get("engines", {})
    for name, rows in others.items():
        if name != "duckdb":
            times = "wall" in rows["history"]
            ratio = rows["history"]["wall"] / others["duckdb"]["history"]["wall"] if times else 0
            yield [
                count_of(one["size"]["lines"]), name, _seconds(rows["load"]),
                _seconds(rows["history"]), f"{ratio:.1f}" if times else "",
                _seconds(rows["one_day"]), rows["history"].get("same", ""),
            ]  # fmt: skip


def _chain(one: Figures) -> str:
    chain = one["chain"]
    full, day, bound = chain["full"], chain["one_day"], chain["lower_bound"]
    head = f"### {count_of(one['size']['lines'])} lines, {count_of(chain['customers'])} customers"
    if "wall" not in full or "wall" not in day:
        return f"{head}\n\n{full.get('note') or day.get('note')}"
    steps = full["figures"]["steps"]
    rows = [_step(name, steps[name], day["figures"]["steps"].get(name)) for name in steps]
    rows.append(_step("**all**", (full["wall"], full["cpu"]), (day["wall"], day["cpu"])))
    rows_told = table(("step", "full, s", "CPU s", "one further day, s", "CPU s"), rows)
    ratio = full["wall"] / bound["wall"]
    dearest = ", ".join(
        f"`{name}` {cpu:.1f}"
        for _, name, _, cpu in full["figures"]["models"][:8]
        if "(" not in name
    )
    return (
        f"{head}\n\n{ratio:,.0f} × the lower bound of these lines ({bound['wall']:.2f} s)."
        f" Peak memory {memory_of(full['peak_bytes'])}; one further day"
        f" 1/{full['cpu'] / day['cpu']:.1f} of the full CPU."
        f" Dearest models, CPU seconds: {dearest}.\n\n{rows_told}"
    )


def _step(name: str, full: Sequence[float], day: Sequence[float] | None) -> list[str]:
    numbers = [*full, *(day or ("", ""))]
    return [name, *(f"{one:.1f}" if one != "" else "" for one in numbers)]


def _machine(machine: Figures) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"{machine['processor']}, {machine['cores']} cores, {memory_of(machine['memory_bytes'])},"
        f" {machine['system']}; {versions}"
    )


def _seconds(row: Figures) -> str:
    return f"{row['wall']:.2f} s" if "wall" in row else row["note"]


def memory_of(count: float) -> str:
    """Bytes as people read them."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def count_of(number: float) -> str:
    """1 million, 50 thousand."""
    for unit, name in ((1_000_000, "million"), (1_000, "thousand")):
        if number >= unit:
            return f"{number / unit:g} {name}"
    return str(number)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
