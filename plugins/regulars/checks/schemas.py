"""The Arrow schemas of what leaves a check: raw tables and the restricted contact table."""

import pyarrow as pa

from regulars.checks.deriving import EVENT_TIMES
from regulars.domain.fields import Kind
from regulars.domain.identifiers import CONTACT_IDENTIFIERS
from regulars.domain.records import fields_of

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.CUSTOMER: pa.string(),
    Kind.IDENTIFIER: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.MINOR: pa.int64(),
    Kind.MICRO: pa.int64(),
    Kind.MILLI: pa.int64(),
    Kind.BPS: pa.int64(),
    Kind.NANO: pa.int64(),
    Kind.DAY: pa.date32(),
    Kind.LOCAL_TIME: pa.timestamp("us"),
    Kind.FLAG: pa.bool_(),
}
_ADDED = {
    "accounts": {"account_key": pa.string()},
    "customers": {
        **{f"{name}_hash": pa.string() for name in CONTACT_IDENTIFIERS},
        "is_company_email": pa.bool_(),
    },
}
_LINEAGE = (
    pa.field("source_system", pa.string()),
    pa.field("source_file_sha256", pa.string()),
    pa.field("source_row", pa.int64()),
)
CONTACTS = pa.schema(
    [
        *(
            pa.field(name, pa.string())
            for name in ("customer_key", "member_ref", "display_name", "phone", "email")
        ),
        *_LINEAGE,
    ]
)
"""`restricted_contacts`: who a customer key stands for, for few eyes."""


def raw_schema(entity: str) -> pa.Schema:
    """`raw_<entity>`: stored fields in template order without contact details, then a derived
    `business_date` where the entity has the time of an event but no such field, then what is added
    (`_ADDED`), for orders `closed_at` (UTC, without zone), then the lineage.
    """
    columns = [
        pa.field(field.stored_name, _TYPES[field.stored.kind])
        for field in fields_of(entity)
        if field.stored.kind is not Kind.CONTACT
    ]
    if entity in EVENT_TIMES and "business_date" not in {column.name for column in columns}:
        columns.append(pa.field("business_date", pa.date32()))
    if entity == "orders":
        columns.append(pa.field("closed_at", pa.timestamp("us")))
    columns += [pa.field(name, kind) for name, kind in _ADDED.get(entity, {}).items()]
    return pa.schema([*columns, *_LINEAGE])
