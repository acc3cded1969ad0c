"""The pools: how many tasks may touch the same thing at once."""

SOURCES = "regulars_sources"
WAREHOUSE = "regulars_warehouse"

POOLS: dict[str, tuple[int, str]] = {
    SOURCES: (4, "Reading points of sale and platforms: as many at once as they bear."),
    WAREHOUSE: (1, "The embedded warehouse takes one process at a time, even for reading."),
}
"""Slots and meaning by name."""


def create_pools() -> None:
    """Create or correct the pools in the metadata database of the Airflow at hand."""
    from airflow.models.pool import Pool

    for name, (slots, description) in POOLS.items():
        Pool.create_or_update_pool(name, slots, description, include_deferred=False)
