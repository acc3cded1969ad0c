"""Parquet files whose bytes depend on the rows alone."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 65_536


def write_parquet(path: Path, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Write the parts as one file; it appears under its name only when it is complete.

    Row groups have a fixed number of rows, however the driver happened to cut the parts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for group in _regrouped(schema, parts):
                writer.write_table(group.combine_chunks(), row_group_size=ROWS_PER_GROUP)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _regrouped(schema: pa.Schema, parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    waiting = schema.empty_table()
    for part in parts:
        waiting = pa.concat_tables([waiting, part])
        while waiting.num_rows >= ROWS_PER_GROUP:
            yield waiting.slice(0, ROWS_PER_GROUP)
            waiting = waiting.slice(ROWS_PER_GROUP)
    if waiting.num_rows:
        yield waiting
