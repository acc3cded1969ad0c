"""Layouts: how the files of a source are named and which of its headers mean what.

The canonical layout is made of the templates in `domain.records`; every other layout is a file
in include/layouts. Layouts of plain tables are data only; a layout that makes several entities
of one file names a reader.
"""

from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from regulars.domain.documents import read_document
from regulars.domain.errors import BadInput
from regulars.domain.records import RECORDS, fields_of
from regulars.settings import INCLUDE
from regulars.sources.headers import fold

LAYOUTS = INCLUDE / "layouts"
CANONICAL = "canonical"
Headers = dict[str, tuple[str, ...]]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableLayout(_Section):
    """How one kind of file is recognised and where its header row is.

    files: patterns of the file name's stem (`orders`, `detail*`), lower case;
    header: names that together mark the header row when titles stand above it; without them the
    first row is the header; summary_markers: first cells of total rows; encoding: only where the
    usual order (UTF-8, UTF-16 with a mark, GB18030) is known to be wrong.
    """

    files: tuple[str, ...]
    header: tuple[str, ...] = ()
    summary_markers: tuple[str, ...] = ()
    encoding: str = ""

    @field_validator("files")
    @classmethod
    def _fold_case(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(pattern.casefold() for pattern in patterns)

    def takes(self, stem: str) -> bool:
        """Whether a file of this stem belongs here."""
        return any(fnmatchcase(stem, pattern) for pattern in self.files)


class EntityLayout(TableLayout):
    """A table that becomes one entity.

    columns: template column -> the headers it may have; constants: template column -> the text
    of every row; date_formats: `%d/%m/%Y %H:%M` and the like, tried in order, for days and times.
    """

    columns: Headers
    constants: dict[str, str] = {}
    date_formats: tuple[str, ...] = ()


class Layout(_Section):
    """A source's layout: `entities` read column by column, or a `source` table with a `reader`."""

    name: str
    describe: str
    entities: dict[str, EntityLayout] = {}
    source: TableLayout | None = None
    reader: str = ""
    reader_settings: dict[str, Any] = {}

    @model_validator(mode="after")
    def _makes_whole_records(self) -> Self:
        if bool(self.reader) != bool(self.source) or bool(self.reader) == bool(self.entities):
            raise ValueError("give either entities, or a source together with its reader")
        for entity, layout in self.entities.items():
            _check_columns(entity, layout)
        return self

    def owners_of(self, stem: str) -> tuple[str | None, ...]:
        """The entities whose files have this stem; (None,) where a reader takes the file."""
        if self.source:
            return (None,) if self.source.takes(stem) else ()
        return tuple(name for name, entity in self.entities.items() if entity.takes(stem))

    def stems(self) -> tuple[str, ...]:
        """Every file name pattern of this layout, for telling people what is expected."""
        tables = [self.source] if self.source else list(self.entities.values())
        return tuple(pattern for table in tables for pattern in table.files)


def _check_columns(entity: str, layout: EntityLayout) -> None:
    if entity not in RECORDS:
        raise ValueError(f"no template named {entity!r}")
    fields = fields_of(entity)
    given = {*layout.columns, *layout.constants}
    if unknown := given - {field.name for field in fields}:
        raise ValueError(f"{entity} has no column {sorted(unknown)}")
    if missing := [field.name for field in fields if field.is_required and field.name not in given]:
        raise ValueError(f"{entity} needs the column {missing}")
    claims = [fold(header) for headers in layout.columns.values() for header in headers]
    if repeated := sorted({claim for claim in claims if claims.count(claim) > 1}):
        raise ValueError(f"{entity}: two columns claim the header {repeated}")


def load_layout(name: str, folder: Path = LAYOUTS) -> Layout:
    """The layout of this name. Raises BadInput naming file, key and next move."""
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
        raise BadInput(f"no layout named {name!r}", next_move=f"use one of: {known}")
    return _parse_layout(name, path.read_bytes())


@lru_cache(maxsize=32)
def _parse_layout(name: str, content: bytes) -> Layout:
    file = f"{name}.yaml"
    try:
        document = read_document(content, file)
        if name == CANONICAL:
            document["entities"] = _canonical_entities(document.pop("aliases"))
        return Layout(name=name, **document)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise BadInput(
            f"{key}: {first['msg']}", where=file, next_move="correct the layout"
        ) from error


def _canonical_entities(aliases: Headers) -> dict[str, EntityLayout]:
    """One table per template; a column answers to its own name and to its aliases."""
    return {
        entity: EntityLayout(
            files=(entity,),
            columns={
                field.name: (field.name, *aliases.get(field.name, ()))
                for field in fields_of(entity)
            },
        )
        for entity in RECORDS
    }
