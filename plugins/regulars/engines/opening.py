"""Which engine answers to which URI."""

from regulars.domain.errors import BadInput
from regulars.engines.duckdb_engine import DuckDBWarehouse
from regulars.engines.postgres_engine import PostgresWarehouse
from regulars.engines.spark_engine import SparkWarehouse
from regulars.engines.warehouse import Warehouse

ENGINES: dict[str, type[Warehouse]] = {
    "duckdb": DuckDBWarehouse,
    "postgresql": PostgresWarehouse,
    "postgres": PostgresWarehouse,
    "sc": SparkWarehouse,
}


def open_warehouse(uri: str) -> Warehouse:
    """Open the warehouse a URI names. Raises BadInput for a scheme that no engine serves."""
    scheme, found, _ = uri.partition("://")
    if not found or scheme not in ENGINES:
        raise BadInput(
            f"no engine for {scheme if found else uri!r}; known are {', '.join(ENGINES)}",
            where="REGULARS_WAREHOUSE",
            next_move="use duckdb:///file, postgresql://host/database or sc://host:15002; another"
            " engine is added to ENGINES in regulars/engines/opening.py",
        )
    return ENGINES[scheme].open(uri)
