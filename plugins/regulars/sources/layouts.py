"""Layouts: how the files of a source are named and which of its headers mean what.

The canonical layout is made of the templates in `domain.records`; every other layout is a file
in include/layouts. Plain tables (`entities`) are data only; a table whose rows make records of
several kinds (`tables`) names a reader, a module of `sources/readers`.
"""

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from regulars.domain.documents import read_document
from regulars.domain.errors import BadInput
from regulars.domain.records import RECORDS, fields_of
from regulars.settings import INCLUDE
from regulars.sources.headers import fold
from regulars.sources.queries import QueryLayout

LAYOUTS = INCLUDE / "layouts"
CANONICAL = "canonical"
READERS_PACKAGE = "regulars.sources.readers"
Headers = dict[str, tuple[str, ...]]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableLayout(_Section):
    """How one kind of file is recognised and where its header row is.

    files: patterns of the file name's stem (`orders`, `detail*`), lower case;
    header: names that together mark the header row when titles stand above it; without them the
    first row is the header; summary_markers: first cells of total rows; control_totals: columns
    whose total row must be the sum of the others; encoding: only where the usual order (UTF-8,
    UTF-16 with a mark, GB18030) is known to be wrong.
    """

    files: tuple[str, ...]
    header: tuple[str, ...] = ()
    summary_markers: tuple[str, ...] = ()
    control_totals: tuple[str, ...] = ()
    columns: Headers = {}
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
    of every row; codes: template column -> the source's words -> the template's; date_formats:
    `%d/%m/%Y %H:%M` and the like, tried in order, for days and times.
    """

    constants: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    date_formats: tuple[str, ...] = ()


class ReaderLayout(TableLayout):
    """A table that a reader takes apart.

    reader: a module of `sources/readers`; makes: the entities it makes, the first one counts the
    file's rows; columns: the reader's name of a column -> the headers it may have; optional:
    columns a file may lack; ignored: headers that are known and not used; settings: what else the
    reader has to be told, assumptions above all.
    """

    reader: str
    makes: tuple[str, ...]
    optional: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    settings: dict[str, Any] = {}

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that every file must have."""
        return tuple(name for name in self.columns if name not in self.optional)


class Layout(_Section):
    """A source's layout: `entities` read column by column, `tables` taken apart by a reader.

    day_folders: where a source drops one folder per day, how its name is written (`%Y%m%d`);
    folders above it do not matter. ignored_files: names, without their ending, of files that the
    source drops too and nobody reads: they are passed over. name_days: where a file's name says
    its days in a way of its own, a pattern with the groups `stem`, `first` and, for a span,
    `last`; name_day_format: how those are written. queries: table -> the query that fills it,
    where the source is a database; dropped files of the same columns are read just as well.
    """

    name: str
    describe: str
    entities: dict[str, EntityLayout] = {}
    tables: dict[str, ReaderLayout] = {}
    queries: dict[str, QueryLayout] = {}
    day_folders: str = ""
    ignored_files: tuple[str, ...] = ()
    name_days: str = ""
    name_day_format: str = "%Y-%m-%d"

    @model_validator(mode="after")
    def _makes_whole_records(self) -> Self:
        if not self.entities and not self.tables:
            raise ValueError("give entities, or tables with their readers, or both")
        if twice := sorted(set(self.entities) & set(self.tables)):
            raise ValueError(f"{twice[0]} is both an entity and a table: rename the table")
        for entity, layout in self.entities.items():
            _check_columns(entity, layout)
        for table, reading in self.tables.items():
            _check_reader(table, reading)
        for name in self.queries:
            if self.owners_of(name) != (name,):
                raise ValueError(
                    f"the query {name} needs one table of its name and files: [{name}]"
                )
        if self.name_days and not {"stem", "first"} <= set(re.compile(self.name_days).groupindex):
            raise ValueError("name_days needs the groups stem and first")
        return self

    def table(self, name: str) -> EntityLayout | ReaderLayout:
        """The table of this name. Raises KeyError for an unknown one."""
        return self.tables[name] if name in self.tables else self.entities[name]

    def makes(self, name: str) -> tuple[str, ...]:
        """The entities that files of this table become."""
        return self.tables[name].makes if name in self.tables else (name,)

    def owners_of(self, stem: str) -> tuple[str, ...]:
        """The tables whose files have this stem."""
        everything = {**self.entities, **self.tables}
        return tuple(name for name, table in everything.items() if table.takes(stem))

    def ignores(self, file_name: str) -> bool:
        """Whether this is a file that the source drops too and nobody reads."""
        stem = file_name.rpartition(".")[0].casefold()
        return any(fnmatchcase(stem, pattern.casefold()) for pattern in self.ignored_files)

    def stems(self) -> tuple[str, ...]:
        """Every file name pattern of this layout, for telling people what is expected."""
        tables = [*self.entities.values(), *self.tables.values()]
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
    if unknown := set(layout.codes) - given:
        raise ValueError(f"{entity} has codes for {sorted(unknown)}, which it does not read")
    _refuse_shared_headers(entity, layout.columns)


def _check_reader(table: str, layout: ReaderLayout) -> None:
    if find_spec(f"{READERS_PACKAGE}.{layout.reader}") is None:
        raise ValueError(f"{table}: there is no reader named {layout.reader!r}")
    if unknown := [entity for entity in layout.makes if entity not in RECORDS]:
        raise ValueError(f"{table} makes {unknown[0]}, which is no template")
    if odd := {*layout.optional, *layout.control_totals} - set(layout.columns):
        raise ValueError(f"{table} has no column {sorted(odd)}")
    _refuse_shared_headers(table, layout.columns)


def _refuse_shared_headers(table: str, columns: Headers) -> None:
    claims = [fold(header) for headers in columns.values() for header in headers]
    if repeated := sorted({claim for claim in claims if claims.count(claim) > 1}):
        raise ValueError(f"{table}: two columns claim the header {repeated}")


def required_columns(entity: str, rules: EntityLayout) -> list[str]:
    """The columns that a file of this entity must have: what is needed and no constant."""
    return [
        field.name
        for field in fields_of(entity)
        if field.is_required and field.name not in rules.constants
    ]


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
