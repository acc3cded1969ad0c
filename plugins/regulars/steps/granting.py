"""Granting: the roles of a PostgreSQL warehouse, shown or made by its owner."""

from regulars.domain.errors import BadInput
from regulars.engines.postgres_engine import PostgresWarehouse
from regulars.engines.postgres_roles import MEANINGS, role_statements
from regulars.models import load_catalog
from regulars.steps.publishing import is_for_marketing
from regulars.steps.runtime import SQL_FOLDER


def show_roles(schema: str) -> str:
    """The SQL that makes the roles for a warehouse in this schema, fit for psql."""
    statements = role_statements(schema, _lists())
    return "".join(f"{statement};\n" for statement in statements)


def apply_roles(uri: str, schema: str) -> dict[str, str]:
    """Make the roles, all or none; returns what each is for.

    The URI is that of a superuser, or of the database's owner with the right to create roles.
    """
    if not uri.startswith(("postgresql://", "postgres://")):
        raise BadInput(
            "roles are for a PostgreSQL warehouse",
            where="REGULARS_WAREHOUSE",
            next_move="set it to the URI of the database's owner: postgresql://owner@host/database",
        )
    with PostgresWarehouse.open(uri) as warehouse:
        found = warehouse.schema_of("raw_file_receipts")
        if found and found != schema:
            raise BadInput(
                f"the warehouse's tables are in the schema {found}, not in {schema}",
                next_move=f"python -m regulars roles --schema {found}",
            )
        # Whoever made the roles belongs to them, and was taken for the pipeline on opening.
        warehouse.run_together(["reset role", *role_statements(schema, _lists())])
    return dict(MEANINGS)


def _lists() -> list[str]:
    """The published tables that marketing reads."""
    return [model.name for model in load_catalog(SQL_FOLDER).published if is_for_marketing(model)]
