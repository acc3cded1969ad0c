"""What guests are recognised by, and what only looks like it."""

import re
from collections.abc import Iterator, Mapping

from regulars.sources.exact_cells import is_blank
from regulars.sources.sheets import Record

_OWN_PHONE = re.compile(r"\+?[\d\s().\-]{5,24}")


def own_phone(text: str) -> str:
    """The number, or "" for a masked one (138****0001) and one with an extension.

    Platforms hand out such numbers for an hour: they say nothing about who called.
    """
    return text if _OWN_PHONE.fullmatch(text) else ""


def identify(
    source_row: int, store_id: str, order_id: str, known: Mapping[str, str]
) -> Iterator[Record]:
    """An `order_identifiers` record for each identifier that is there, by its type."""
    for kind, value in known.items():
        if value and not is_blank(value):
            yield Record(
                "order_identifiers", source_row,
                {
                    "order_id": order_id, "store_id": store_id,
                    "identifier_type": kind, "identifier_value": value,
                },
            )  # fmt: skip
