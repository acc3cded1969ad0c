"""What a source tells the acceptance suite about itself: its files, and what has to come of them.

One module per source lies in `acceptance/sources`; its `STORIES` are all that the suite asks for.
Figures in a story are worked out by hand, never taken from what the code gave.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.landing import RowCounts

SOURCES = Path(__file__).parent / "sources"
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SourceFile:
    """A file of a source as rows of cells, titles, header and total rows included.

    `name` is its path within the source's folder and says the format. `header` is the index of
    the header row; `totals` how many rows at the end are no data. `needed` is a header that the
    file cannot do without, `amount` one of money ("" where there is none): the suite breaks them.
    """

    name: str
    rows: Rows
    header: int = 0
    totals: int = 0
    needed: str = ""
    amount: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def suffix(self) -> str:
        """The ending of the name: `.csv`, `.xlsx` or `.parquet`."""
        return Path(self.name).suffix

    def render(self) -> bytes:
        """The bytes of the file, the same every time."""
        writers = {".csv": self._csv, ".xlsx": self._xlsx, ".parquet": self._parquet}
        return writers[self.suffix]()

    def _csv(self) -> bytes:
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=self.delimiter, lineterminator="\n").writerows(self.rows)
        return stream.getvalue().encode(self.encoding)

    def _xlsx(self) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
            book.set_properties({"created": datetime(2025, 1, 1)})
            sheet = book.add_worksheet()
            for number, row in enumerate(self.rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
        return stream.getvalue()

    def _parquet(self) -> bytes:
        names, body = self.rows[0], self.rows[1:]
        columns = list(zip(*body, strict=True)) or [()] * len(names)
        stream = io.BytesIO()
        arrays = [pa.array(column, pa.string()) for column in columns]
        pq.write_table(pa.table(arrays, names=list(names)), stream)
        return stream.getvalue()


def rows_of(text: str, delimiter: str = ",") -> Rows:
    """Rows of cells from CSV text; the story's files are written this way."""
    return tuple(
        tuple(row) for row in csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter)
    )


def sheet_of(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Rows:
    """The header and these rows; what a row does not say is blank."""
    return (tuple(header), *(tuple(row.get(name, "") for name in header) for row in rows))


def records_of(text: str) -> list[dict[str, str]]:
    """Expected records from CSV text: only the columns named in it are compared."""
    return list(csv.DictReader(io.StringIO(text.strip("\n")), skipinitialspace=True))


@dataclass(frozen=True, eq=False)
class SourceStory:
    """A source for the suite.

    files: good files, at least one; the first is the one whose rows the table counts first.
    records: entity -> its expected records as CSV text, in the order of files and rows; just the
    columns named. counts: file -> what its receipt must say. cents: `entity.column` -> the sum of
    what was landed, as text, worked out by hand. broken: names of the files that the suite breaks
    in every way it knows (default: the first). answers: `file: family` or `family` -> what the
    suite must be told, where it is not the family's usual answer. howto: its page in docs/howto.
    database: for a source read by queries, writes the same rows into a database under the folder
    given and returns its URL: the records must be the same.
    """

    name: str
    source: SourcePolicy
    stores: tuple[StorePolicy, ...]
    first: date
    last: date
    files: tuple[SourceFile, ...]
    records: Mapping[str, str]
    counts: Mapping[str, RowCounts]
    cents: Mapping[str, str]
    howto: str
    broken: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    database: Callable[[Path], str] | None = None

    def __str__(self) -> str:
        return self.name

    def file(self, name: str) -> SourceFile:
        """The good file of this name."""
        return next(file for file in self.files if file.name == name)

    def through(self, connection: str) -> "SourceStory":
        """The same source, read from the database of a connection."""
        return self.of(self.source.model_copy(update={"connection": connection}))

    def of(self, source: SourcePolicy) -> "SourceStory":
        """The same files, of a source that the policy describes in another way."""
        return replace(self, source=source)

    @property
    def targets(self) -> tuple[SourceFile, ...]:
        """The files that are broken on purpose."""
        return tuple(self.file(name) for name in self.broken) or self.files[:1]


@cache
def all_stories() -> tuple[SourceStory, ...]:
    """Every registered source, by module name."""
    return tuple(_read_stories())


def _read_stories() -> Iterator[SourceStory]:
    for path in sorted(SOURCES.glob("*.py")):
        yield from import_module(f"acceptance.sources.{path.stem}").STORIES
