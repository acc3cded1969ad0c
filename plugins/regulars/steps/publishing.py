"""Publishing: the tables other people read, in decimals, as views of the mart and as Parquet.

Inside, money is whole minor units. Readers get `*_amount` as an exact decimal beside its
`currency_code`, and quantities as decimals, under the same table names.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.domain.money import exponent_of
from regulars.engines import PublishedTable, Warehouse
from regulars.models import Dictionary, Model, ModelKind
from regulars.models.outputs import output_columns
from regulars.steps.days import Window
from regulars.steps.runtime import Run

AMOUNT_DECIMALS = 4
_AMOUNT = pa.decimal128(23, AMOUNT_DECIMALS)
_QUANTITY = pa.decimal128(22, 3)
_DAY_COLUMNS = {ModelKind.DAYS: "business_date", ModelKind.SNAPSHOT: "snapshot_date"}


def publish_tables(
    warehouse: Warehouse,
    run: Run,
    models: Iterable[Model],
    changed: Mapping[str, Sequence[Window]],
) -> list[Path]:
    """Publish those of the models that are marked so, as one set; returns the Parquet files.

    `changed` names, by day column, the days that were rebuilt since the last publication.
    """
    published = [model for model in models if model.publish]
    currencies = {store.currency_code for store in run.policy.stores}
    currencies.add(run.policy.group.currency_code)
    tables = [published_table(one, run.dictionary, sorted(currencies)) for one in published]
    warehouse.publish(tables, changed)
    folder = run.settings.published_folder
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(1) as writer:
        # One table is written while the next one is read.
        copies = []
        for model in published:
            rows = _rows_in_order(warehouse, model)
            copies.append(writer.submit(_write_copy, rows, folder / f"{model.name}.parquet"))
        return [copy.result() for copy in copies]


def published_table(
    model: Model, dictionary: Dictionary, currencies: Iterable[str]
) -> PublishedTable:
    """What readers get of a model: names, types, key and meaning, from its header and the words."""
    columns = output_columns(model)
    return PublishedTable(
        name=model.name,
        select=published_select(model, currencies),
        description=model.describe,
        columns={published_name(name): dictionary[name].comment for name in columns},
        types={published_name(name): published_type(name, dictionary) for name in columns},
        unique=tuple(published_name(name) for name in model.unique),
        day_column=_DAY_COLUMNS.get(model.kind),
        is_for_marketing=model.path.parent.name == "actions",
    )


def published_type(column: str, dictionary: Dictionary) -> str:
    """The type of a published column in the portable dialect: amounts are `decimal(23, 4)`."""
    if column.endswith("_minor"):
        return f"decimal(23, {AMOUNT_DECIMALS})"
    return "decimal(22, 3)" if column.endswith("_milli") else dictionary[column].type


def _rows_in_order(warehouse: Warehouse, model: Model) -> pa.Table:
    order = ", ".join(model.unique or output_columns(model))
    return warehouse.query(f"select * from {model.name} order by {order}")  # noqa: S608


def published_name(column: str) -> str:
    """`net_sales_minor` is published as `net_sales_amount`, `quantity_milli` as `quantity`."""
    if column.endswith("_minor"):
        return column.removesuffix("_minor") + "_amount"
    return column.removesuffix("_milli")


def published_select(model: Model, currencies: Iterable[str]) -> str:
    """The select behind a published view: minor units become exact decimals, nothing else."""
    known = "".join(
        f" when currency_code = '{code}' then {_unit_literal(code)}" for code in currencies
    )
    others = f" when currency_code is not null then {_unit_literal('')}"
    unit = f"case{known}{others} end"
    terms = ",\n    ".join(_term(name, unit) for name in output_columns(model))
    return f"select\n    {terms}\nfrom :home.{model.name}"


def _term(column: str, unit: str) -> str:
    whole = f"cast({column} as decimal(19, 0))"
    name = published_name(column)
    if column.endswith("_minor"):
        return f"cast({whole} * {unit} as decimal(23, {AMOUNT_DECIMALS})) as {name}"
    if column.endswith("_milli"):
        return f"cast({whole} * cast(0.001 as decimal(4, 3)) as decimal(22, 3)) as {name}"
    return column


def _unit_literal(currency_code: str) -> str:
    return f"cast({_unit(currency_code)} as decimal(5, {AMOUNT_DECIMALS}))"


def _unit(currency_code: str) -> str:
    """One minor unit in major units: 0.01 for most currencies, 1 for yen."""
    exponent = exponent_of(currency_code)
    return f"0.{'0' * (exponent - 1)}1" if exponent else "1"


def _write_copy(rows: pa.Table, path: Path) -> Path:
    """A Parquet copy for readers that must not lock the warehouse; same rows, same bytes."""
    partial = path.with_suffix(".part")
    pq.write_table(to_published(rows), partial, compression="zstd")
    return partial.replace(path)


def to_published(rows: pa.Table) -> pa.Table:
    """Rows as they are published: amounts and quantities as exact decimals."""
    columns: dict[str, pa.ChunkedArray] = {}
    for name in rows.column_names:
        column = rows[name]
        if name.endswith("_minor"):
            column = pc.multiply(_whole(column), _units(rows["currency_code"])).cast(_AMOUNT)
        elif name.endswith("_milli"):
            thousandth = pa.scalar("0.001").cast(pa.decimal128(4, 3))
            column = pc.multiply(_whole(column), thousandth).cast(_QUANTITY)
        columns[published_name(name)] = column
    return pa.table(columns)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.decimal128(19, 0))


def _units(currencies: pa.ChunkedArray) -> pa.Array:
    """The worth of one minor unit, row by row."""
    codes = pc.dictionary_encode(currencies.combine_chunks())
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    unit = pa.decimal128(5, AMOUNT_DECIMALS)
    worth = pa.array([_unit(str(code)) for code in codes.dictionary.to_pylist()]).cast(unit)
    return worth.take(codes.indices)
