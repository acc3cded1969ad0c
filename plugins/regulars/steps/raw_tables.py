"""The raw tables: what was landed, and the memory that runs keep."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.checks.schemas import CONTACTS, raw_schema
from regulars.domain.records import RECORDS
from regulars.engines import Warehouse
from regulars.sources.landing import FileReceipt
from regulars.steps.action_tables import ACTION_TABLES
from regulars.steps.changed_files import SEEN_FILES, SEEN_TABLE
from regulars.steps.relationship_tables import RELATIONSHIP_VALUES, VALUE_TABLE
from regulars.steps.superseding import SUPERSEDED, superseded_columns, superseded_table

_FILE = "source_file_sha256"
CONTACT_TABLE = "restricted_contacts"

RECEIPTS = pa.schema(
    {
        "source_system": pa.string(), "file_name": pa.string(), "source_file_sha256": pa.string(),
        "entity": pa.string(), "landed_file": pa.string(),
        "read_count": pa.int64(), "loaded_count": pa.int64(),
        "quarantined_count": pa.int64(), "duplicate_count": pa.int64(),
        "summary_count": pa.int64(), "out_of_scope_count": pa.int64(),
        "corrected_file": pa.string(), "released_count": pa.int64(),
        "dismissed_count": pa.int64(),
    }
)  # fmt: skip
INTAKE = {
    "raw_file_counts": pa.schema(
        {
            "source_system": pa.string(), "source_file_sha256": pa.string(),
            "entity": pa.string(), "landed_count": pa.int64(), "kept_count": pa.int64(),
        }
    ),
    "raw_seen_files": pa.schema(
        {
            "source_system": pa.string(), "file_name": pa.string(),
            "first_day": pa.date32(), "last_day": pa.date32(),
        }
    ),
    "ref_expected_days": pa.schema({"source_system": pa.string(), "business_date": pa.date32()}),
    "ref_expected_stores": pa.schema({"source_system": pa.string(), "store_id": pa.string()}),
}  # fmt: skip
"""What is known of the files beside their rows: see `steps/intake_tables.py`."""
CONTACTS_MADE = pa.schema(
    {
        "customer_key": pa.string(), "store_id": pa.string(), "contact_channel": pa.string(),
        "business_date": pa.date32(),
    }
)  # fmt: skip
LIST_HOLDS = pa.schema(
    {
        "list_name": pa.string(), "hold_code": pa.string(), "before_count": pa.int64(),
        "after_count": pa.int64(), "business_date": pa.date32(),
    }
)  # fmt: skip
SCORE_BLENDS = pa.schema(
    {
        "example_count": pa.int64(), "example_return_count": pa.int64(),
        "return_intercept": pa.float64(), "return_slope": pa.float64(),
        "return_size_slope": pa.float64(), "visits_intercept": pa.float64(),
        "visits_slope": pa.float64(), "visits_size_slope": pa.float64(),
        "cut_on": pa.date32(), "snapshot_date": pa.date32(),
    }
)  # fmt: skip
TIER_REVIEWS = pa.schema(
    {
        "customer_key": pa.string(), "tier": pa.string(), "tier_since_on": pa.date32(),
        "above_review_count": pa.int64(), "loss_review_count": pa.int64(),
        "has_moved_before": pa.bool_(), "downgrade_notice_on": pa.date32(),
        "big_since_on": pa.date32(), "snapshot_date": pa.date32(),
    }
)  # fmt: skip
SATISFACTION_CURVES = pa.schema(
    {
        "curve_kind": pa.string(), "rating_count": pa.int64(), "low_threshold": pa.float64(),
        "high_threshold": pa.float64(), "return_days": pa.int64(),
        "base_return_ratio": pa.float64(), "low_slope": pa.float64(), "high_slope": pa.float64(),
        "line_base_ratio": pa.float64(), "line_slope": pa.float64(), "curve_error": pa.float64(),
        "line_error": pa.float64(), "is_curve_used": pa.bool_(), "curve_reason_code": pa.string(),
        "snapshot_date": pa.date32(),
    }
)  # fmt: skip
IDENTITY_MAP = pa.schema({"node_key": pa.string(), "customer_key": pa.string()})
RESTATEMENTS = pa.schema(
    {
        "business_date": pa.date32(), "store_id": pa.string(), "component": pa.string(),
        "before_minor": pa.int64(), "after_minor": pa.int64(), "currency_code": pa.string(),
        "restated_on": pa.date32(),
    }
)  # fmt: skip
IDENTITY = {
    "raw_identifier_aliases": pa.schema({"node_key": pa.string(), "oldest_key": pa.string()}),
    "ops_identity_map": IDENTITY_MAP,
    "ops_identity_pairs": pa.schema(
        {
            "left_key": pa.string(), "right_key": pa.string(), "reason": pa.string(),
            "left_seen_on": pa.date32(), "right_seen_on": pa.date32(),
        }
    ),
    "ops_barred_identifiers": pa.schema(
        {"node_key": pa.string(), "carrier_count": pa.int64(), "why_not": pa.string()}
    ),
    "fct_identity_moves": pa.schema(
        {
            "reference_key": pa.string(), "customer_key_before": pa.string(),
            "customer_key": pa.string(), "evidence": pa.string(), "business_date": pa.date32(),
        }
    ),
}  # fmt: skip
"""What resolving people starts from and leaves behind: who goes by whose key, and why."""
BUILT_DAYS = pa.schema({"business_date": pa.date32(), "fingerprint": pa.string()})
BUILD_PLAN = pa.schema(
    {"business_date": pa.date32(), "first_date": pa.date32(), "last_date": pa.date32()}
)


def ensure_tables(warehouse: Warehouse) -> None:
    """Create what is not there yet, so that a source without a file is an empty table."""
    wanted = {f"raw_{entity}": raw_schema(entity) for entity in RECORDS}
    wanted |= {
        CONTACT_TABLE: CONTACTS,
        "raw_file_receipts": RECEIPTS,
        **INTAKE,
        "ops_contacts_made": CONTACTS_MADE,
        "ops_list_holds": LIST_HOLDS,
        "ops_built_days": BUILT_DAYS,
        "ops_build_plan": BUILD_PLAN,
        "ops_restatements": RESTATEMENTS,
        "ops_tier_reviews": TIER_REVIEWS,
        "ops_satisfaction_curves": SATISFACTION_CURVES,
        "ops_score_blends": SCORE_BLENDS,
        VALUE_TABLE: RELATIONSHIP_VALUES,
        **IDENTITY,
        **ACTION_TABLES,
        SEEN_TABLE: SEEN_FILES,
    }
    wanted |= {superseded_table(entity): _superseded_schema(entity) for entity in SUPERSEDED}
    there = set(warehouse.tables())
    for table, schema in wanted.items():
        if table not in there:
            warehouse.load(table, schema.empty_table())
        else:
            _add_columns(warehouse, table, schema)


def _superseded_schema(entity: str) -> pa.Schema:
    raw = raw_schema(entity)
    kinds = {name: raw.field(name).type for name in raw.names}
    named = superseded_columns(entity)
    return pa.schema([(name, kinds.get(name, pa.string())) for name in named])


def _add_columns(warehouse: Warehouse, table: str, schema: pa.Schema) -> None:
    """Give a table of an earlier version the columns it lacks, blank: its rows stay."""
    found = warehouse.query(f"select * from {table} limit 0").column_names  # noqa: S608
    if not set(schema.names) - set(found):
        return
    rows = warehouse.query(f"select * from {table}")  # noqa: S608
    blank = pa.nulls(rows.num_rows)
    columns = [
        rows[field.name] if field.name in found else blank.cast(field.type) for field in schema
    ]
    warehouse.load(table, pa.table(columns, schema.names).cast(schema))


def load_landed(warehouse: Warehouse, landed: Iterable[FileReceipt], folder: Path) -> int:
    """Load the landed files that the warehouse does not hold yet; returns how many it were.

    A file's rows and its corrected rows are loaded together, in place of those it had; what a
    file brought that is refused by now is removed. The receipts are written last: a load that is
    cut short is simply done again.
    """
    rows = [row for receipt in landed for row in _receipt_rows(receipt)]
    before = warehouse.query("select * from raw_file_receipts").to_pylist()
    held = {_files(row) for row in before}
    fresh = {_slice(row) for row in rows if _files(row) not in held}
    _remove(warehouse, {_slice(row) for row in before} - {_slice(row) for row in rows})
    for entity in sorted({str(entity) for entity, _ in fresh}):
        # All files of the same content, whichever source brought them: they share a slice.
        same = [row for row in rows if row["entity"] == entity and _slice(row) in fresh]
        paths = dict.fromkeys((name, str(row[_FILE])) for row in same for name in _files(row))
        files: dict[str, list[Path]] = {sha256: [] for _, sha256 in paths}
        for name, sha256 in paths:
            if name:
                files[sha256].append(folder / name)
        # A file landed by an earlier release may lack a column that came later; one that was read
        # again under another policy may have no good row left.
        warehouse.load_files(raw_table(entity), raw_schema_of(entity), files, _FILE)
    warehouse.load("raw_file_receipts", pa.Table.from_pylist(rows, RECEIPTS))
    return len({sha256 for _, sha256 in fresh})


def raw_schema_of(entity: str) -> pa.Schema:
    """The schema of the raw table of an entity, or of the contact details."""
    return CONTACTS if entity == CONTACT_TABLE else raw_schema(entity)


def raw_table(entity: str) -> str:
    """The table that an entity, or the contact details, are loaded into."""
    return entity if entity == CONTACT_TABLE else f"raw_{entity}"


def _remove(warehouse: Warehouse, gone: Iterable[tuple[str, str]]) -> None:
    for entity, sha256 in sorted(gone):
        warehouse.delete_slices(raw_table(entity), _FILE, [sha256])


def _slice(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["entity"], row[_FILE]


def _files(row: Mapping[str, Any]) -> tuple[str | None, str | None]:
    return row["landed_file"], row.get("corrected_file")


def _receipt_rows(receipt: FileReceipt) -> list[dict[str, object]]:
    return [
        {
            "source_system": receipt.source_system,
            "file_name": receipt.file_name,
            "source_file_sha256": receipt.sha256,
            "entity": one.entity,
            "landed_file": one.landed_file,
            "read_count": one.rows.read,
            "loaded_count": one.rows.loaded,
            "quarantined_count": one.rows.quarantined,
            "duplicate_count": one.rows.duplicate,
            "summary_count": one.rows.summary,
            "out_of_scope_count": one.rows.out_of_scope,
            "corrected_file": one.corrected_file,
            "released_count": one.released,
            "dismissed_count": one.dismissed,
        }
        for one in receipt.entities
    ]
