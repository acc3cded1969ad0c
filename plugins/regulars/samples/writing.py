"""Writes rows into the files a store or a platform would have sent, day by day."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from regulars.domain.records import RECORDS
from regulars.samples.disturbing import BAD_NUMBER, MISSING_ID, UNKNOWN_CODE, UNKNOWN_STORE
from regulars.samples.frames import Frame, IntArray
from regulars.samples.size import SampleSize
from regulars.samples.spelling import first_money_column

CODE_COLUMNS = {"orders": "channel", "payments": "tender", "adjustments": "adjustment_type",
                "settlements": "fee_type", "customers": "customer_kind"}  # fmt: skip
WRITERS = 2
ID_COLUMNS = {"order_lines": "order_id"}
"""The identifier a broken row lacks, where it is not the last part of the key."""


@dataclass(frozen=True)
class Delivery:
    """Which file the rows sent on each day go into: labels, endings and a number per day."""

    labels: tuple[str, ...]
    endings: tuple[str, ...]
    file_of_day: IntArray


def plan_delivery(size: SampleSize) -> Delivery:
    """One file a month, or a named range where the daily files cut a month; then one a day."""
    days = [size.first_day + timedelta(days=number) for number in range(size.days)]
    monthly = days[: size.days - size.daily_files]
    cut_month = (days[len(monthly)].year, days[len(monthly)].month) if size.daily_files else None
    labels = [f"{day:%Y-%m}" for day in monthly]
    cut = [day for day in monthly if (day.year, day.month) == cut_month]
    if cut:
        labels[-len(cut) :] = [f"{cut[0]}_{cut[-1]}"] * len(cut)
    labels += [day.isoformat() for day in days[len(monthly) :]]
    distinct = tuple(dict.fromkeys(labels))
    daily = set(labels[len(monthly) :])
    return Delivery(
        labels=distinct,
        endings=tuple("csv" if label in daily else size.format for label in distinct),
        file_of_day=np.array([distinct.index(label) for label in labels]),
    )


def write_entity(
    folder: Path,
    entity: str,
    frame: Frame,
    spell: Callable[[Frame], Any],
    delivery: Delivery,
) -> int:
    """Writes the rows into the files of the days they were sent; gives the number of rows.

    Inside a file, rows stand by day sent, then in the frame's own order. Empty files are not
    sent.
    """
    frame = frame.take(np.argsort(frame["sent"], kind="stable"))
    bounds = np.searchsorted(
        delivery.file_of_day[frame["sent"]], np.arange(len(delivery.labels) + 1)
    )

    def write_part(number: int) -> None:
        part = frame.window(int(bounds[number]), int(bounds[number + 1]))
        if len(part):
            name = f"{entity}_{delivery.labels[number]}.{delivery.endings[number]}"
            write_table(_spoil(entity, spell(part), part), folder / name)

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write_part, range(len(delivery.labels))))
    return len(frame)


def _spoil(entity: str, table: Any, part: Frame) -> Any:
    """Puts the flaws of broken rows into their text."""
    if "flaw" not in part.columns or not part["flaw"].any():
        return table
    spoilt = [
        (UNKNOWN_STORE, "store_id", "S9"),
        (MISSING_ID, ID_COLUMNS.get(entity, RECORDS[entity].key[-1]), ""),
        (UNKNOWN_CODE, CODE_COLUMNS.get(entity), "barter"),
    ]
    if BAD_NUMBER in part["flaw"]:
        spoilt.append((BAD_NUMBER, first_money_column(entity), "12,5O"))
    for flaw, column, text in spoilt:
        if column in table.column_names:
            mask = pa.array(part["flaw"] == flaw)
            place = table.column_names.index(column)
            table = table.set_column(place, column, pc.if_else(mask, text, table[column]))
    return table


def write_table(table: Any, path: Path) -> None:
    """One file, CSV or Parquet by its ending; the same table gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        blank_as_null = [pc.if_else(pc.equal(column, ""), None, column) for column in table.columns]
        options = pacsv.WriteOptions(quoting_style="needed", quoting_header="none")
        pacsv.write_csv(pa.table(blank_as_null, table.column_names), path, options)
    else:
        pq.write_table(table, path)
