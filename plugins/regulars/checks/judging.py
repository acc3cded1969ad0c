"""Running a suite: every expectation gives its outcome, in rows, never in values.

Importing this module costs seconds: only a step that ingests should.
"""

import json
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import great_expectations as gx
import numpy as np
import numpy.typing as npt
import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from regulars.checks.context import CheckContext
from regulars.checks.parsing import Categories
from regulars.checks.suites import suite_of

BATCH_ROW = "batch_row"
_RESULT_FORMAT = {
    "result_format": "COMPLETE",
    # The rows are known by the index alone: no cell of a customer enters a result.
    "exclude_unexpected_values": True,
}
_COLUMNS = ("column", "column_A", "column_B")


@dataclass(frozen=True)
class Outcome:
    """An expectation on a batch: on which columns, how severe, and the places of failing rows."""

    expectation: str
    columns: tuple[str, ...]
    reason: str
    is_gate: bool
    rows: tuple[int, ...]


def judge(
    entity: str,
    probes: pd.DataFrame,
    context: CheckContext,
    is_judged: npt.NDArray[np.bool_] | None = None,
    texts: Categories = MappingProxyType({}),
) -> list[Outcome]:
    """Run the suite over typed rows with their probes: the outcome of every expectation, in order.

    Without `is_judged` all rows are judged; columns that are in `texts` are asked in that form.
    Raises RuntimeError when an expectation could not be
    evaluated: silence is not success.
    """
    suite = suite_of(entity, context)
    if probes.empty or (is_judged is not None and not is_judged.any()):
        return [_outcome(one.configuration, ()) for one in suite.expectations]
    # A batch is hashed whole when it is opened: it gets just the columns the suite speaks of.
    spoken_of = json.dumps(suite.to_json_dict())
    asked = [str(column) for column in probes if f'"{column}"' in spoken_of]
    given = {name: texts[name]().set_axis(probes.index) for name in asked if name in texts}
    judged = probes[asked].assign(**given)
    judged = judged if is_judged is None else judged[is_judged]
    batch = _open_batch(judged.rename_axis(index=BATCH_ROW))
    results = batch.validate(suite, result_format=_RESULT_FORMAT).results
    found = {one.expectation_config.meta["reason"]: one for one in results}
    ordered = [found[one.meta["reason"]] for one in suite.expectations]
    return [_outcome(result.expectation_config, _failing(result)) for result in ordered]


def _failing(result: Any) -> tuple[int, ...]:
    if result.success:
        return ()
    indices = result.result.get("unexpected_index_list")
    if not indices:
        config = result.expectation_config
        raise RuntimeError(
            f"{config.type} for {config.meta['reason']} could not be evaluated on this batch: "
            "report it with the entity and the template in use"
        )
    return tuple(int(row) for row in indices[0][BATCH_ROW])


def _outcome(config: Any, rows: tuple[int, ...]) -> Outcome:
    return Outcome(
        expectation=config.type,
        columns=tuple(config.kwargs[name] for name in _COLUMNS if name in config.kwargs),
        reason=config.meta["reason"],
        is_gate=config.severity == "critical",
        rows=rows,
    )


def _open_batch(probes: pd.DataFrame) -> Any:
    return _batch_definition().get_batch(batch_parameters={"dataframe": probes})


@cache
def _batch_definition() -> Any:
    """A workbench in memory: no folder, no report site, nothing sent anywhere; once a process."""
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    workbench = gx.get_context(mode="ephemeral", project_config=config)
    workbench.enable_analytics(False)
    asset = workbench.data_sources.add_pandas("incoming").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("batch")
