"""Audits, and what they found: kept until its lists are exported, which need not ask again.

Deciding writes actions and nothing that the other audits read. What was kept holds for as long as
the same days were built from the same inputs under the same policy; else all audits run again.
"""

from collections.abc import Iterable

import pyarrow as pa

from regulars.domain.errors import AuditFailed
from regulars.engines import Warehouse
from regulars.models import AuditResult, ModelKind, run_models
from regulars.steps.parameters import model_params
from regulars.steps.run_report import run_key
from regulars.steps.runtime import Run, tell

AUDITED = pa.schema(
    {
        "slice_key": pa.string(), "run_key": pa.string(), "audit_name": pa.string(),
        "severity": pa.string(), "failure_count": pa.int64(),
    }
)  # fmt: skip
_TABLE = "ops_audit_results"


def audit(
    warehouse: Warehouse,
    run: Run,
    excluding: Iterable[str] = (),
    known: Iterable[AuditResult] = (),
) -> tuple[AuditResult, ...]:
    """Run the audits that do not read the excluded tables and whose results are not known.

    The results, with the known ones, are in running order. Raises AuditFailed for those that gate.
    """
    passed = {one.name: one for one in known}
    audits = run.catalog.select(kinds=[ModelKind.AUDIT])
    models = [
        model
        for model in audits
        if model.name not in passed and not set(model.inputs) & set(excluding)
    ]
    models.insert(0, run.catalog["int_audited_days"])
    results = run_models(warehouse, models, run.dictionary, params=model_params(run), progress=tell)
    failed = [result for result in results if result.failures and result.severity == "error"]
    if failed:
        raise AuditFailed(
            "; ".join(f"{one.failures} rows, first {one.sample[0]}" for one in failed),
            where=", ".join(one.name for one in failed),
            next_move="nothing was published; mend the input or the model and run again",
        )
    found = passed | {one.name: one for one in results}
    return tuple(found[model.name] for model in audits if model.name in found)


def remember_audits(warehouse: Warehouse, run: Run, results: tuple[AuditResult, ...]) -> None:
    """Keep the results of audits that let the run go on, without the rows they found."""
    key = run_key(warehouse, run)
    rows = [
        {
            "slice_key": run.business_date.isoformat(), "run_key": key, "audit_name": one.name,
            "severity": one.severity, "failure_count": one.failures,
        }
        for one in results
    ]  # fmt: skip
    warehouse.load_slices(_TABLE, pa.Table.from_pylist(rows, AUDITED), "slice_key")


def recall_audits(warehouse: Warehouse, run: Run) -> tuple[AuditResult, ...]:
    """What was kept of this very run; nothing when its days, inputs or policy are others now."""
    if not warehouse.has_table(_TABLE):
        return ()
    rows = warehouse.query(
        "select audit_name, severity, failure_count from ops_audit_results"
        " where slice_key = :day and run_key = :key order by audit_name",
        day=run.business_date.isoformat(),
        key=run_key(warehouse, run),
    ).to_pylist()
    return tuple(
        AuditResult(row["audit_name"], row["severity"], row["failure_count"], ()) for row in rows
    )


def forget_audits(warehouse: Warehouse, run: Run) -> None:
    """The audits of this business date are about to run: what they found before is void."""
    if warehouse.has_table(_TABLE):
        warehouse.delete_slices(_TABLE, "slice_key", [run.business_date.isoformat()])
