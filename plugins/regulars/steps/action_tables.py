"""What deciding remembers from day to day; it survives a rebuild, or guests were asked twice."""

import pyarrow as pa

ACTION_MEMORY = pa.schema(
    {
        "customer_key": pa.string(), "list_name": pa.string(), "action_code": pa.string(),
        "contact_channel": pa.string(), "store_id": pa.string(), "cost_minor": pa.int64(),
        "starts_on": pa.date32(), "is_held_out": pa.bool_(), "is_withheld": pa.bool_(),
        "business_date": pa.date32(),
    }
)  # fmt: skip
"""Who was to get what on which day, those who were left alone for measuring included."""
EXCEPTION_DECISIONS = pa.schema(
    {
        "exception_key": pa.string(), "evidence_hash": pa.string(), "decision": pa.string(),
        "decided_by": pa.string(), "decided_at": pa.timestamp("us"), "why": pa.string(),
        "policy_version": pa.string(),
    }
)  # fmt: skip
"""What a named person said of an exception: approved or rejected; or nobody did: timed_out."""
LATE_CONTACTS = pa.schema({"customer_key": pa.string(), "business_date": pa.date32()})
"""Approved or not, who may no longer be contacted for a day: another day was faster."""
ACTION_TABLES = {
    "ops_action_memory": ACTION_MEMORY,
    "ops_exception_decisions": EXCEPTION_DECISIONS,
    "ops_late_contacts": LATE_CONTACTS,
}
