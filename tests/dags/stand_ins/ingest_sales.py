from typing import Any

from regulars.steps import take_note


def list_sources(business_date: str, first_date: str | None) -> list[str]:
    take_note("list_sources", business_date=business_date, first_date=first_date)
    return ["north_till", "south_till"]


def ingest_source(
    source: str, business_date: str, first_date: str | None, places: Any
) -> dict[str, Any]:
    assert places.secret("nobody_knows_it") is None
    return take_note(
        "ingest_source", source=source, business_date=business_date, first_date=first_date
    )


def load_sources(
    receipts: list[dict[str, Any]], business_date: str, first_date: str | None
) -> dict[str, Any]:
    sources = sorted(receipt["source"] for receipt in receipts)
    return take_note(
        "load_sources", sources=sources, business_date=business_date, first_date=first_date
    )
