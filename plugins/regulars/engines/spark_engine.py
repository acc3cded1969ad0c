"""Spark, over Spark Connect: the warehouse on a cluster, with many readers at any time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar, Self

import pyarrow as pa

from regulars.engines.errors import StatementFailed, WarehouseUnreachable
from regulars.engines.parts import Days, Part, Source
from regulars.engines.published import MART, PublishedTable, Window
from regulars.engines.spark_abilities import abilities_of
from regulars.engines.spark_catalogue import Catalogue, describing, registration, replacing
from regulars.engines.spark_choice import choose
from regulars.engines.spark_publishing import Publishing
from regulars.engines.spark_sessions import join_session, leave_session
from regulars.engines.spark_statements import (
    NOTHING,
    guarded,
    in_order,
    inside,
    no_rows_of,
    one_of,
    outside_count,
    staged_rows,
    ticked,
)
from regulars.engines.spark_types import plain_batch, plain_type
from regulars.engines.spark_uri import SparkPlace
from regulars.engines.staging import staged
from regulars.engines.warehouse import Warehouse, rows_outside

Columns = dict[str, pa.DataType]


class SparkWarehouse(Warehouse):
    """`sc://host:15002/;token=…;use_ssl=true?schema=regulars&format=delta&staging=/lake/stage`.

    Before the question mark the URI is Spark Connect's own. After it, all with a default:

    | option | meaning |
    |---|---|
    | `schema` | where the tables are; made when absent (`regulars`) |
    | `format` | `delta` (default), `iceberg`, or `parquet` |
    | `location` | folder or URL of the tables; else where the server's catalogue puts them |
    | `staging` | folder or URL that this machine and the server both see, for loaded rows |
    | `client` | `adbc` or `pyspark`; else the first that is installed |
    | `shuffle_partitions` | `spark.sql.shuffle.partitions` (8; a large cluster wants more) |

    A server whose catalogue forgets (Sail) needs `location`.
    """

    dialect: ClassVar[str] = "spark"

    def __init__(self, place: SparkPlace) -> None:
        super().__init__(join_session(place))
        self._place = place
        self._columns: dict[str, Columns] = {}
        self._catalogue: Catalogue
        self._publishing: Publishing

    @classmethod
    def open(cls, uri: str) -> Self:
        """Connect, and find out what the server can do. Raises BadInput for a missing client."""
        warehouse = cls(SparkPlace.of(uri))
        try:
            warehouse._prepare()
        except BaseException:
            warehouse.close()
            raise
        return warehouse

    def close(self) -> None:
        """Leave the session; the last one out ends it."""
        leave_session(self._place)

    def _prepare(self) -> None:
        place = self._place
        try:
            abilities = abilities_of(self._run, self._rows, place.shuffle_partitions)
        except StatementFailed as error:
            raise WarehouseUnreachable(
                error.problem,
                where=place.host,
                next_move="check REGULARS_WAREHOUSE and the Spark Connect server",
            ) from error
        self._enter_schema(f" location '{place.location}'" if place.location else "")
        self._catalogue, self._publishing = choose(place, abilities, self._run, self._rows)
        self._kinds()

    def _schema(self) -> str:
        return self._place.schema

    def _enter_schema(self, location: str) -> None:
        schema = ticked(self._place.schema)
        self._run(f"create schema if not exists {schema}{location}", self._place.schema)
        self._run(f"use schema {schema}", self._place.schema)

    def _kinds(self) -> dict[str, str]:
        self._remembered = self._publishing.visible(self._catalogue.relations())
        return self._remembered

    def publish(
        self, tables: Sequence[PublishedTable], changed: Mapping[str, Sequence[Window]]
    ) -> None:
        """Let described views show these tables; those that would be the same stay."""
        self._run(f"create schema if not exists {MART}", where=MART)
        for table, select in self._at_home(tables):
            self._describe_view(table, select)

    def _readable(self, batch: pa.RecordBatch, where: str) -> pa.RecordBatch:
        return plain_batch(batch)

    def _type_of(self, field: pa.Field) -> pa.DataType:
        return plain_type(field.type)

    @contextmanager
    def _selectable(self, table: str, source: Source) -> Iterator[str]:
        """The source as a select the server can run."""
        if isinstance(source, str):
            yield source
        else:
            with staged(self._place.staging, table, source) as path:
                yield staged_rows(path)

    def _write_whole(self, table: str, source: Source) -> None:
        with self._selectable(table, source) as select:
            self._replace_whole(table, select, _types_in(source))

    def _write_part(self, table: str, source: Source, part: Part, next_move: str) -> None:
        condition = inside(part, source)
        with self._selectable(table, source) as select:
            columns = self._agreed_columns(table, select, source, next_move)
            written = _written(select, list(columns), part, condition)
            try:
                if self._known.get(table) != "table":
                    self._replace_whole(table, written, columns)
                elif condition != NOTHING:
                    names = list(columns)
                    self._publishing.part(table, written, names, part.column, condition)
            except StatementFailed:
                if isinstance(part, Days):
                    self._refuse_rows_outside(table, select, condition)
                raise

    def _replace_whole(self, table: str, select: str, columns: Columns | None) -> None:
        self._columns.pop(table, None)
        self._publishing.whole(table, select, self._known.get(table))
        made = registration(table, self._place.format, self._place.location)
        self._catalogue.note(table, "table", made)
        self._known[table] = "table"
        if columns:
            self._columns[table] = columns

    def _agreed_columns(self, table: str, select: str, source: Source, next_move: str) -> Columns:
        """The columns to write, in their order: an absent table takes those of the source."""
        fresh = _types_in(source) or self._types(no_rows_of(select), table)
        if self._known.get(table) != "table":
            return fresh
        if table not in self._columns:
            self._columns[table] = self._types_of(table)
        self._refuse_other_columns(table, self._columns[table], fresh, next_move)
        return self._columns[table]

    def _refuse_rows_outside(self, table: str, select: str, condition: str) -> None:
        """After a write that failed: was it because of such rows?"""
        if outside := self._rows(outside_count(select, condition), table)[0]["outside"]:
            raise rows_outside(table, outside, condition)

    def _delete(self, table: str, key: str, values: Sequence[str]) -> None:
        self._publishing.delete(table, one_of(key, values))

    def _write_view(self, view: str, select: str) -> None:
        made = replacing(view, select)
        if not self._catalogue.is_made_by(view, made):
            self._publishing.view(view, select, self._known.get(view))
            self._catalogue.note(view, "view", made)

    def _drop(self, table: str, kind: str) -> None:
        if kind == "view":
            self._run(f"drop view {ticked(table)}", table)
        else:
            self._publishing.drop(table)
        self._columns.pop(table, None)
        self._catalogue.forget(table)

    def _describe_view(self, table: PublishedTable, select: str) -> None:
        name = f"{MART}.{ticked(table.name)}"
        made = describing(name, select, table.description, table.columns)
        if not self._catalogue.is_made_by(f"{MART}.{table.name}", made):
            self._run(made, table.name)
            self._catalogue.note(f"{MART}.{table.name}", "view", made)


def _types_in(source: Source) -> Columns | None:
    """The columns of rows; a select has to be asked for its own."""
    if isinstance(source, str):
        return None
    return dict(zip(source.schema.names, source.schema.types, strict=True))


def _written(select: str, columns: list[str], part: Part, condition: str) -> str:
    """The select with the table's columns in order; days outside their window make it fail."""
    if isinstance(part, Days):
        return guarded(select, columns, part.column, condition)
    return in_order(select, columns)
