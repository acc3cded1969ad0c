"""The columns: what an action row must bring, and what the machine files may say.

A machine file holds no free text. Every value matches its column's pattern, and no pattern
lets a value begin with a sign that a spreadsheet takes for a formula.
"""

from dataclasses import dataclass

import pyarrow as pa

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CODE = r"[a-z][a-z0-9_]{0,62}"
REFERENCE = r"[A-Za-z0-9][A-Za-z0-9._@:/#-]{0,63}"
STORE = r"[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}"

AMOUNT_TYPE = pa.decimal128(20, 4)
"""Money in the Parquet files: wide enough for every currency's decimals."""


@dataclass(frozen=True)
class MachineColumn:
    """A column of the machine files: the pattern of its text and its type in Parquet."""

    name: str
    pattern: str
    parquet_type: pa.DataType
    is_nullable: bool = False


MACHINE_COLUMNS = (
    MachineColumn("business_date", DAY, pa.date32()),
    MachineColumn("list_name", CODE, pa.string()),
    MachineColumn("priority", r"[1-9][0-9]{0,9}", pa.int64()),
    MachineColumn("customer_key", r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", pa.string()),
    MachineColumn("member_ref", REFERENCE, pa.string(), is_nullable=True),
    MachineColumn("action_code", r"[A-Z][A-Z0-9]{0,15}", pa.string()),
    MachineColumn("contact_channel", CODE, pa.string(), is_nullable=True),
    MachineColumn("store_id", STORE, pa.string()),
    MachineColumn("offer_amount", r"[0-9]{1,16}(?:\.[0-9]{1,4})?", AMOUNT_TYPE),
    MachineColumn("currency_code", r"[A-Z]{3}", pa.string()),
    MachineColumn("starts_on", DAY, pa.date32()),
    MachineColumn("expires_on", DAY, pa.date32()),
    MachineColumn("policy_version", r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}", pa.string()),
)
MACHINE_NAMES = tuple(column.name for column in MACHINE_COLUMNS)
MACHINE_TYPES = pa.schema([(column.name, column.parquet_type) for column in MACHINE_COLUMNS])

REASONS = ("reason_1", "reason_2", "reason_3")
REASONS_ZH = tuple(f"{reason}_zh" for reason in REASONS)

ACTION_TYPES = pa.schema(
    [
        ("business_date", pa.date32()),
        ("list_name", pa.string()),
        ("customer_key", pa.string()),
        ("member_ref", pa.string()),
        ("action_code", pa.string()),
        ("action_name", pa.string()),
        ("action_name_zh", pa.string()),
        ("contact_channel", pa.string()),
        ("store_id", pa.string()),
        ("store_name", pa.string()),
        ("offer_minor", pa.int64()),
        ("currency_code", pa.string()),
        ("starts_on", pa.date32()),
        ("expires_on", pa.date32()),
        ("priority", pa.int64()),
        *((name, pa.string()) for name in REASONS + REASONS_ZH),
        ("policy_version", pa.string()),
    ]
)
MAY_BE_BLANK = frozenset({"member_ref", "contact_channel", "store_name", *REASONS, *REASONS_ZH})

SUPPRESSED_TYPES = pa.schema(
    [("list_name", pa.string()), ("guardrail", pa.string()), ("suppressed_count", pa.int64())]
)
SUPPRESSED_NAMES = ("business_date", "list_name", "guardrail", "suppressed_count")
