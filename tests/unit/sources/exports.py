"""Exports of other systems for tests: rows by header, dropped, found and read by their layout."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents
from regulars.sources.layouts import LAYOUTS, load_layout
from regulars.sources.reading import read

DAYS = (date(2025, 1, 1), date(2025, 12, 31))
Cells = Mapping[str, str]


def csv_text(header: Iterable[str], rows: Iterable[Cells], above: str = "") -> str:
    """A CSV file: these headers, and a row per mapping; cells that it does not name are blank."""
    names = list(header)
    stream = io.StringIO(newline="")
    stream.write(above)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return stream.getvalue()


def header_of(text: str) -> list[str]:
    """The headers of an export, from its first line."""
    return [name.strip("\n") for name in text.strip().split(",")]


def read_text_as(
    folder: Path, source: SourcePolicy, name: str, text: str, layouts: Path = LAYOUTS
) -> FileContents:
    """What comes of a file of this name and text in the source's folder."""
    path = folder / source.folder
    path.mkdir(parents=True, exist_ok=True)
    (path / name).write_text(text, encoding="utf-8")
    found = discover(source, folder, *DAYS, layouts)
    assert not found.refused
    dropped = next(file for file in found.files if file.name == name)
    return read(dropped, load_layout(source.layout, layouts), source)


def told(contents: FileContents, entity: str, columns: str) -> list[str]:
    """The records of an entity, the named columns joined by a bar."""
    frame = next(batch.frame for batch in contents.batches if batch.entity == entity)
    names = columns.split()
    return ["|".join(str(row[name]) for name in names) for row in frame.to_dict("records")]


def set_aside(contents: FileContents) -> dict[int, str]:
    """The refused rows by number, and why."""
    rows = contents.rejected
    return dict(zip(rows["source_row"].tolist(), rows["reason"].tolist(), strict=True))
