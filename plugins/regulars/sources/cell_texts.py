"""What a database gives, as exact text: decimals as they stand, times in ISO, true and false."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID


def cell_text(value: Any) -> str | None:
    """A cell as text; None stays None. Raises TypeError for what has no text form (bytes)."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | UUID():
            return str(value)
        case Decimal() | float():
            return _number_text(value)
        case date() | time() | timedelta():
            return _time_text(value)
        case list() | Mapping():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            raise TypeError(type(value).__name__)


def _number_text(value: Decimal | float) -> str:
    """All digits of a decimal; of a float the fewest that are this float."""
    return format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")


def _time_text(value: date | time | timedelta) -> str:
    match value:
        case timedelta():  # how some drivers give a time of day
            return (datetime.min.replace(tzinfo=UTC) + value).time().isoformat()
        case datetime():
            moment = value.astimezone(UTC) if value.tzinfo else value
            return moment.isoformat(sep=" ")
        case _:
            return value.isoformat()
