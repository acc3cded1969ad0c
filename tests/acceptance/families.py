"""The families of wrong files: how each is made of a good one, and what it usually answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from zlib import crc32

from acceptance.stories import Rows, SourceFile, SourceStory

LETTER_IN_AMOUNT = "12.5O"
# A file of nobody's: every table of every source has to refuse or set aside what it holds.
FOREIGN: Rows = (("Shift", "Cashier", "Drawer", "Counted"), ("Late", "A. Clerk", "2", "310.40"))


@dataclass(frozen=True)
class Family:
    """A way for a file to be wrong.

    `spoil` makes its bytes; `answer` is what comes back unless the story says otherwise;
    `rows` is how many rows must be read where the file is taken, from those of the good file;
    `formats` are the endings it makes sense for; `needs` names what the story must know of it.
    """

    name: str
    spoil: Callable[[SourceFile], bytes]
    answer: str
    formats: tuple[str, ...] = (".csv", ".xlsx", ".parquet")
    needs: str = ""
    rows: Callable[[int, SourceFile], int] = lambda rows, _file: rows

    def fits(self, file: SourceFile) -> bool:
        """Whether the file can be wrong in this way."""
        return file.suffix in self.formats and (not self.needs or bool(getattr(file, self.needs)))


def _cut_row(file: SourceFile) -> bytes:
    """The upload stopped in the last row of data: only its first cell is there."""
    data = file.rows[: len(file.rows) - file.totals]
    return replace(file, rows=(*data[:-1], data[-1][:1])).render()


def _cut_half(file: SourceFile) -> bytes:
    content = file.render()
    return content[: len(content) // 2]


def _rename_needed(file: SourceFile) -> bytes:
    header = tuple("Renamed" if name == file.needed else name for name in file.rows[file.header])
    return _with_header(file, header).render()


def _double_column(file: SourceFile) -> bytes:
    at = file.rows[file.header].index(file.needed)
    rows = tuple((*row, row[at]) if at < len(row) else row for row in file.rows)
    return replace(file, rows=rows).render()


def _bad_amount(file: SourceFile) -> bytes:
    at = file.rows[file.header].index(file.amount)
    first = file.header + 1
    row = file.rows[first]
    changed = (*row[:at], LETTER_IN_AMOUNT, *row[at + 1 :])
    return replace(file, rows=(*file.rows[:first], changed, *file.rows[first + 1 :])).render()


def _repeat_row(file: SourceFile) -> bytes:
    first = file.header + 1
    return replace(file, rows=(*file.rows[: first + 1], *file.rows[first:])).render()


def _ragged_row(file: SourceFile) -> bytes:
    first = file.header + 1
    row = (*file.rows[first], "one", "too many")
    return replace(file, rows=(*file.rows[:first], row, *file.rows[first + 1 :])).render()


def _header_only(file: SourceFile) -> bytes:
    return replace(file, rows=file.rows[: file.header + 1]).render()


def _foreign(file: SourceFile) -> bytes:
    return replace(file, rows=(*FOREIGN, (file.name, "", "", ""))).render()


def _blank(file: SourceFile) -> bytes:
    """Nothing; or white space of its own, as the same content is never read twice."""
    bits = f"{crc32(file.name.encode()):b}"
    return b"" if file.name.startswith("orders") else bytes(b" \n"[int(bit)] for bit in bits)


def _pdf(file: SourceFile) -> bytes:
    return b"%PDF-1.7\n" + file.name.encode()


def _bad_bytes(file: SourceFile) -> bytes:
    return file.render() + b"\xff\xff\xfe\n"


def _nul_byte(file: SourceFile) -> bytes:
    content = file.render()
    return content[:-1] + b"\0\n"


def _with_header(file: SourceFile, header: tuple[str, ...]) -> SourceFile:
    at = file.header
    return replace(file, rows=(*file.rows[:at], header, *file.rows[at + 1 :]))


CSV, BINARY = (".csv",), (".xlsx", ".parquet")
FAMILIES = (
    Family("truncated_row", _cut_row, "quarantined: ragged_row", CSV,
           rows=lambda rows, file: rows - file.totals),
    Family("truncated", _cut_half, "refused: unreadable_file", BINARY),
    Family("wrong_header", _rename_needed, "refused: missing_column", needs="needed"),
    Family("doubled_column", _double_column, "refused: duplicate_column", CSV, needs="needed"),
    Family("wrong_encoding", _bad_bytes, "refused: unknown_encoding", CSV),
    Family("nul_byte", _nul_byte, "refused: nul_byte", CSV),
    Family("ragged_row", _ragged_row, "quarantined: ragged_row", CSV),
    Family("bad_amount", _bad_amount, "quarantined: not_a_number:{amount}", needs="amount"),
    Family("another_source", _foreign, "refused: missing_column"),
    Family("duplicate_row", _repeat_row, "duplicate", rows=lambda rows, _file: rows + 1),
    Family("empty", _blank, "refused: empty_file"),
    Family("wrong_type", _pdf, "refused: wrong_file_type"),
    Family("header_only", _header_only, "loaded", rows=lambda _rows, _file: 0),
)  # fmt: skip


@dataclass(frozen=True)
class WrongFile:
    """A good file that went wrong in one way."""

    story: SourceStory
    good: SourceFile
    family: Family

    def __str__(self) -> str:
        return f"{self.story.name}-{self.good.name}-{self.family.name}"

    @property
    def name(self) -> str:
        """Its path: another name of the same table and days, or a folder of its own."""
        folder, slash, name = self.good.name.rpartition("/")
        stem, suffix = name.rsplit(".", 1)
        if slash:
            return f"{self.family.name}/{stem}/{folder}/{name}"
        return f"{stem}__{self.family.name}.{suffix}"

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.family.spoil(self.good)

    @property
    def rows(self) -> int:
        """How many rows are read of it, if it is taken."""
        return self.family.rows(self.story.counts[self.good.name].read, self.good)

    @property
    def answer(self) -> str:
        """What has to come back."""
        answers = self.story.answers
        own = answers.get(f"{self.good.name}: {self.family.name}")
        usual = self.family.answer.format(amount=self.good.amount)
        return own or answers.get(self.family.name, usual)


def wrong_files(story: SourceStory) -> tuple[WrongFile, ...]:
    """Every file of the story that is broken on purpose, in every way that fits it."""
    return tuple(
        WrongFile(story, file, family)
        for file in story.targets
        for family in FAMILIES
        if family.fits(file)
    )
