"""An exception in words for the person who decides: what it is, about whom, and its numbers."""

from collections.abc import Mapping
from typing import Any

from regulars.domain.money import decimal_text, exponent_of

_SUBJECTS = ("customer_key", "list_name", "store_id")


def describe(row: Mapping[str, Any]) -> str:
    """One line with codes, keys and numbers, and nothing that tells a person by name."""
    subject = " · ".join(str(row[name]) for name in _SUBJECTS if row.get(name)) or "all ‖ 全部"
    measured, limit = _figure(row, "measured"), _figure(row, "limit")
    numbers = f"{measured} (limit ‖ 界限 {limit})" if limit else measured
    return f"{row['business_date']} {row['exception_code']}: {subject}: {numbers}"


def _figure(row: Mapping[str, Any], name: str) -> str:
    ratio, minor = row.get(f"{name}_ratio"), row.get(f"{name}_minor")
    parts = [] if ratio is None else [f"{ratio:,.4g}"]
    if minor is not None:
        code = str(row["currency_code"])
        parts.append(f"{decimal_text(minor, exponent_of(code))} {code}")
    return ", ".join(parts)
