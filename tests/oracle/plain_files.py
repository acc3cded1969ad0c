"""Reads the dropped files as a person would: text, one cell at a time, whole minor units out."""

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]
ENTITIES = (
    "orders", "order_lines", "payments", "adjustments", "settlements", "items", "recipe_costs",
    "cost_rules", "customers", "invoices", "accounts", "feedback",
)  # fmt: skip
STORES = ("S1", "S2", "S3")
SCALES = {"quantity": ("_milli", 1000), "unit_cost": ("_micro", 10**8), "rate": ("_bps", 10**4)}
COUNTS = ("line_no", "covers", "revision", "priority", "payment_terms_days")
DAYS = ("business_date", "valid_from", "valid_to", "issued_on", "due_on", "paid_on", "payout_date",
        "joined_on")  # fmt: skip
CODES = ("channel", "tender", "adjustment_type", "fee_type", "customer_kind")
IDENTIFIERS = {
    "orders": "order_id", "order_lines": "order_id", "payments": "payment_id",
    "adjustments": "adjustment_id", "settlements": "settlement_id", "customers": "customer_ref",
}  # fmt: skip
CUTOFF = timedelta(hours=4)


def read_drop(drop: Path) -> dict[str, list[Row]]:
    """The sound rows of every file, by entity, as they would be stored."""
    return {
        entity: [
            {**stored(row), "source_file_sha256": file, "source_row": number}
            for file, rows in read_files(drop, entity)
            for number, row in enumerate(rows, start=2)
            if is_sound(entity, row)
        ]
        for entity in ENTITIES
    }


def read_rows(drop: Path, entity: str) -> list[Row]:
    """All rows of an entity, as text, from every file that carries its name."""
    return [row for _, rows in read_files(drop, entity) for row in rows]


def read_files(drop: Path, entity: str) -> Iterable[tuple[str, list[Row]]]:
    """The digest and the rows of every file of an entity."""
    for path in sorted(drop.rglob(f"{entity}[._]*")):
        if not path.stem.removeprefix(entity)[1:2].isalpha():
            yield sha256(path.read_bytes()).hexdigest(), list(_cells(path))


def _cells(path: Path) -> Iterable[Row]:
    if path.suffix == ".parquet":
        yield from pq.read_table(path).to_pylist()
        return
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def is_sound(entity: str, row: Row) -> bool:
    """Whether nothing is wrong with the row: its store, its number, its codes, its amounts."""
    known = row.get("store_id") in (*STORES, "", None) and row.get(IDENTIFIERS.get(entity)) != ""
    amounts = [row[name] for name in row if name.endswith("amount")]
    codes = [row.get(name) for name in CODES]
    return known and not any("O" in text for text in amounts if text) and "barter" not in codes


def stored(row: Row) -> Row:
    """A row of text as it is stored: whole minor units, days, flags; a blank is nothing."""
    typed: Row = {}
    for name, text in row.items():
        place, value = _typed(name, text)
        typed[place] = value
    if "closed_at" in row:
        typed["business_date"] = business_date(row)
    return typed


def business_date(row: Row) -> date:
    """The source's own day; else the day on which the store was trading, till four at night."""
    if row["business_date"]:
        return date.fromisoformat(row["business_date"])
    closed = datetime.strptime(row["closed_at"], "%Y-%m-%d %H:%M")  # noqa: DTZ007
    return (closed - CUTOFF).date()


def _typed(name: str, text: Any) -> tuple[str, Any]:
    if name.endswith("amount"):
        return f"{name.removesuffix('_amount')}_minor", _scaled(text, 100)
    if name in SCALES:
        suffix, scale = SCALES[name]
        return name + suffix, _scaled(text, scale)
    if name == "customer_ref":
        return "customer_key", text or None
    if text in ("", None):
        return name, None
    if name in COUNTS:
        return name, int(text)
    if name in DAYS:
        return name, date.fromisoformat(text)
    return name, text == "true" if name.startswith("is_") else text


def _scaled(text: str | None, scale: int) -> int | None:
    if not text:
        return None
    number = Decimal(text) * scale
    assert number == int(number), f"{text} has too many decimals"
    return int(number)
