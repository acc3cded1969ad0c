"""Rows that belong together: an order is read whole or not at all."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from regulars.sources.exact_cells import UnreadableRow
from regulars.sources.files import Reason
from regulars.sources.row_cells import RowFault
from regulars.sources.sheets import Outcome, Record, Rejected, SourceRow

Read = TypeVar("Read")
Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)
Rows = tuple[SourceRow, ...]


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


def read_groups(
    rows: Iterable[SourceRow], by: Iterable[str], make: Callable[[Rows], Iterable[Outcome]]
) -> Iterator[Outcome]:
    """What `make` gives for each group of rows that agree in the columns `by`.

    A group whose `make` raises RowFault is set aside whole: the row at fault with its reason, the
    others as parts of a bad order. A row with one of these cells blank belongs to nothing.
    """
    names = tuple(by)
    for key, group in group_rows(rows, lambda row: tuple(row[name] for name in names)):
        if all(key):
            yield from _make_group(tuple(group), make)
        else:
            yield from (Rejected(row.number, Reason.MISSING_ID) for row in group)


def _make_group(rows: Rows, make: Callable[[Rows], Iterable[Outcome]]) -> Iterator[Outcome]:
    try:
        yield from list(make(rows))
    except RowFault as fault:
        for row in rows:
            is_culprit = row.number == fault.row.number
            yield Rejected(row.number, fault.reason if is_culprit else Reason.PART_OF_BAD_ORDER)


def rows_kept(rows: Iterable[SourceRow], outcomes: Iterable[Outcome]) -> Rows:
    """The rows of which a record was made and none was refused."""
    made: set[int] = set()
    refused: set[int] = set()
    for outcome in outcomes:
        match outcome:
            case Record():
                made |= {outcome.source_row, *outcome.others}
            case Rejected():
                refused.add(outcome.source_row)
    kept = made - refused
    return tuple(row for row in rows if row.number in kept)


def in_order_of_content(rows: Iterable[SourceRow]) -> Rows:
    """The rows in an order of their own, so that a file sorted otherwise numbers them alike."""
    return tuple(sorted(rows, key=lambda row: (sorted_texts(row), row.number)))


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
