"""The canonical templates as files: what to drop, column by column, with examples that work."""

import csv
import io
from pathlib import Path
from typing import Any

import yaml

from regulars.domain.fields import Kind
from regulars.domain.records import RECORDS, Field, fields_of
from regulars.sources.layouts import LAYOUTS, load_layout

EXAMPLES = LAYOUTS / "examples" / "canonical.yaml"
_MEANINGS = {
    Kind.TEXT: "text",
    Kind.COUNT: "whole number, `3`",
    Kind.MINOR: "money, `12.50`",
    Kind.MICRO: "money per unit, `3.25`, up to six decimals of a minor unit",
    Kind.MILLI: "quantity, `1.5`, up to three decimals",
    Kind.BPS: "rate, `0.18` is 18 %",
    Kind.NANO: "rate of exchange, `0.1384`, up to nine decimals",
    Kind.DAY: "day, `2025-01-31`",
    Kind.LOCAL_TIME: "time at the store, `2025-01-31 19:05`",
    Kind.FLAG: "`true` or `false`",
    Kind.CUSTOMER: "customer reference; stored only as a pseudonym",
    Kind.IDENTIFIER: "personal; stored only as a keyed hash",
    Kind.CONTACT: "personal; kept apart in the restricted table",
}
_INTRO = """# Templates

One file per template in the source's drop folder, as CSV, XLSX or Parquet; the CSV files in this
folder are such files, with two example rows each. This page and the files are generated from
`plugins/regulars/domain/records.py` by `regulars.sources.templates.write_templates`.

- **Name**: `<template>.csv`, `<template>_2025-01-31.csv` (one day), `<template>_2025-01.csv` (one
  month) or `<template>_2025-01-01_2025-01-31.csv` (both days included); `__anything` may follow.
  A file being uploaded ends in `.part` until it is whole.
- **A day without sales is a file with its header only.** No file means that nobody knows.
- **Columns** may stand in any order; case, spaces, underscores and hyphens in headers do not
  matter. A blank cell means "not known". Columns that are not listed are told and not read.
- **CSV**: UTF-8 (or UTF-16 with a mark, or GB18030); comma, semicolon or tab.
- **Ids are text.** In XLSX format id columns as text: Excel keeps 15 digits of a number.
- **Money** is written with a decimal point and no thousands separator or sign of currency.
"""


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write every template with its examples and README.md; returns the files, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    examples = yaml.safe_load(EXAMPLES.read_text("utf-8"))
    contents = {f"{entity}.csv": _to_csv(entity, examples[entity]) for entity in RECORDS}
    contents["README.md"] = describe_templates()
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8", newline="")
    return tuple(folder / name for name in sorted(contents))


def describe_templates() -> str:
    """The page that says what each column of each template means."""
    return "\n".join([_INTRO, *(_describe(entity) for entity in RECORDS)])


def _to_csv(entity: str, rows: list[dict[str, Any]]) -> str:
    names = [field.name for field in fields_of(entity)]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _describe(entity: str) -> str:
    record = RECORDS[entity]
    columns = load_layout("canonical").entities[entity].columns
    lines = [
        f"## {entity}",
        "",
        " ".join((record.__doc__ or "").split()),
        f"One row per {', '.join(record.key)}.",
        "",
        "| column | needed | what to write | also read as | stored as |",
        "|---|---|---|---|---|",
    ]
    lines += [_describe_field(field, columns[field.name][1:]) for field in fields_of(entity)]
    return "\n".join([*lines, ""])


def _describe_field(field: Field, aliases: tuple[str, ...]) -> str:
    meaning = _MEANINGS[field.stored.kind]
    if field.stored.choices:
        meaning = ", ".join(f"`{choice}`" for choice in field.stored.choices)
    if field.stored.signed:
        meaning += "; may be negative"
    needed = "yes" if field.is_required else ""
    stored = "" if field.stored.kind is Kind.CONTACT else f"`{field.stored_name}`"
    cells = (f"`{field.name}`", needed, meaning, ", ".join(aliases), stored)
    return f"| {' | '.join(cells)} |"
