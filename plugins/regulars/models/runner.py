"""Running models: one after the other, each in the way its kind is kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

import pyarrow as pa

from regulars.domain.errors import LimitReached, RegularsError
from regulars.models.dictionary import Dictionary
from regulars.models.model import Model, ModelKind
from regulars.models.outputs import output_columns

SAMPLE_ROWS = 5
WINDOW_PARAMS = ("first_date", "last_date")
Window = tuple[date, date]


class ModelWarehouse(Protocol):
    """What the runner needs of a warehouse."""

    def query(self, sql: str, **params: object) -> pa.Table:
        """The rows of a select."""

    def has_table(self, table: str) -> bool:
        """Whether there is a table or view of this name."""

    def load(self, table: str, rows: pa.Table) -> None:
        """Replace a whole table by rows."""

    def build(self, table: str, sql: str, **params: object) -> None:
        """Replace a whole table by a select."""

    def create_view(self, view: str, sql: str) -> None:
        """Create or replace a view."""

    def replace_days(
        self, table: str, sql: str, first: date, last: date, column: str = ..., **params: object
    ) -> None:
        """Replace some days of a table by a select."""


class ModelFailed(RegularsError):
    """A model did not run: its name, its file and the engine's reason."""


@dataclass(frozen=True)
class AuditResult:
    """How many rows break an audit, with the first of them to look at."""

    name: str
    severity: Literal["error", "warn"]
    failures: int
    sample: tuple[dict[str, Any], ...]


def run_models(
    warehouse: ModelWarehouse,
    models: Iterable[Model],
    dictionary: Dictionary,
    *,
    windows: Sequence[Window] = (),
    params: Mapping[str, object] | None = None,
    progress: Callable[[str], None],
) -> tuple[AuditResult, ...]:
    """Run models in the given order; the results are those of the audits among them.

    Models of days and snapshots run once per window (first and last day, both included).
    Each model gets those of the params that its header lists; `first_date` and `last_date`
    are the window's. Raises ModelFailed at the first model that cannot run; audits that find rows
    do not raise.
    """
    results: list[AuditResult] = []
    for model in models:
        progress(model.name)
        try:
            if model.kind is ModelKind.AUDIT:
                results.append(_audit(warehouse, model, params or {}))
            else:
                _write(warehouse, model, dictionary, windows, params or {})
        except LimitReached:
            # No fault of the model: its table is named already.
            raise
        except RegularsError as error:
            raise ModelFailed(
                f"model {model.name}: {error.problem}",
                where=model.path.name,
                next_move=error.next_move or "correct the model, then run it again",
            ) from error
    return tuple(results)


def contract_errors(warehouse: ModelWarehouse, model: Model, dictionary: Dictionary) -> list[str]:
    """A sentence for every column whose type in the warehouse is not the dictionary's."""
    schema = warehouse.query(f"select * from {model.name} limit 0").schema  # noqa: S608
    found = dict(zip(schema.names, schema.types, strict=True))
    return [
        f"{model.name}.{name} is {found.get(name, 'missing')}, not {dictionary[name].arrow_type}"
        for name in output_columns(model)
        if found.get(name) != dictionary[name].arrow_type
    ]


def _write(
    warehouse: ModelWarehouse,
    model: Model,
    dictionary: Dictionary,
    windows: Sequence[Window],
    params: Mapping[str, object],
) -> None:
    match model.kind:
        case ModelKind.VIEW:
            warehouse.create_view(model.name, model.sql)
        case ModelKind.FULL | ModelKind.LOOP:
            warehouse.build(model.name, model.sql, **_listed(model, params))
        case _:
            _write_windows(warehouse, model, dictionary, windows, params)


def _write_windows(
    warehouse: ModelWarehouse,
    model: Model,
    dictionary: Dictionary,
    windows: Sequence[Window],
    params: Mapping[str, object],
) -> None:
    column = "snapshot_date" if model.kind is ModelKind.SNAPSHOT else "business_date"
    if model.name in model.inputs and not warehouse.has_table(model.name):
        warehouse.load(model.name, _no_rows(model, dictionary))
    for first, last in windows:
        listed = _listed(model, {**params, "first_date": first, "last_date": last})
        given = {name: listed[name] for name in listed if name not in WINDOW_PARAMS}
        warehouse.replace_days(model.name, model.sql, first, last, column, **given)


def _no_rows(model: Model, dictionary: Dictionary) -> pa.Table:
    """An empty table for a model that reads its own earlier rows on its first day."""
    columns = output_columns(model)
    return pa.schema([(name, dictionary[name].arrow_type) for name in columns]).empty_table()


def _audit(warehouse: ModelWarehouse, model: Model, params: Mapping[str, object]) -> AuditResult:
    rows = warehouse.query(model.sql, **_listed(model, params))
    sample = tuple(rows.slice(0, SAMPLE_ROWS).to_pylist())
    return AuditResult(model.name, model.severity or "error", rows.num_rows, sample)


def _listed(model: Model, params: Mapping[str, object]) -> dict[str, object]:
    """Those of the params that the model's header lists."""
    if missing := [name for name in model.params if name not in params]:
        raise model.wrong(f"no value for param {missing[0]}", "pass it in params")
    return {name: params[name] for name in model.params}
