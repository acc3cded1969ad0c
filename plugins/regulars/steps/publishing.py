"""Publishing: the tables other people read, in decimals, as views of the mart and as Parquet.

Inside, money is whole minor units. Readers get `*_amount` as an exact decimal beside its
`currency_code`, and quantities as decimals, under the same table names.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from regulars.domain.money import CURRENCIES
from regulars.engines import PublishedTable, Warehouse
from regulars.models import Dictionary, Model
from regulars.models.outputs import output_columns
from regulars.steps.days import Window
from regulars.steps.published_copies import write_copies
from regulars.steps.published_parts import DAY_COLUMNS
from regulars.steps.published_terms import AMOUNT_DECIMALS, minor_unit, published_name
from regulars.steps.runtime import Run


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
    tables = [published_table(one, run.dictionary) for one in published]
    warehouse.publish(tables, changed)
    return write_copies(warehouse, published, changed, run.settings.published_folder)


def published_table(model: Model, dictionary: Dictionary) -> PublishedTable:
    """What readers get of a model: names, types, key and meaning, from its header and the words."""
    columns = output_columns(model)
    return PublishedTable(
        name=model.name,
        select=published_select(model),
        description=model.describe,
        columns={published_name(name): dictionary[name].comment for name in columns},
        types={published_name(name): published_type(name, dictionary) for name in columns},
        unique=tuple(published_name(name) for name in model.unique),
        day_column=DAY_COLUMNS.get(model.kind),
        is_for_marketing=is_for_marketing(model),
    )


def is_for_marketing(model: Model) -> bool:
    """Whether a published table is read by those who work with the lists: lists and calendars."""
    return model.path.parent.name == "actions" or model.name in ("dim_dates", "dim_stores")


def published_type(column: str, dictionary: Dictionary) -> str:
    """The type of a published column in the portable dialect: amounts are `decimal(23, 4)`."""
    if column.endswith("_minor"):
        return f"decimal(23, {AMOUNT_DECIMALS})"
    return "decimal(22, 3)" if column.endswith("_milli") else dictionary[column].type


def published_select(model: Model) -> str:
    """The select behind a published table: minor units become exact decimals, nothing else.

    Of every currency there is, not of the policy's alone: a policy of another day must not show
    the same rows in other decimals.
    """
    terms = ",\n    ".join(_term(name, _UNIT) for name in output_columns(model))
    return f"select\n    {terms}\nfrom :home.{model.name}"


def _unit_of_currency() -> str:
    """What a minor unit of the row's currency is worth; most have two decimals."""
    by_unit: dict[str, list[str]] = {}
    for code in sorted(CURRENCIES):
        by_unit.setdefault(minor_unit(code), []).append(f"'{code}'")
    by_unit.pop(minor_unit(""))
    odd = ", ".join(code for codes in by_unit.values() for code in codes)
    cases = [f"when currency_code not in ({odd}) then {_decimal(minor_unit(''))}"]
    cases += [
        f"when currency_code in ({', '.join(codes)}) then {_decimal(unit)}"
        for unit, codes in by_unit.items()
    ]
    return f"case {' '.join(cases)} end"


def _term(column: str, unit: str) -> str:
    whole = f"cast({column} as decimal(19, 0))"
    name = published_name(column)
    if column.endswith("_minor"):
        return f"cast({whole} * {unit} as decimal(23, {AMOUNT_DECIMALS})) as {name}"
    if column.endswith("_milli"):
        return f"cast({whole} * cast(0.001 as decimal(4, 3)) as decimal(22, 3)) as {name}"
    return column


def _decimal(unit: str) -> str:
    return f"cast({unit} as decimal(5, {AMOUNT_DECIMALS}))"


_UNIT = _unit_of_currency()
