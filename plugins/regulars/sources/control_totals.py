"""Total rows as what they are good for: a check that no row above them is missing or changed."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.money import NumberError, parse_fixed
from regulars.sources.files import FileRefused, Reason
from regulars.sources.text_table import TextTable

_PLACES = 4


def check_control_totals(
    file: str,
    table: TextTable,
    totals: TextTable,
    positions: Mapping[str, int],
    names: Sequence[str],
) -> None:
    """Refuse a file whose total row is not the sum of its rows (FileRefused).

    A blank total says nothing. Where rows could not be cut into cells there is no sum to
    compare; those rows are in the quarantine and told there.
    """
    if table.rejected or not len(totals.source_rows):
        return
    for name in (name for name in names if name in positions):
        column, stated = table.columns[positions[name]], totals.columns[positions[name]]
        if column is None or stated is None:
            continue
        wanted, found = _sum(stated), _sum(column)
        if wanted is not None and found is not None and wanted != found:
            raise FileRefused(
                file, Reason.CONTROL_TOTAL_DIFFERS,
                f"the total row of {name} is not the sum of its rows: rows are missing or changed",
                "export the file again, whole and unedited",
            )  # fmt: skip


def _sum(texts: pa.ChunkedArray) -> int | None:
    """The sum in ten-thousandths, each different text read once; None where there is no number."""
    numbers = []
    for entry in pc.value_counts(texts.combine_chunks()).to_pylist():
        try:
            if text := entry["values"].strip():
                numbers.append(parse_fixed(text, _PLACES) * entry["counts"])
        except NumberError:
            return None
    return sum(numbers) if numbers else None
