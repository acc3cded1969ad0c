"""Rows that belong together are read together: all of an order, or every row of it set aside."""

from collections.abc import Callable, Iterable, Iterator

from regulars.sources.files import Reason
from regulars.sources.row_cells import RowFault
from regulars.sources.sheets import Outcome, Record, Rejected, SourceRow

Rows = tuple[SourceRow, ...]


def read_whole(
    rows: Iterable[SourceRow], by: Iterable[str], make: Callable[[Rows], Iterable[Outcome]]
) -> Iterator[Outcome]:
    """What `make` gives for each group of rows that agree in the columns `by`.

    A group whose `make` raises RowFault is set aside whole: the row at fault with its reason, the
    others as parts of an order that is not complete. A row with one of these cells blank belongs
    to nothing.
    """
    names = tuple(by)
    groups: dict[tuple[str, ...], list[SourceRow]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        if all(key):
            groups.setdefault(key, []).append(row)
        else:
            yield Rejected(row.number, Reason.MISSING_KEY)
    for group in groups.values():
        yield from _read_group(tuple(group), make)


def _read_group(rows: Rows, make: Callable[[Rows], Iterable[Outcome]]) -> Iterator[Outcome]:
    try:
        yield from list(make(rows))
    except RowFault as fault:
        for row in rows:
            is_culprit = row.number == fault.row.number
            yield Rejected(row.number, fault.reason if is_culprit else Reason.ORDER_INCOMPLETE)


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
    return tuple(row for row in rows if row.number in made - refused)


def in_order_of_content(rows: Iterable[SourceRow]) -> Rows:
    """The rows in an order of their own, so that a file sorted otherwise numbers them alike."""
    return tuple(sorted(rows, key=lambda row: (sorted(row.texts.items()), row.number)))
