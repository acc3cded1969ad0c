"""Rows that belong together: an order is read whole or not at all."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from regulars.sources.exact_cells import UnreadableRow
from regulars.sources.files import Reason
from regulars.sources.sheets import Rejected, SourceRow

Read = TypeVar("Read")
Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class WholeOrder(Generic[Read]):
    """What all rows of one order were read as, in the order of the file."""

    store_id: str
    order_id: str
    rows: tuple[Read, ...]


def read_whole_orders(
    rows: Iterable[SourceRow], read: Callable[[SourceRow], Read], name: str = "order_id"
) -> Iterator[WholeOrder[Read] | Rejected]:
    """The rows of each order as `read` gives them; one that it refuses takes its order along.

    `read` raises UnreadableRow. Orders come in the order of their first rows.
    """
    for (store_id, order_id), group in group_rows(rows, lambda row: (row["store_id"], row[name])):
        good, bad = _read_each(group, read)
        if not bad:
            yield WholeOrder(store_id, order_id, tuple(good))
            continue
        for row in group:
            yield Rejected(row.number, bad.get(row.number, Reason.PART_OF_BAD_ORDER))


def group_rows(rows: Iterable[Row], key: Callable[[Row], Key]) -> Iterator[tuple[Key, list[Row]]]:
    """The rows by key, groups and rows in the order in which they come."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    yield from groups.items()


def sorted_texts(row: SourceRow) -> tuple[str, ...]:
    """The texts of a row in the order of their columns' names: what rows are sorted by."""
    return tuple(row[name] for name in sorted(row.texts))


def _read_each(
    rows: Iterable[SourceRow], read: Callable[[SourceRow], Read]
) -> tuple[list[Read], dict[int, Reason]]:
    good: list[Read] = []
    bad: dict[int, Reason] = {}
    for row in rows:
        try:
            good.append(read(row))
        except UnreadableRow as error:
            bad[row.number] = error.reason
    return good, bad
